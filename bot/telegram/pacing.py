"""When a request to a chat may go out: Telegram's limits kept from our side, and its wishes to wait, chat by chat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiolimiter import AsyncLimiter

from bot.recent import Recent

CHATS = 10_000
"""How many chats' paces are remembered.

At 30 requests a second it takes over five minutes to go through so many, and by then the pace of the first is at rest
again anyway.
"""

MARGIN = 0.1
"""Seconds on top of those that Telegram asks to wait, as its clock is not ours."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests may go out at once after a rest, and how many a second from then on."""

    burst: float
    a_second: float

    def limiter(self) -> AsyncLimiter:
        """Return what keeps to it."""
        return AsyncLimiter(self.burst, self.burst / self.a_second)


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates of all chats together, of each chat, and of each group besides."""

    overall: Rate
    chat: Rate
    group: Rate


# A burst and what follows add up in whatever window one looks at: 2 + 28 in a second, 5 + 15 in a minute. In a chat,
# Telegram lets short bursts pass, and people do ask in bursts.
TELEGRAMS = Limits(overall=Rate(2, 28), chat=Rate(3, 1), group=Rate(5, 15 / 60))
"""What Telegram allows: 30 messages a second, one a second in a chat, 20 a minute in a group."""


@dataclass(slots=True)
class _Pace:
    """The limiters of one chat, and the time of the loop before which Telegram wants to hear nothing of it."""

    limiters: tuple[AsyncLimiter, ...]
    held_until: float = 0.0


class Pacing:
    """Has requests wait for their turn; what one chat waits for holds up no other."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = limits.overall.limiter()
        self._paces: Recent[int, _Pace] = Recent(CHATS)

    def __len__(self) -> int:
        return len(self._paces)

    async def turn(self, chat: int) -> None:
        """Wait until a request to a chat may go out."""
        pace = self._pace(chat)
        for limiter in pace.limiters:
            await limiter.acquire()
        held = True
        while held:
            while (seconds := pace.held_until - asyncio.get_running_loop().time()) > 0:
                await asyncio.sleep(seconds)
            # Last, so that what waits for its chat takes no place from the others.
            await self._overall.acquire()
            held = pace.held_until > asyncio.get_running_loop().time()  # since it waited for that

    def hold(self, chat: int, seconds: float) -> None:
        """Have a chat, and no other, wait as long as Telegram asks for."""
        pace = self._pace(chat)
        pace.held_until = max(pace.held_until, asyncio.get_running_loop().time() + seconds + MARGIN)

    def _pace(self, chat: int) -> _Pace:
        in_group = chat < 0
        rates = (self._limits.group, self._limits.chat) if in_group else (self._limits.chat,)
        return self._paces.of(chat, lambda: _Pace(tuple(rate.limiter() for rate in rates)))
