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


def parsed(content: str | bytes) -> dict[str, Any] | None:
    """Return the update in a JSON text as Telegram writes it, or None where there is none."""
    raw: Any = None
    # Nested too deeply for the parser, it is no update either.
    with suppress(ValueError, RecursionError):
        raw = json.loads(content)
    return raw if isinstance(raw, dict) and type(raw.get("update_id")) is int else None


def read(raw: dict[str, Any], bot: Bot) -> Update | None:
    """Return an update, or None where it is not made as it should be: it is to be confirmed and otherwise ignored."""
    update = None
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
    return None if lacking else update


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
    raw = parsed(content)
    return read(raw, bot) if raw else None


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
