"""Which requests to Telegram are repeated after a failure, how often and when; `pacing` says when they may go out."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from datetime import timedelta
from enum import Enum, auto
from textwrap import shorten
from typing import Any

import httpx
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter
from tenacity import AsyncRetrying, RetryCallState, stop_after_attempt, wait_exponential, wait_random

from bot.recent import Recent
from bot.telegram import pacing
from bot.telegram.lenient import StrangeError

LOG = logging.getLogger(__name__)

FLOOD_RETRIES = 3
"""How often a request is repeated after "too many requests"; each time after as long as Telegram asks for."""

in_hand: ContextVar[int] = ContextVar("in_hand", default=0)
"""The id of the update that requests are made for, so that another try later is known as one; 0 for none."""

GIVEN_UP = 1_000
"""How many requests that were given up are remembered, so that another try later counts what may have arrived."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 8.0
"""Seconds before the first repetition and at most before a later one; each pause is twice the one before.

Up to as long as the first is added by chance, so that not all chats try again at once.
"""

AT_ONCE = 200
"""How many requests are under way at the same time; fewer than the connections that may be open, which are 256."""

REPLYING = frozenset(("sendMessage", "editMessageText"))
ATTEMPTS_TO_REPLY = 6
ATTEMPTS = 3
"""How often in all a reply is tried, through some 20 seconds, and anything else, which the bot could do without."""

UNREPEATABLE = frozenset(("sendMessage",))
"""What has an effect each time it is called."""

UNSURE_ATTEMPTS = 2
"""How often at most such a request is made that may have arrived each time."""

LONGEST_REASON = 200
"""Characters of what an error says."""

UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Failures that come before a request goes out."""

Response = bool | dict[str, Any] | list[dict[str, Any]]
Call = Callable[[], Coroutine[Any, Any, Response]]


class Loss(Enum):
    """What has become of a request that failed."""

    NONE = auto()
    """It was answered, and asking again would bring the same answer."""
    SURE = auto()
    """It did not go out, or the server says that it failed to handle it."""
    UNSURE = auto()
    """It may have arrived and had its effect; only the answer was lost."""


class UnsentError(NetworkError):
    """A reply was given up for a reason that may pass, and may not have arrived: it is worth another try later."""


class Patience(BaseRateLimiter[int]):
    """Keeps to Telegram's limits, and repeats what a bad network or an ailing server has lost."""

    def __init__(self, limits: pacing.Limits | None = None) -> None:
        """Take the limits to keep to, if they are not to be Telegram's."""
        self._pacing = pacing.Pacing(limits or pacing.TELEGRAMS)
        self._open = asyncio.Semaphore(AT_ONCE)
        self._given_up: Recent[tuple[int, str, object], _Again] = Recent(GIVEN_UP)

    async def initialize(self) -> None:
        """Do nothing; the base class asks for it."""

    async def shutdown(self) -> None:
        """Do nothing; the base class asks for it."""

    async def process_request(  # noqa: PLR0913, PLR0917 (as in the base class)
        self,
        callback: Callable[..., Coroutine[Any, Any, Response]],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,  # noqa: ARG002 (as in the base class)
    ) -> Response:
        """Make a request; see the base class."""
        chat = data.get("chat_id")
        request = (in_hand.get(), endpoint, data.get("text"))
        again = self._given_up.get(request) or _Again(endpoint)
        self._given_up.take(lambda each: each is again)

        async def attempt() -> Response:
            return await self._in_turn(lambda: callback(*args, **kwargs), endpoint, chat)

        retrying = AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS_TO_REPLY if endpoint in REPLYING else ATTEMPTS),
            wait=wait_exponential(FIRST_PAUSE, LONGEST_PAUSE) + wait_random(0, FIRST_PAUSE),
            retry=again,
            before_sleep=lambda state: _tell(endpoint, state),
            sleep=asyncio.sleep,
            reraise=True,
        )
        try:
            response: Response = await retrying(attempt)
        except TelegramError as error:
            if endpoint in REPLYING and again.may_be_made_later(error):
                if in_hand.get():
                    self._given_up.put(request, again)
                raise UnsentError(reason(error)) from error
            raise
        return response

    async def _in_turn(self, call: Call, endpoint: str, chat: int | None) -> Response:
        """Make a request when its chat has its turn; where Telegram asks to wait, that chat alone does."""
        retries = FLOOD_RETRIES
        while True:
            if chat is not None:
                await self._pacing.turn(chat)
            try:
                async with self._open:
                    return await call()
            except RetryAfter as error:
                if is_optional(endpoint) or not retries:
                    raise
                retries -= 1
                seconds = seconds_asked(error)
                LOG.warning("Telegram asks to wait %g s before the next %s of a chat.", seconds, endpoint)
                if chat is None:
                    await asyncio.sleep(seconds + pacing.MARGIN)
                else:
                    self._pacing.hold(chat, seconds)


class _Again:
    """Decides after each failure of one request whether it is made again."""

    def __init__(self, endpoint: str) -> None:
        self._repeatable = endpoint not in UNREPEATABLE
        self._unsure = 0

    def __call__(self, state: RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        match loss_of(error):
            case Loss.NONE:
                return False
            case Loss.SURE:
                return True
            case Loss.UNSURE:
                self._unsure += 1
                return self._repeatable or self._unsure < UNSURE_ATTEMPTS

    def may_be_made_later(self, error: TelegramError) -> bool:
        """Tell whether a request that was given up with an error may be made again after a longer while."""
        # Whether a token that is refused is refused for good turns out where the bot polls.
        passes = isinstance(error, RetryAfter | InvalidToken) or loss_of(error) is not Loss.NONE
        return passes and (self._repeatable or self._unsure < UNSURE_ATTEMPTS)


def loss_of(error: BaseException | None) -> Loss:
    """Tell what has become of a request from the error it ended with, if any."""
    # "Invalid server response": a success, but its text was cut, garbled or somebody else's.
    if type(error) is TelegramError or isinstance(error, StrangeError):
        return Loss.UNSURE
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return Loss.NONE
    if isinstance(error.__cause__, UNSENT):
        return Loss.SURE
    # Without a cause, or with one that is only about how the answer reads, the server has answered: "502 Bad Gateway".
    return Loss.SURE if error.__cause__ is None or isinstance(error.__cause__, TelegramError) else Loss.UNSURE


def is_optional(endpoint: str) -> bool:
    """Tell whether the bot can do without a method of the Bot API."""
    # Telegram may ask to wait for hours before these, and the start and the answer behind a press do not wait so long.
    # The results of an inline query are of no use once the person has typed on.
    return endpoint.startswith("setMy") or endpoint in ("deleteWebhook", "answerInlineQuery", "answerCallbackQuery")


def seconds_asked(error: RetryAfter) -> float:
    """Return how many seconds Telegram asks to wait."""
    asked = error.retry_after
    return asked.total_seconds() if isinstance(asked, timedelta) else float(asked)


def _tell(endpoint: str, state: RetryCallState) -> None:
    error = state.outcome.exception() if state.outcome else None
    LOG.warning("%s failed (%s); trying again in %.1f s.", endpoint, reason(error), state.upcoming_sleep)


def reason(error: BaseException | None) -> str:
    """Return what an error says in one short line, without the page of HTML that a gateway sends along."""
    first = (str(error).splitlines() or [""])[0].partition(". Parsing the server response")[0]
    # Between words: half a token, which has no space, would be known to nobody as one.
    return shorten(first, LONGEST_REASON, placeholder=" …").rstrip(".: ")
