"""Tell what a change of the bot's membership means."""

from __future__ import annotations

from telegram import ChatMember, ChatMemberUpdated
from telegram.constants import ChatType

AWAY = frozenset((ChatMember.LEFT, ChatMember.BANNED))
THERE = frozenset((ChatMember.MEMBER, ChatMember.ADMINISTRATOR))


def is_addition(change: ChatMemberUpdated) -> bool:
    """Tell whether a change of the bot's membership adds it to a group; being made an administrator does not."""
    in_group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    return in_group and change.old_chat_member.status in AWAY and change.new_chat_member.status in THERE


def is_removal(change: ChatMemberUpdated) -> bool:
    """Tell whether a change takes the bot out of a chat: it was blocked, sent away or left behind."""
    return change.new_chat_member.status in AWAY
