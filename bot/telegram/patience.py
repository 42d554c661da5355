"""How requests to Telegram are paced and repeated."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.ext import AIORateLimiter

LOG = logging.getLogger(__name__)

FLOOD_RETRIES = 3
"""How often a request is repeated after "too many requests"; each time after as long as Telegram asks for."""

PAUSES = (0.5, 1.5)
"""Seconds before each repetition of a request that the network lost."""

Response = bool | dict[str, Any] | list[dict[str, Any]]


class Patience(AIORateLimiter):
    """Keeps to Telegram's limits, and repeats what a bad network or an ailing server has lost."""

    def __init__(self) -> None:
        super().__init__(max_retries=FLOOD_RETRIES)

    async def process_request(  # noqa: PLR0913, PLR0917 (as in the base class)
        self,
        callback: Callable[..., Coroutine[Any, Any, Response]],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Response:
        """Make a request; see the base class."""
        if is_optional(endpoint):
            # Telegram may ask to wait for hours before these; that must not hold up the answers.
            return await callback(*args, **kwargs)
        request = partial(super().process_request, callback, args, kwargs, endpoint, data, rate_limit_args)
        for pause in PAUSES:
            try:
                return await request()
            except BadRequest:
                raise
            except NetworkError as error:
                if isinstance(error, TimedOut) and endpoint == "sendMessage":
                    raise  # it may have arrived: better no answer than two
                LOG.warning("%s failed (%s); trying again in %s s.", endpoint, error, pause)
            await asyncio.sleep(pause)
        return await request()


def is_optional(endpoint: str) -> bool:
    """Tell whether the bot can do without a method of the Bot API."""
    # The results of an inline query are of no use once the person has typed on.
    return endpoint.startswith("setMy") or endpoint in ("deleteWebhook", "answerInlineQuery")
