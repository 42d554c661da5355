"""Answer in Telegram behind a webhook, as `bot.telegram.start` does by polling."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence

import telegram.error as errors
from telegram import Update

from bot.dialogue.conversation import Conversation
from bot.errors import SettingsError, TelegramError
from bot.settings import Settings
from bot.telegram.handlers import App, Handlers
from bot.telegram.logs import guarded, redactor
from bot.telegram.profile import introduce
from bot.telegram.start import (
    TELEGRAM,
    UPDATES,
    _application,
    _connect,
    _feedback,
    _shut_down,
    _until_signalled,
)
from bot.telegram.webhook import receive

NEEDED = ("telegram_bot_token", "article_bot_webhook_url", "article_bot_webhook_secret")


def run(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until SIGINT or SIGTERM.

    Raises:
        SettingsError: A setting that a webhook needs is missing, or the address cannot be listened at.
        StoreError: What is kept for the curator cannot be opened.
        TelegramError: Telegram does not let the bot work, or cannot be reached at the start.

    """
    missing = [name.upper() for name in NEEDED if getattr(settings, name) is None]
    if missing:
        raise SettingsError(f"For a webhook, set {' and '.join(missing)} too, in the file .env or the environment.")
    token, secret = _secrets(settings)
    with guarded(token), guarded(secret):
        asyncio.run(_until_signalled(serve(conversation, settings)))


async def serve(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until cancelled; see `run`."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # as in `bot.telegram.start`
    token, _ = _secrets(settings)
    server = settings.telegram_api_url or TELEGRAM
    app, trouble = _application(token, server)
    if app:
        try:
            trouble = await _connect(app, server, token) or await _receive(app, conversation, settings)
        finally:
            await _shut_down(app)
    # Raised out here, so that no error that may hold the token travels along as its context.
    raise TelegramError(trouble)


class Direct:
    """Answers an update before it is confirmed, so that Telegram keeps it safe until then."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def take(self, updates: Sequence[Update]) -> None:
        """Answer each."""
        for update in updates:
            await self._app.process_update(update)


async def _receive(app: App, conversation: Conversation, settings: Settings) -> str:
    """Answer updates until cancelled, or return why not."""
    bot, (token, secret) = app.bot, _secrets(settings)
    feedback = _feedback(settings)
    Handlers(conversation, bot.username, feedback, settings.article_bot_keep_days).register(app)
    await introduce(bot, conversation.base.messages)
    await app.start()
    try:
        await receive(
            bot,
            Direct(app),
            url=settings.article_bot_webhook_url or "",
            secret=secret,
            listen=settings.webhook_listen,
            allowed_updates=UPDATES,
            health=settings.health_path,
        )
    except errors.TelegramError as error:
        reason = redactor(token)(str(error).partition("\n")[0][:200].rstrip("."))
        return f"Telegram does not take the webhook ({reason}). Check ARTICLE_BOT_WEBHOOK_URL and the network."
    except OSError as error:
        trouble = f"The bot cannot listen at {settings.article_bot_webhook_listen} ({error.strerror})."
    raise SettingsError(f"{trouble} Stop what listens there, or set ARTICLE_BOT_WEBHOOK_LISTEN to another address.")


def _secrets(settings: Settings) -> tuple[str, str]:
    """Return the token and the webhook's secret, which `run` has made sure of."""
    both = (settings.telegram_bot_token, settings.article_bot_webhook_secret)
    token, secret = (each.get_secret_value() if each else "" for each in both)
    return token, secret
