"""Start the bot in Telegram, keep it going, and stop it; what keeps it from working is told in a plain sentence."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Coroutine
from contextlib import suppress

import telegram.error as errors
from telegram import Update
from telegram.ext import Application

from bot.dialogue.conversation import Conversation
from bot.errors import SettingsError, TelegramError
from bot.settings import Settings
from bot.store.store import Store
from bot.telegram.feedback import Feedback
from bot.telegram.handlers import App, Handlers
from bot.telegram.logs import guarded, redactor
from bot.telegram.poller import Poller
from bot.telegram.profile import introduce

LOG = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org"

LAST_POLL = 2.0
GRACE = 5.0
"""Seconds for the polling and then for the replies under way to end when the bot is stopped."""

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)


def run(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until SIGINT or SIGTERM.

    Raises:
        SettingsError: There is no token.
        StoreError: What is kept for the curator cannot be opened.
        TelegramError: Telegram does not let the bot work, or cannot be reached at the start.

    """
    if settings.telegram_bot_token is None:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set. Get a token from @BotFather and put it into the file .env.")
    with guarded(settings.telegram_bot_token.get_secret_value()):
        asyncio.run(_until_signalled(serve(conversation, settings)))


async def serve(conversation: Conversation, settings: Settings) -> None:
    """Answer in Telegram until cancelled; see `run`."""
    # The library's way of telling seconds from the next version on; without it, each flood limit comes with a warning.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    feedback = _feedback(settings)
    token = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    server = settings.telegram_api_url or TELEGRAM
    app, trouble = _application(token, server)
    if app:
        try:
            trouble = await _connect(app, server, token) or await _poll(app, conversation, feedback, settings)
        finally:
            await _shut_down(app)
    # Raised out here, so that no error that may hold the token travels along as its context.
    raise TelegramError(trouble)


def _feedback(settings: Settings) -> Feedback:
    """Return what keeps things for the curator; what was kept earlier can be deleted even where nothing is any more."""
    keeps = settings.article_bot_keep_misses
    store = (
        Store(settings.store_path, settings.article_bot_keep_days) if keeps or settings.store_path.exists() else None
    )
    return Feedback(store, keeps=keeps)


def _application(token: str, server: str) -> tuple[App | None, str]:
    """Return the application, or none and why."""
    try:
        bot = Poller(token, server)
    except (RuntimeError, ValueError) as error:
        return None, f"The proxy in HTTP_PROXY, HTTPS_PROXY or ALL_PROXY cannot be used: {error}"
    app: App = Application.builder().bot(bot).job_queue(None).build()
    return app, ""


async def _connect(app: App, server: str, token: str) -> str:
    """Make sure that Telegram knows the bot; return what is wrong, or nothing."""
    try:
        await app.initialize()
    except errors.InvalidToken:
        what = "Telegram does not accept the bot's token. Copy it from @BotFather into TELEGRAM_BOT_TOKEN once more"
        return f"{what}." if server == TELEGRAM else f"{what}, and make sure that {server} is a Bot API server."
    except errors.TelegramError as error:
        reason = redactor(token)(str(error).splitlines()[0][:200].rstrip("."))
        advice = "Check the network and the proxy" if server == TELEGRAM else "Check the network and TELEGRAM_API_URL"
        return f"Telegram cannot be reached at {server} ({reason}). {advice}, and start again."
    except Exception:
        # Whatever comes of a response that is JSON but not Telegram's.
        LOG.debug("The response to getMe cannot be understood.", exc_info=True)
        return f"{server} does not answer like a Bot API server. Check TELEGRAM_API_URL."
    return ""


async def _poll(app: App, conversation: Conversation, feedback: Feedback, settings: Settings) -> str:
    """Answer updates until there is no use in going on; return why."""
    bot: Poller = app.bot
    Handlers(conversation, bot.username, feedback, settings.article_bot_keep_days).register(app)
    await introduce(bot, conversation.base.messages)
    if app.updater:
        await app.updater.start_polling(
            allowed_updates=UPDATES,
            drop_pending_updates=False,
            error_callback=lambda _: None,  # the poller has told of it
        )
    await app.start()
    LOG.info("The bot answers as %s. Stop it with Ctrl-C.", bot.name)
    return await bot.why_over()


async def _shut_down(app: App) -> None:
    """Stop polling, let the replies under way go out, and close the connections."""
    if app.updater and app.updater.running:
        LOG.info("The bot stops.")
        with suppress(TimeoutError):  # the updater may be waiting to try again, for up to as long as Telegram asked for
            async with asyncio.timeout(LAST_POLL):
                await app.updater.stop()
    if app.running:
        try:
            async with asyncio.timeout(GRACE):
                await app.stop()
        except TimeoutError:
            LOG.warning("Some replies could not be sent before the stop.")
    await app.shutdown()
    await app.bot.shutdown()  # the application leaves it open if it was not initialized


async def _until_signalled(work: Coroutine[None, None, None]) -> None:
    """Run until done, or until SIGINT or SIGTERM."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(RuntimeError):  # not on Windows, nor outside the main thread
            loop.add_signal_handler(name, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
