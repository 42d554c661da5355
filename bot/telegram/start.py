"""Start the bot in Telegram, polling for updates; what keeps it from working is told in a plain sentence."""

from __future__ import annotations

import asyncio

from bot.dialogue.conversation import Conversation
from bot.errors import SettingsError
from bot.settings import Settings
from bot.telegram.alone import alone
from bot.telegram.logs import Detail, guarded
from bot.telegram.pace import Pace
from bot.telegram.polling import poll
from bot.telegram.session import bot_id, hold, until_signalled


def run(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until SIGINT or SIGTERM.

    Raises:
        SettingsError: There is no token, or Telegram does not accept it.
        StoreError: What is kept on disk cannot be opened.
        TelegramError: Telegram does not let the bot work, or another process with the same data folder polls for it.

    """
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set. Get a token from @BotFather and put it into the file .env.")
    with guarded(settings.telegram_bot_token.get_secret_value(), Detail(settings.article_bot_log)):
        asyncio.run(until_signalled(serve(conversation, settings)))


async def serve(conversation: Conversation, settings: Settings, pace: Pace = Pace()) -> None:  # noqa: B008 (a value)
    """Answer in Telegram until cancelled; see `run`."""
    async with alone(settings.article_bot_data_dir, bot_id(settings), pace.predecessor):
        await hold(conversation, settings, pace, lambda session: poll(session.bot, session.pulse, pace))
