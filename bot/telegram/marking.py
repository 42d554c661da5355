"""Mark in the inbox what is dealt with, at once, and erase it a moment later."""

from __future__ import annotations

import asyncio
import logging

from bot.errors import StoreError
from bot.telegram.inbox import Inbox

LOG = logging.getLogger(__name__)

ERASED_WITHIN = 0.2
"""Seconds after which what was dealt with is erased from the inbox, in one go for all that came meanwhile."""


class Marking:
    """Writes down what is dealt with, for many updates at once where many end together."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._unmarked: set[int] = set()
        self._writing = asyncio.Lock()
        self._erasing: asyncio.Task[None] | None = None

    async def mark(self, *numbers: int) -> None:
        """Have updates count as dealt with when this returns; where that cannot be written, it is tried with the next.

        It is not erased with the mark, which would come later for it: killed before the mark, the bot answers a second
        time.
        """
        self._unmarked |= set(numbers)
        async with self._writing:
            # Whoever has its turn writes for all that have come meanwhile, so that these need not wait for theirs.
            if self._unmarked.intersection(numbers):
                await self._write()
        if not self._erasing:
            self._erasing = asyncio.ensure_future(self._erase_in_a_moment())

    async def stop(self) -> None:
        """Write and erase what is left to be."""
        if self._erasing:
            self._erasing.cancel()
            await asyncio.gather(self._erasing, return_exceptions=True)
        async with self._writing:
            await self._write()
        await self._erase()

    async def _write(self) -> None:
        numbers, self._unmarked = self._unmarked, set()
        try:
            if numbers:
                await asyncio.to_thread(self._inbox.done, *numbers)
        except StoreError as error:
            self._unmarked |= numbers
            LOG.warning("What was dealt with may be dealt with again. %s", error)

    async def _erase_in_a_moment(self) -> None:
        await asyncio.sleep(ERASED_WITHIN)
        self._erasing = None  # what is dealt with from here on may come too late for this one
        await self._erase()

    async def _erase(self) -> None:
        try:
            await asyncio.to_thread(self._inbox.erase)
        except StoreError as error:
            LOG.warning("What was dealt with is still in the log of the inbox. %s", error)
