"""Whom a message is for: everything in a private chat, in a group only what is said to the bot."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType

_ASK = re.compile(r"/ask(?!\w)(?!@)", re.IGNORECASE)


def said_to(me: User, message: Message) -> str | None:
    """Return the text of a message without the bot's @name, or None where the message is not for the bot.

    In a group it is where it names the bot or replies to it; a channel's post that is passed on to its group is not.
    The text of a photo is its caption. What somebody sent through the bot's inline mode are the bot's words.
    """
    if is_mine(me, message):
        return None
    text = message.text or message.caption or ""
    # "@name" on its own, or after a command as in "/new@name"; not within an address such as "me@name".
    text, mentions = re.subn(
        rf"(^/\w+|(?<![\w@]))@{re.escape(me.username or '')}(?!\w)", r"\1", text, flags=re.IGNORECASE
    )
    if message.chat.type == ChatType.PRIVATE:
        return text.strip()
    if message.is_automatic_forward:
        return None
    # Below a picture Telegram tells the bot of no command.
    asked = _ASK.match(text) if message.caption else None
    if asked:
        return text[asked.end() :].strip()
    return text.strip() if mentions or _names(me, message) or replies_to(me, message) else None


def command_in(me: User, message: Message) -> str:
    """Return the name of the command that a message begins with, in small letters; "" if there is none for the bot."""
    first = next(iter(message.entities), None)
    if not first or first.type != MessageEntity.BOT_COMMAND or first.offset:
        return ""
    name, _, bot = (message.text or "")[1 : first.length].casefold().partition("@")
    return name if bot in ("", (me.username or "").casefold()) else ""


def replied_to(message: Message) -> Message | None:
    """Return the message that somebody chose to reply to, or None where Telegram alone says that it is a reply.

    In a topic of a forum all replies to the notice that the topic was opened, below a channel's post to the post.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created:
        return None
    below_post = replied.is_automatic_forward and message.message_thread_id == replied.message_id
    return replied if message.quote or not below_post else None


def replies_to(me: User, message: Message) -> bool:
    """Tell whether a message replies to one of the bot's."""
    replied = replied_to(message)
    return replied is not None and is_mine(me, replied)


def is_mine(me: User, message: Message) -> bool:
    """Tell whether a message is one of the bot's, be it sent by somebody through its inline mode."""
    return any(each is not None and each.id == me.id for each in (message.from_user, message.via_bot))


def _names(me: User, message: Message) -> bool:
    """Tell whether the bot is mentioned by its name rather than its @name."""
    entities = (*message.entities, *message.caption_entities)
    return any(each.type == MessageEntity.TEXT_MENTION and each.user and each.user.id == me.id for each in entities)
