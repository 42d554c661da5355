"""Keep for the curator what went wrong and what people think of answers; a store that fails never costs a reply."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TypeVar

from bot.dialogue.conversation import Turn
from bot.errors import StoreError
from bot.store.noting import event_of, thumb
from bot.store.store import Store

LOG = logging.getLogger(__name__)

RESTS = 5.0
"""Seconds for which, after a failure, nothing is kept: whoever asks next is not to wait for the store as well."""

PURGED_EVERY = 3600.0
"""Seconds from one deletion of what is too old to the next; the store does the first when it is opened."""

Result = TypeVar("Result")


class Feedback:
    """Writes to the store, away from the loop that answers."""

    def __init__(self, store: Store | None, *, keeps: bool) -> None:
        """Take the store, if there is one to keep things in or to delete them from, and whether anything is kept."""
        self._store = store
        self.keeps = keeps and store is not None
        # Its own, so that one that waits for a file takes none from the inbox.
        self._thread = ThreadPoolExecutor(1, "feedback")
        self._failed = float("-inf")

    async def note(self, person: int, turn: Turn, text: str, *, instead_of: int = 0) -> int:
        """Keep a turn if it is worth it; return its number, 0 where it is not kept.

        `text` is "" where the words are not to be kept; what is kept under the number `instead_of` is deleted.
        """
        if not self.keeps or self._store is None:
            return 0
        event = event_of(turn, text)
        try:
            if instead_of:
                await self._run(partial(self._store.drop, instead_of), anyway=True)
        except StoreError as error:
            LOG.warning("What was kept of a question before it was edited is still kept: %s", error)
            return instead_of  # for the next edit to delete it
        try:
            return await self._run(partial(self._store.note, person, event)) if event else 0
        except StoreError as error:
            LOG.warning("A miss was not kept: %s", error)
            return 0

    async def withdraw(self, number: int) -> None:
        """Delete what is kept under a number, as it will be kept once more; 0 is nothing."""
        if not number or self._store is None:
            return
        try:
            await self._run(partial(self._store.drop, number), anyway=True)
        except StoreError as error:
            LOG.warning("A miss is kept twice: %s", error)

    async def judge(self, person: int, entry: str, *, good: bool) -> bool:
        """Keep what somebody thinks of an answer; return whether it was kept."""
        if not self.keeps or self._store is None:
            return False
        try:
            await self._run(partial(self._store.note, person, thumb(entry, good)))
        except StoreError as error:
            LOG.warning("What somebody thinks of an answer was not kept: %s", error)
            return False
        return True

    async def none_of_these(self, person: int, number: int) -> None:
        """Keep that nothing offered under a person's question of that number was meant; 0 is none."""
        if not number or not self.keeps or self._store is None:
            return
        try:
            await self._run(partial(self._store.note_none_of_these, person, number))
        except StoreError as error:
            LOG.warning("A miss was not kept: %s", error)

    async def forget(self, person: int) -> int | None:
        """Delete all that is kept of a person; return how much that was, or None where it could not be deleted."""
        if self._store is None:
            return 0
        try:
            return await self._run(partial(self._store.forget, person), anyway=True)
        except StoreError as error:
            LOG.warning("What is kept of a person could not be deleted: %s", error)
            return None

    async def purge_for_ever(self) -> None:
        """Delete what is too old, every hour until cancelled; also what was kept before keeping was switched off."""
        while self._store is not None:
            await asyncio.sleep(PURGED_EVERY)
            try:
                await self._run(partial(self._store.purge, datetime.now(UTC)), anyway=True)
            except StoreError as error:
                LOG.warning("What is too old could not be deleted: %s", error)

    async def _run(self, work: Callable[[], Result], *, anyway: bool = False) -> Result:
        """Have the store do something in its turn; unless it has just failed, or `anyway`.

        Raises:
            StoreError: It failed, or has a moment ago.

        """

        def in_turn() -> Result:
            if not anyway and monotonic() - self._failed < RESTS:
                raise StoreError("It could not be used a moment ago.")
            try:
                return work()
            except StoreError:
                self._failed = monotonic()
                raise

        return await asyncio.get_running_loop().run_in_executor(self._thread, in_turn)
