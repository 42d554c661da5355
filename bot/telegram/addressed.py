"""Whom a message is for: everything in a private chat, in a group only what is said to the bot."""

from __future__ import annotations

import re

from telegram import Message, User
from telegram.constants import ChatType


def said_to(me: User, message: Message) -> str | None:
    """Return the text of a message without the bot's @name, or None where the message is not for the bot.

    In a group it is where it names the bot or replies to it. The text of a photo is its caption.
    """
    text = message.text or message.caption or ""
    # "@name" on its own, or after a command as in "/new@name"; not within an address such as "me@name".
    text, mentions = re.subn(
        rf"(^/\w+|(?<![\w@]))@{re.escape(me.username or '')}(?!\w)", r"\1", text, flags=re.IGNORECASE
    )
    if mentions or message.chat.type == ChatType.PRIVATE or _replies_to(me, message):
        return text.strip()
    return None


def _replies_to(me: User, message: Message) -> bool:
    replied = message.reply_to_message
    return replied is not None and replied.from_user is not None and replied.from_user.id == me.id
