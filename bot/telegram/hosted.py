"""Answer in Telegram behind a webhook, as `bot.telegram.start` does by polling."""

from __future__ import annotations

import asyncio
from functools import partial

import telegram.error

from bot.dialogue.conversation import Conversation
from bot.errors import BotError, SettingsError, TelegramError
from bot.settings import Settings
from bot.telegram.logs import Detail, guarded, redactor
from bot.telegram.pace import Pace
from bot.telegram.patience import reason
from bot.telegram.polling import UPDATES
from bot.telegram.session import Session, hold, until_signalled
from bot.telegram.webhook import receive

NEEDED = ("telegram_bot_token", "article_bot_webhook_url", "article_bot_webhook_secret")


def run(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until SIGINT or SIGTERM.

    Raises:
        SettingsError: A setting that a webhook needs is missing, or the address cannot be listened at.
        StoreError: What is kept on disk cannot be opened.
        TelegramError: Telegram does not let the bot work.

    """
    missing = [name.upper() for name in NEEDED if getattr(settings, name) is None]
    if missing:
        raise SettingsError(f"For a webhook, set {' and '.join(missing)} too, in the file .env or the environment.")
    token, secret = _secrets(settings)
    with guarded(secret, instead="<secret>"), guarded(token, Detail(settings.article_bot_log)):
        asyncio.run(until_signalled(serve(conversation, settings)))


async def serve(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until cancelled; see `run`."""
    await hold(conversation, settings, Pace(), partial(_receive, settings))


async def _receive(settings: Settings, session: Session) -> BotError:
    """Answer updates until cancelled, or return why not."""
    token, secret = _secrets(settings)
    try:
        await receive(session, settings.article_bot_webhook_url or "", secret, settings.webhook_listen, UPDATES)
    except telegram.error.TelegramError as error:
        what = f"Telegram does not take the webhook ({redactor(token)(reason(error))})."
        return TelegramError(f"{what} Check ARTICLE_BOT_WEBHOOK_URL and the network.")
    except OSError as error:
        what = f"The bot cannot listen at {settings.article_bot_webhook_listen} ({error.strerror})."
    return SettingsError(f"{what} Stop what listens there, or set ARTICLE_BOT_WEBHOOK_LISTEN to another address.")


def _secrets(settings: Settings) -> tuple[str, str]:
    """Return the token and the webhook's secret, which `run` has made sure of."""
    both = (settings.telegram_bot_token, settings.article_bot_webhook_secret)
    token, secret = (each.get_secret_value() if each else "" for each in both)
    return token, secret
