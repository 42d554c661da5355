"""The bot as an object: what it calls the Bot API through, and when polling is of no use any more."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from telegram import LinkPreviewOptions, Update
from telegram.constants import PollingLimit
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Defaults

from bot import errors
from bot.errors import BotError, SettingsError, StoreError
from bot.telegram.clock import Clock
from bot.telegram.lenient import Lenient, LenientRequest
from bot.telegram.pace import Pace
from bot.telegram.patience import Patience, reason, seconds_asked
from bot.telegram.pulse import Pulse

LOG = logging.getLogger(__name__)

READ_TIMEOUT = 10.0
"""Seconds to wait for Telegram to respond, beyond those of the long poll."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0
"""Seconds after the first failure of a poll and at most after a later one in a row; each is twice the one before."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")

SECOND_POLLER = (
    "Telegram lets only one program poll for a bot, and another one polls for this bot: this program running a second "
    "time, perhaps on another machine. Stop the other one and start again."
)
WEBHOOK = (
    "Telegram sends this bot's messages to a webhook, which another program has set, and lets nobody poll for them. "
    "Stop that program and start again."
)
REVOKED = (
    "Telegram no longer accepts the bot's token. Get the present one from @BotFather, put it into TELEGRAM_BOT_TOKEN "
    "and start again."
)

PROMPT = 1.0
"""Seconds within which a poll ends where there was no need to wait for a message."""

Take = Callable[[Sequence[Update], bool], Awaitable[None]]
"""Takes updates, and whether they may have waited for long."""


class Poller(Lenient):
    """A bot that knows when there is no use in polling on."""

    def __init__(self, token: str, root: str, pulse: Pulse, pace: Pace) -> None:
        """Take the token, the root of the Bot API server without a trailing slash, and what notes each poll.

        Raises:
            ValueError: The proxy in the environment cannot be used.
            RuntimeError: So it is, for want of a library.

        """
        # A proxy in the environment leads out of this machine, so there is no use for it on the way to a server on it.
        clock = Clock()
        client = {
            "trust_env": urlsplit(root).hostname not in LOOPBACK,
            "event_hooks": {"response": [clock.note]},
        }
        super().__init__(
            token,
            base_url=lambda secret: f"{root}/bot{secret}",
            base_file_url=lambda secret: f"{root}/file/bot{secret}",
            request=LenientRequest(read_timeout=READ_TIMEOUT, httpx_kwargs=client),
            get_updates_request=LenientRequest(1, pace.respond, httpx_kwargs=client),
            defaults=Defaults(
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                allow_sending_without_reply=True,
            ),
            rate_limiter=Patience(),
        )
        self._clock = clock
        self._take: Take = _nobody
        self._may_wait = True
        """Whether there may be updates that have come while nobody polled."""
        self._pulse = pulse
        self._pace = pace
        self._over: asyncio.Future[BotError] | None = None
        # A response that comes in drops would never be late for the client, which waits for each drop.
        self._deadline = pace.poll + 2 * pace.respond
        self._begun = monotonic()
        self._conflict_since = self._conflict_seen = float("-inf")
        self._failures = 0

    def hand_to(self, take: Take) -> None:
        """Have what is fetched taken there, before the next poll has Telegram forget it."""
        self._take = take

    @property
    def clock(self) -> Clock:
        """Return Telegram's clock."""
        return self._clock

    async def why_over(self) -> BotError:
        """Wait until polling is of no use any more, and return why."""
        return await asyncio.shield(self._ending)

    @property
    def _ending(self) -> asyncio.Future[BotError]:
        if self._over is None:
            self._over = asyncio.get_running_loop().create_future()
        return self._over

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:  # noqa: ANN401 (those of the base class)
        """Poll once, and have taken what came; every failure is told here in one line, and left to the updater."""
        last = not kwargs.get("timeout")  # the updater's last call, which only confirms what was fetched
        if self._ending.done():
            # Until the updater is stopped; it would come again at once.
            await asyncio.sleep(0 if last else LONGEST_PAUSE)
            return ()
        begun = monotonic()
        try:
            async with asyncio.timeout(self._deadline):
                updates = await super().get_updates(*args, **kwargs)
            prompt = not last and monotonic() - begun < PROMPT
            waited = prompt and self._may_wait
            with self._pulse.excused():
                await self._take(updates, waited)
        except Exception as error:
            if last:
                LOG.warning("The messages fetched last could not be confirmed (%s).", _told(error))
            else:
                await self._failed(error)
            return ()
        # As long as each poll brings as many as it can, there are more.
        self._may_wait = waited and len(updates) >= PollingLimit.MAX_LIMIT
        self._failures = 0
        self._pulse.beat()
        if prompt and not updates:
            await asyncio.sleep(FIRST_PAUSE)  # a server that does not wait would be asked without end
        return updates

    async def reachable(self) -> bool:
        """Tell whether Telegram answers at all."""
        try:
            async with asyncio.timeout(3 * READ_TIMEOUT):
                await self.get_me()
        except (TelegramError, TimeoutError):
            return False
        return True

    async def delete_webhook(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 (those of the base class)
        """Delete the webhook, if there is one; where one stays, polling tells of the conflict."""
        try:
            return await super().delete_webhook(*args, **kwargs)
        except TelegramError as error:
            LOG.warning("deleteWebhook failed (%s); going on without it.", reason(error))
            return False

    async def _failed(self, error: Exception) -> None:
        self._may_wait = True
        match error:
            case InvalidToken():
                LOG.warning("Telegram refused a poll (%s); finding out whether the token is revoked.", error)
                if await self._revoked():
                    self._end(SettingsError(REVOKED))
                else:
                    await self._later("The token is still valid, as far as can be told")
            case Conflict():
                await self._conflict(error)
            case RetryAfter():
                with self._pulse.excused():
                    await self._later("Telegram asks to wait", seconds_asked(error))
                self._pulse.begin_anew()
            case TelegramError() | StoreError() | TimeoutError():
                await self._later(f"Polling failed ({_told(error)})")
            case _:
                LOG.error("A poll failed for a bug.", exc_info=error)
                await self._later(f"Polling failed ({_told(error)})")

    async def _revoked(self) -> bool:
        for pause in self._pace.checks:
            await asyncio.sleep(pause)
            try:
                await self.get_me()
            except InvalidToken:
                continue
            except TelegramError as error:
                LOG.warning("getMe failed (%s).", reason(error))
            return False
        return True

    async def _conflict(self, error: Conflict) -> None:
        """Put up with another poller for a while; longer if this one was there first, so that the newcomer yields.

        Two pollers interrupt each other, yet either may complete a poll now and then: that does not end a conflict.
        """
        now = monotonic()
        if now - self._conflict_seen > self._deadline:
            self._conflict_since = now
        self._conflict_seen = now
        here_first = self._conflict_since - self._begun > self._pace.conflict
        limit = self._pace.conflict * (2 if here_first else 1)
        if now - self._conflict_since >= limit:
            self._end(errors.TelegramError(WEBHOOK if "webhook" in str(error) else SECOND_POLLER))
        else:
            await self._later(f"Another program polls for this bot, which is borne with for {limit:g} s ({error})")

    async def _later(self, why: str, seconds: float | None = None) -> None:
        """Tell of a failure and wait; longer after each in a row, yet never so long that people would notice."""
        if seconds is None:
            seconds = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._failures, 9))
            self._failures += 1
        LOG.warning("%s; polling again in %g s.", why, seconds)
        await asyncio.sleep(seconds)

    def _end(self, why: BotError) -> None:
        if not self._ending.done():
            self._ending.set_result(why)


async def _nobody(updates: Sequence[Update], _: bool) -> None:
    """Take nothing, as long as nobody has said who does."""
    if updates:
        raise RuntimeError("Nobody takes updates yet.")


def _told(error: Exception) -> str:
    """Return what a failure was in a few words; what is no failure of the network may be hard to guess."""
    if isinstance(error, StoreError):
        return str(error)
    return reason(error) if isinstance(error, TelegramError) else repr(error)
