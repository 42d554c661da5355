"""Read an update as it comes, and write it as it is kept."""

from __future__ import annotations

import json
import logging
from contextlib import suppress
from datetime import datetime
from typing import Any

from telegram import Bot, Update

from bot.store.private import without_tokens

LOG = logging.getLogger(__name__)

REQUIRED = {
    "message": ("chat", "date"),
    "edited_message": ("chat", "date"),
    "callback_query": ("from_user",),
    "inline_query": ("from_user",),
    "my_chat_member": ("chat", "from_user", "old_chat_member", "new_chat_member"),
}
"""What each kind of update always has, though the library reads it without."""

LARGEST_ID = 2**63 - 1
"""The greatest number of an update, a chat or a person that can be kept."""


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
        named = (update.effective_chat, update.effective_user)
        lacking += [f"a {type(each).__name__} without a number" for each in named if each and not is_number(each.id)]
    except Exception as error:  # whatever comes of fields that are missing or of another kind
        lacking = [type(error).__name__]
    if lacking:
        kinds = ", ".join(sorted(set(raw) - {"update_id"}))
        LOG.debug("Update %d (%s) cannot be read: %s.", raw["update_id"], kinds, ", ".join(lacking))
    return not lacking


def is_number(value: object) -> bool:
    """Tell whether something can be the number of an update, a chat or a person."""
    return type(value) is int and abs(value) <= LARGEST_ID


def stored(update: Update) -> str:
    """Return an update as JSON, without the tokens of bots that somebody may have pasted into it."""
    # Not in the JSON itself: after "\u0410", the escape of a Cyrillic letter, digits of a token could not be told.
    # What else may be no JSON must not keep an update from being answered.
    try:
        return json.dumps(_cleaned(update.to_dict()), default=str)
    except RecursionError:  # nested deeper than can be written, as no message of a person is
        return json.dumps({"update_id": update.update_id})


def restored(content: str, bot: Bot) -> Update | None:
    """Return an update that was stored, or None where it cannot be read, as after another version of the library."""
    raw: Any = None
    with suppress(ValueError, RecursionError):
        raw = json.loads(content)
    is_update = isinstance(raw, dict) and is_number(raw.get("update_id")) and is_readable(raw, bot)
    return Update.de_json(raw, bot) if is_update else None


def _cleaned(value: object) -> object:
    match value:
        case datetime():
            # The library leaves that of a message that cannot be reached any more, as under an old button, as it is.
            return int(value.timestamp())
        case str():
            return without_tokens(value)
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case dict():
            return {name: _cleaned(each) for name, each in value.items()}
        case _:
            return value
