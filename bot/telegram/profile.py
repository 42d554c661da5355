"""What the bot tells Telegram of itself: its commands and its description."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import Bot, BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.telegram.patience import reason

LOG = logging.getLogger(__name__)

WITHIN = 10.0
"""Seconds for all of it: nobody is answered in the meantime."""

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
    try:
        async with asyncio.timeout(WITHIN):
            for name, call in calls.items():
                await _made(name, call)
    except TimeoutError:
        LOG.warning("Telegram takes too long for the commands and descriptions; going on without them.")


async def _made(name: str, call: Callable[[], Awaitable[object]]) -> None:
    try:
        await call()
    except TelegramError as error:
        LOG.warning("%s failed (%s); going on without it.", name, reason(error))
