"""Look at what the bot needs of Telegram: a token, a way to it, no rival, the settings at @BotFather, the time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from telegram import Bot, User, WebhookInfo
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.finding import Finding, ok, warning, wrong
from bot.settings import Settings
from bot.telegram.alone import is_taken
from bot.telegram.clock import Clock
from bot.telegram.lenient import Lenient, LenientRequest
from bot.telegram.logs import guarded, redactor
from bot.telegram.patience import reason
from bot.telegram.poller import LOOPBACK
from bot.telegram.session import TELEGRAM

TIMEOUT = 10.0
"""Seconds to wait for a response."""

LISTEN = 6
"""Seconds to listen for another poller: one that is turned away comes back within that."""

LATELY = timedelta(minutes=10)
"""How old the last failure of a webhook may be to count; while there is one, Telegram tries again and again."""

CLOCK_OFF = 60.0
"""Seconds that the clock may be off."""


def examine(settings: Settings, listen: int | None = None) -> list[Finding]:
    """Return what Telegram and the way to it are like; no update is confirmed, and nothing is changed."""
    if settings.telegram_bot_token is None:
        return [wrong("token", "TELEGRAM_BOT_TOKEN is not set.", "Get one from @BotFather and put it into .env.")]
    token = settings.telegram_bot_token.get_secret_value()

    async def gathered() -> list[Finding]:
        return [
            finding async for finding in Examination(settings, token).findings(LISTEN if listen is None else listen)
        ]

    with guarded(token):
        return asyncio.run(gathered())


class Examination:
    """One look at Telegram."""

    def __init__(self, settings: Settings, token: str) -> None:
        """Take the settings, and the token in them."""
        self._settings = settings
        self._token = token
        self._server = settings.telegram_api_url or TELEGRAM
        self._redact = redactor(token)
        self._time = Clock()

    async def findings(self, listen: int) -> AsyncIterator[Finding]:
        """Yield one finding after the other, as far as there is a way."""
        try:
            bot = self._bot()
        except (RuntimeError, ValueError) as error:
            what = f"The proxy in HTTP_PROXY, HTTPS_PROXY or ALL_PROXY cannot be used: {self._redact(str(error))}"
            yield wrong("server", what, "Mend that variable, or remove it.")
            return
        try:
            try:
                await bot.initialize()
            except InvalidToken:
                yield ok("server", f"{self._server} answers.")
                yield wrong(
                    "token", "Telegram does not know it.", f"Copy it from @BotFather once more.{self._or_url()}"
                )
            except TelegramError as error:
                what = f"{self._server} cannot be reached ({self._reason(error)})."
                yield wrong("server", what, f"Check the network and the proxy.{self._or_url()}")
                return
            except Exception:  # whatever comes of a response that is JSON but not Telegram's
                yield wrong("server", f"{self._server} is no Bot API server.", "Check TELEGRAM_API_URL.")
                return
            else:
                yield ok("server", f"{self._server} answers.")
                yield ok("token", f"Telegram knows the bot as {bot.name}.")
                for finding in (await self._webhook(bot, listen), _privacy(bot.bot), _inline(bot.bot)):
                    yield finding
            yield self._clock()
        finally:
            await bot.shutdown()

    def _bot(self) -> Bot:
        hooks = {"event_hooks": {"response": [self._time.note]}, "trust_env": not self._is_here()}
        return Lenient(
            self._token,
            base_url=f"{self._server}/bot",
            request=LenientRequest(connect_timeout=TIMEOUT, read_timeout=TIMEOUT, httpx_kwargs=hooks),
            get_updates_request=LenientRequest(1, TIMEOUT, httpx_kwargs=hooks),
        )

    def _is_here(self) -> bool:
        return urlsplit(self._server).hostname in LOOPBACK

    def _or_url(self) -> str:
        return "" if self._server == TELEGRAM else " Check TELEGRAM_API_URL too."

    def _reason(self, error: Exception) -> str:
        return self._redact(reason(error))

    def _clock(self) -> Finding:
        ahead = self._time.ahead
        if ahead is None:
            return warning("clock", f"{self._server} does not tell its time.", "Compare your clock with another.")
        off, way = round(abs(ahead)), "ahead of" if ahead > 0 else "behind"
        if off > CLOCK_OFF:
            mend = "Set it, and have it kept right: `timedatectl set-ntp true`."
            return wrong("clock", f"It is {off} s {way} that of {self._server}.", mend)
        return ok("clock", f"It is within {CLOCK_OFF:.0f} s of that of {self._server}.")

    async def _webhook(self, bot: Bot, listen: int) -> Finding:
        """Tell whether updates come the way that the settings want, and to this bot alone."""
        about, wanted = "updates", self._settings.article_bot_webhook_url
        if wanted and not self._settings.article_bot_webhook_secret:
            return wrong(about, "The webhook has no secret.", "Set ARTICLE_BOT_WEBHOOK_SECRET (see .env.example).")
        try:
            info = await bot.get_webhook_info()
        except Exception as error:  # a response that cannot be understood is as bad
            return self._untold(error)
        if not info.url and not wanted:
            return await self._poller(bot, listen)
        if info.url == wanted:
            return _working(info, self._time.now())
        place = urlsplit(info.url).netloc  # the path may be a secret
        if wanted and not info.url:
            return warning(about, "No webhook is set yet.", "`python -m bot webhook` sets it when it starts.")
        if wanted:
            mend = "`python -m bot webhook` sets the right one when it starts; stop what set the other."
            return wrong(about, f"The webhook leads elsewhere, to {place}.", mend)
        mend = "`python -m bot` removes it when it starts; stop what set it, or set ARTICLE_BOT_WEBHOOK_URL to use it."
        return wrong(about, f"A webhook to {place} is set, so that polling would get nothing.", mend)

    def _untold(self, error: Exception) -> Finding:
        return wrong("updates", f"Telegram does not tell how they come ({self._reason(error)}).", "Try again later.")

    async def _poller(self, bot: Bot, listen: int) -> Finding:
        """Tell whether another program polls.

        Of two polls Telegram ends the one that came first. So this one must wait for the other to come back; one that
        returns at once would only turn the other away and see nothing. Without an offset nothing is confirmed.
        """
        about, folder = "polling", self._settings.article_bot_data_dir
        try:
            runs_here = is_taken(folder, bot.id)
        except OSError as error:
            what = f"The lock in {folder} cannot be used ({error.strerror})."
            return wrong(about, what, "Run this as the user that the bot runs as.")
        if runs_here:
            what = "The bot runs and polls with this data folder; it is not disturbed to look for another."
            return ok(about, f"{what} If there is one, its log tells of conflicts.")
        until = time.monotonic() + listen
        try:
            while (left := round(until - time.monotonic())) > 0:
                waiting = await bot.get_updates(limit=1, timeout=left)
                if waiting:
                    await asyncio.sleep(1)
        except Conflict:
            what = "Another program polls for this bot, perhaps on another machine or with another data folder."
            return wrong(about, what, "Stop it; Telegram lets only one poll. If all fails, /revoke the token.")
        except Exception as error:
            return self._untold(error)
        return ok(about, f"In {listen} s no other program polled for this bot, and no webhook is in the way.")


def _working(info: WebhookInfo, now: datetime) -> Finding:
    lately = info.last_error_date is not None and now - info.last_error_date < LATELY
    if info.last_error_message and info.pending_update_count and lately:
        what = f"Telegram cannot deliver updates to the webhook ({info.last_error_message}); "
        what += f"{info.pending_update_count} wait."
        return wrong("updates", what, "Look at the proxy in front of the bot, its certificate, and the bot's log.")
    return ok("updates", "The webhook is set, and Telegram reports no trouble with it.")


def _privacy(me: User) -> Finding:
    if me.can_read_all_group_messages:
        what = "It is off, so that Telegram sends the bot all that is said in groups; it needs none of that."
        return warning("privacy mode", what, "Send @BotFather /setprivacy and choose Enable.")
    return ok("privacy mode", "It is on: in groups the bot sees only what is meant for it.")


def _inline(me: User) -> Finding:
    if not me.supports_inline_queries:
        what = "It is off, so that `@bot question` in other chats finds nothing."
        return warning("inline mode", what, "Send @BotFather /setinline and choose the bot.")
    return ok("inline mode", "It is on.")
