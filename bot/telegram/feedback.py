"""Keep for the curator what went wrong and what people think of answers; a store that fails never costs a reply."""

from __future__ import annotations

import asyncio
import logging

from bot.dialogue.conversation import Turn
from bot.errors import StoreError
from bot.store.noting import event_of, thumb
from bot.store.store import Store

LOG = logging.getLogger(__name__)


class Feedback:
    """Writes to the store, away from the loop that answers."""

    def __init__(self, store: Store | None, *, keeps: bool) -> None:
        """Take the store, if there is one to keep things in or to delete them from, and whether anything is kept."""
        self._store = store
        self.keeps = keeps and store is not None

    async def note(self, person: int, turn: Turn, text: str) -> int:
        """Keep a turn if it is worth it; return its number, 0 where it is not kept."""
        event = event_of(turn, text) if self.keeps else None
        if event is None or self._store is None:
            return 0
        try:
            return await asyncio.to_thread(self._store.note, person, event)
        except StoreError as error:
            LOG.warning("A miss was not kept: %s", error)
            return 0

    async def judge(self, person: int, entry: str, *, good: bool) -> bool:
        """Keep what somebody thinks of an answer; return whether it was kept."""
        if not self.keeps or self._store is None:
            return False
        try:
            await asyncio.to_thread(self._store.note, person, thumb(entry, good))
        except StoreError as error:
            LOG.warning("What somebody thinks of an answer was not kept: %s", error)
            return False
        return True

    async def none_of_these(self, person: int, number: int) -> None:
        """Keep a person's question back of that number as a miss; 0 is none."""
        if not number or not self.keeps or self._store is None:
            return
        try:
            await asyncio.to_thread(self._store.note_none_of_these, person, number)
        except StoreError as error:
            LOG.warning("A miss was not kept: %s", error)

    async def forget(self, person: int) -> int | None:
        """Delete all that is kept of a person; return how much that was, or None where it could not be deleted."""
        if self._store is None:
            return 0
        try:
            return await asyncio.to_thread(self._store.forget, person)
        except StoreError as error:
            LOG.warning("What is kept of a person could not be deleted: %s", error)
            return None
