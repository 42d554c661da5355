"""Say hello in a group that the bot is added to."""

from __future__ import annotations

from telegram import Bot, ChatMember, ChatMemberUpdated
from telegram.constants import ChatType, ParseMode

AWAY = frozenset((ChatMember.LEFT, ChatMember.BANNED))
THERE = frozenset((ChatMember.MEMBER, ChatMember.ADMINISTRATOR))


def is_addition(change: ChatMemberUpdated) -> bool:
    """Tell whether a change of the bot's membership adds it to a group; being made an administrator does not."""
    in_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    return in_group and change.old_chat_member.status in AWAY and change.new_chat_member.status in THERE


def is_removal(change: ChatMemberUpdated) -> bool:
    """Tell whether a change takes the bot out of a chat: it was blocked, sent away or left behind."""
    return change.new_chat_member.status in AWAY


async def greet(bot: Bot, chat: int, html: str) -> None:
    """Say one short hello."""
    await bot.send_message(chat, html, parse_mode=ParseMode.HTML)
