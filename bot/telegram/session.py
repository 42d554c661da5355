"""Hold a session with Telegram, by polling or a webhook alike: connect, make ready, work, let what is in hand end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import telegram.error
from telegram.ext import Application

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.errors import BotError, SettingsError, TelegramError
from bot.settings import Settings
from bot.store.sqlite import LITTLE_PATIENCE
from bot.store.store import Store
from bot.telegram.feedback import Feedback
from bot.telegram.handlers import App, Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Intake
from bot.telegram.lenient import StrangeError
from bot.telegram.logs import redactor
from bot.telegram.pace import Pace
from bot.telegram.patience import reason
from bot.telegram.poller import Poller
from bot.telegram.profile import introduce
from bot.telegram.pulse import Pulse

LOG = logging.getLogger(__name__)

TELEGRAM = "https://api.telegram.org"

LONGEST_PAUSE = 60.0
"""Seconds between two attempts to reach Telegram at the start; the first pauses are shorter."""

REFUSED_AGAIN = (1.0, 2.0)
"""Seconds before each further attempt with a token that Telegram refuses at the start: it may be ailing."""

STRANGE = "{server} does not answer like a Bot API server. Check TELEGRAM_API_URL."

GRACE = 3.0
GOODBYE = 1.0
"""Seconds for the replies under way, and then for the connections, to end when the bot is stopped.

With the last poll before them, and what the inbox may wait for another program, that is 10 at most.
"""


@dataclass(frozen=True, slots=True)
class Session:
    """What updates are taken with: the bot, where they go, and the sign of life to give."""

    bot: Poller
    intake: Intake
    pulse: Pulse


Work = Callable[[Session], Awaitable[BotError | None]]
"""Takes updates until there is no use in it, and returns why."""


async def hold(conversation: Conversation, settings: Settings, pace: Pace, work: Work) -> None:
    """Answer the updates that `work` takes, until it ends or is cancelled; what was not begun waits for the next start.

    Raises:
        SettingsError: Telegram does not accept the token.
        StoreError: What is kept on disk cannot be opened.
        TelegramError: Telegram does not let the bot work.

    """
    # The library's way of telling seconds from the next version on; without it, each flood limit comes with a warning.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    feedback = _feedback(settings)
    token = _token(settings)
    server = settings.telegram_api_url or TELEGRAM
    inbox = Inbox(settings.inbox_path, bot_id(settings))
    pulse = Pulse(settings.health_path)
    app, trouble = _application(token, server, pulse, pace)
    purging = asyncio.create_task(feedback.purge_for_ever())
    try:
        if app:
            trouble = await _connect(app, server, token)
        if app and not trouble:
            handlers = Handlers(app, conversation, feedback, settings.article_bot_keep_days)
            handlers.register()
            intake = Intake(app.bot, inbox, handlers, timedelta(hours=settings.article_bot_answer_hours))
            trouble = await _answer(Session(app.bot, intake, pulse), work, conversation.base)
    finally:
        purging.cancel()
        if app:
            await _close(app)
        inbox.close()
    # Raised out here, so that no error that may hold the token travels along as its context.
    if trouble:
        raise trouble


def _feedback(settings: Settings) -> Feedback:
    """Return what keeps things for the curator; what was kept earlier can be deleted even where nothing is any more."""
    keeps = settings.article_bot_keep_misses
    if not keeps and not settings.store_path.exists():
        return Feedback(None, keeps=False)
    # Not for long: a miss that is not kept is better than people who wait.
    store = Store(settings.store_path, settings.article_bot_keep_days, patience=LITTLE_PATIENCE)
    return Feedback(store, keeps=keeps)


def _application(token: str, server: str, pulse: Pulse, pace: Pace) -> tuple[App | None, BotError | None]:
    """Return the application, or none and why."""
    try:
        bot = Poller(token, server, pulse, pace)
    except (RuntimeError, ValueError) as error:
        why = f"The proxy in HTTP_PROXY, HTTPS_PROXY or ALL_PROXY cannot be used: {error}"
        return None, TelegramError(why)
    # What is fetched goes to the intake; the application only has to know how to answer an update.
    app: App = Application.builder().bot(bot).updater(None).job_queue(None).build()
    return app, None


async def _connect(app: App, server: str, token: str) -> BotError | None:
    """Make sure that Telegram knows the bot, however long it cannot be reached; return what is wrong, if anything."""
    checks = iter(REFUSED_AGAIN)
    advice = "Check the network and the proxy" if server == TELEGRAM else "Check the network and TELEGRAM_API_URL"
    pause = 1.0
    while True:
        try:
            await app.initialize()
        except telegram.error.InvalidToken:
            check = next(checks, None)
            if check is not None:
                LOG.warning("Telegram refuses the token; making sure.")
                await asyncio.sleep(check)
                continue
            what = "Telegram does not accept the bot's token. Copy it from @BotFather into TELEGRAM_BOT_TOKEN once more"
            also = "" if server == TELEGRAM else f", and make sure that {server} is a Bot API server"
            return SettingsError(f"{what}{also}.")
        except StrangeError:
            return TelegramError(STRANGE.format(server=server))
        except telegram.error.TelegramError as error:
            why = redactor(token)(reason(error))
            LOG.warning("Telegram cannot be reached at %s (%s); trying again in %g s. %s.", server, why, pause, advice)
        except Exception:
            # Whatever comes of a result that is no bot's.
            LOG.debug("The response to getMe cannot be understood.", exc_info=True)
            return TelegramError(STRANGE.format(server=server))
        else:
            return None
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _answer(session: Session, work: Work, base: Base) -> BotError | None:
    """Answer, first of all what an earlier run has left, while there is work; let what is in hand end."""
    try:
        session.bot.hand_to(session.intake.take)
        await session.intake.resume()
        await introduce(session.bot, base.messages)
        LOG.info("The bot answers as %s. Stop it with Ctrl-C.", session.bot.name)
        return await work(session)
    finally:
        if not await session.intake.stop(GRACE):
            LOG.warning("Some replies could not be sent before the stop; they are at the next start.")


async def _close(app: App) -> None:
    """Close the connections."""
    with suppress(TimeoutError):
        async with asyncio.timeout(GOODBYE):
            await app.shutdown()
            await app.bot.shutdown()  # the application leaves it open if it was not initialized


def bot_id(settings: Settings) -> int:
    """Return the number of the bot, which its token begins with."""
    return int(_token(settings).partition(":")[0])


def _token(settings: Settings) -> str:
    return settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""


async def until_signalled(work: Coroutine[None, None, None]) -> None:
    """Run until done, or until SIGINT or SIGTERM."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(RuntimeError):  # not on Windows, nor outside the main thread
            loop.add_signal_handler(name, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
