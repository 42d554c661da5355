"""What the bot tells Telegram of itself: its commands and its description."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import Bot, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

LOG = logging.getLogger(__name__)

IN_PRIVATE = ("topics", "summary", "people", "timeline", "article", "why", "privacy", "forget_me", "help", "start")
IN_GROUPS = ("ask", "topics", "summary", "people", "timeline", "article", "why", "privacy", "forget_me", "help")


async def introduce(bot: Bot, messages: Mapping[str, str]) -> None:
    """Set the commands and descriptions; what Telegram does not take is logged and left."""

    def commands(names: tuple[str, ...], scope: BotCommandScope) -> Callable[[], Awaitable[object]]:
        return partial(bot.set_my_commands, [(name, messages[f"command_{name}"]) for name in names], scope)

    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "setMyCommands for private chats": commands(IN_PRIVATE, BotCommandScopeAllPrivateChats()),
        "setMyCommands for groups": commands(IN_GROUPS, BotCommandScopeAllGroupChats()),
        "setMyDescription": partial(bot.set_my_description, messages["description"]),
        "setMyShortDescription": partial(bot.set_my_short_description, messages["short_description"]),
    }
    for name, call in calls.items():
        try:
            await call()
        except TelegramError as error:
            LOG.warning("%s failed (%s); going on without it.", name, error)
