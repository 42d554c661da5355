"""A bot that takes whatever Telegram sends as an update: one that cannot be read stops no other."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot, Update
from telegram.ext import ExtBot

LOG = logging.getLogger(__name__)

REQUIRED = {
    "message": ("chat",),
    "edited_message": ("chat",),
    "callback_query": ("from_user",),
    "inline_query": ("from_user",),
    "my_chat_member": ("chat", "from_user", "old_chat_member", "new_chat_member"),
}
"""What each kind of update always has, though the library reads it without."""


class Lenient(ExtBot[int]):
    """Polls past updates that cannot be read.

    The library would refuse all that were fetched with one, again and again, and log the texts in them.
    """

    async def _post(self, endpoint: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (those of the base class)
        result = await super()._post(endpoint, *args, **kwargs)
        if endpoint != "getUpdates" or not isinstance(result, list):
            return result
        raws = [raw for raw in result if isinstance(raw, dict) and type(raw.get("update_id")) is int]
        return [raw if is_readable(raw, self) else {"update_id": raw["update_id"]} for raw in raws]


def is_readable(raw: dict[str, Any], bot: Bot) -> bool:
    """Tell whether an update is made as it should be; one that is not is to be confirmed and otherwise ignored."""
    try:
        update = Update.de_json(dict(raw), bot)
        parts = {name: getattr(update, name) for name in REQUIRED}
        lacking = [
            f"{name} without {field}"
            for name, part in parts.items()
            for field in (REQUIRED[name] if part is not None else ())
            if getattr(part, field) is None
        ]
    except Exception as error:  # whatever comes of fields that are missing or of another kind
        lacking = [type(error).__name__]
    if lacking:
        kinds = ", ".join(sorted(set(raw) - {"update_id"}))
        LOG.debug("Update %d (%s) cannot be read: %s.", raw["update_id"], kinds, ", ".join(lacking))
    return not lacking
