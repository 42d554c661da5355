"""Mark in the inbox what is dealt with, at once, and erase it a moment later."""

from __future__ import annotations

import asyncio
import logging

from bot.errors import StoreError
from bot.telegram.inbox import Inbox

LOG = logging.getLogger(__name__)

ERASED_WITHIN = 0.2
"""Seconds after which what was dealt with is erased from the inbox, in one go for all that came meanwhile."""

TRIED_AGAIN_AFTER = 5.0
"""Seconds after which what could not be written or erased is tried again."""


class Marking:
    """Writes down what is dealt with, for many updates at once where many end together."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._unmarked: set[int] = set()
        self._writing = asyncio.Lock()
        self._traces = False
        """Whether something that was dealt with is still to be erased."""
        self._tidying: asyncio.Task[None] | None = None

    async def mark(self, *numbers: int) -> None:
        """Have updates count as dealt with; where that cannot be written, it is tried again.

        They are not erased with the mark, which would come later for it: killed before the mark, the bot answers a
        second time.
        """
        self._unmarked.update(numbers)
        async with self._writing:
            # Whoever has its turn writes for all that have come meanwhile, so that these need not wait for theirs.
            if self._unmarked.intersection(numbers):
                await self._write()
        self._traces = True
        if not self._tidying:
            self._tidying = asyncio.ensure_future(self._tidy())

    async def stop(self) -> None:
        """Write and erase what is left to be."""
        if self._tidying:
            self._tidying.cancel()
            await asyncio.gather(self._tidying, return_exceptions=True)
        await self._write_and_erase()

    async def _write(self) -> bool:
        """Write what is not written yet; tell whether that could be done."""
        numbers = frozenset(self._unmarked)
        try:
            if numbers:
                await asyncio.to_thread(self._inbox.done, *numbers)
            self._unmarked -= numbers  # not before, as it may also be cancelled
        except StoreError as error:
            LOG.warning("That %d updates were dealt with is not written down yet. %s", len(numbers), error)
            return False
        return True

    async def _tidy(self) -> None:
        pause = ERASED_WITHIN
        while self._traces:
            await asyncio.sleep(pause)
            self._traces = False  # what is dealt with from here on may come too late for this one
            tidy = await self._write_and_erase()
            self._traces = self._traces or not tidy
            pause = ERASED_WITHIN if tidy else TRIED_AGAIN_AFTER
        self._tidying = None

    async def _write_and_erase(self) -> bool:
        """Write what is not written yet and erase all that is; tell whether that is done."""
        async with self._writing:
            written = await self._write()
        # Else somebody else uses the file, which a stop is not to wait for twice.
        return written and await self._erase()

    async def _erase(self) -> bool:
        try:
            return await asyncio.to_thread(self._inbox.erase)
        except StoreError as error:
            LOG.warning("What was dealt with is still in the log of the inbox. %s", error)
            return False
