"""What the bot tells Telegram of itself: its commands and its description."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

LOG = logging.getLogger(__name__)

COMMANDS = ("topics", "summary", "help", "start")


async def introduce(bot: Bot, messages: Mapping[str, str]) -> None:
    """Set the commands and descriptions; what Telegram does not take is logged and left."""
    commands = [(name, messages[f"command_{name}"]) for name in COMMANDS]
    calls = {
        "setMyCommands": partial(bot.set_my_commands, commands),
        "setMyDescription": partial(bot.set_my_description, messages["description"]),
        "setMyShortDescription": partial(bot.set_my_short_description, messages["short_description"]),
    }
    for name, call in calls.items():
        try:
            await call()
        except TelegramError as error:
            LOG.warning("%s failed (%s); going on without it.", name, error)
