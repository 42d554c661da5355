"""Take updates in: to disk first, then each once into its queue; floods and what is too old go no further."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any

from telegram import Update

from bot.errors import StoreError
from bot.telegram.backlog import Age, Backlog, age_of
from bot.telegram.dispatcher import Dispatcher, key_of
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.marking import Marking
from bot.telegram.poller import Poller
from bot.telegram.turn import Turn
from bot.telegram.updates import is_number, restored, stored

LOG = logging.getLogger(__name__)

QUIET = 2.0
LONGEST_HELD = 10.0
"""Seconds after which stale messages that were held are answered: since the last of them, and since the first.

A backlog comes 100 updates at a time.
"""

INHERITED_EVERY = 20.0
"""Seconds between two looks for what a process that is gone has left."""

PURGED_EVERY = 3600.0
"""Seconds between two purges of the inbox."""


class Intake:
    """The way of every update from where it comes in to its queue."""

    def __init__(self, bot: Poller, inbox: Inbox, handlers: Handlers, longest: timedelta) -> None:
        """Take the bot that updates are for, what answers them, and the age from which a message gets no answer."""
        self._bot = bot
        self._inbox = inbox
        self._handlers = handlers
        self._longest = longest
        self._backlog = Backlog()
        self._marking = Marking(inbox)
        self._dispatcher = Dispatcher(Turn(bot, inbox, handlers, longest, self._marking).take)
        self._taking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._release: asyncio.Task[None] | None = None
        self._held_since = 0.0
        self._begin(self._every(PURGED_EVERY, self._purge))
        self._begin(self._every(INHERITED_EVERY, self._inherit))

    async def take(self, updates: Sequence[Update], waited: bool) -> None:
        """Keep updates on disk and queue those that are new; while the queue is full, wait.

        `waited` tells that they may have come long ago. What has been kept is queued even if the caller is cancelled.

        Raises:
            StoreError: They cannot be kept; then none is queued.

        """
        if updates:
            work = self._begin(self._take(updates, waited))
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                work.add_done_callback(_tell)
                raise

    async def resume(self) -> None:
        """Queue what earlier runs have not dealt with.

        Raises:
            StoreError: The inbox cannot be read or written.

        """
        await self._purge()
        async with self._taking:
            await asyncio.to_thread(self._inbox.inherit)
            await self._take_up(await asyncio.to_thread(self._inbox.pending))

    async def stop(self, grace: float) -> bool:
        """Give what is in hand `grace` seconds to end; the rest stays in the inbox. Tell whether all has ended."""
        for task in self._tasks:
            task.cancel()
        ended = await self._dispatcher.stop(grace)
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._marking.stop()
        return ended

    async def _take(self, updates: Sequence[Update], waited: bool) -> None:
        async with self._taking:
            rows = [(update.update_id, stored(update)) for update in updates if is_number(update.update_id)]
            queues = {update.update_id: " ".join(map(str, key_of(update))) for update in updates}
            new = set(await asyncio.to_thread(self._inbox.add, rows, queues))
            fresh = []
            for update in updates:
                if update.update_id in new:
                    new.discard(update.update_id)
                    fresh.append(update)
            await self._queue(fresh, waited=waited, counted=False)

    async def _take_up(self, left: Sequence[tuple[int, str]]) -> None:
        """Queue what has been kept before, of which each is an id and its JSON."""
        if left:
            LOG.info("%d updates that were left before are still to be dealt with.", len(left))
        read = []
        for number, content in left:
            update = restored(content, self._bot)
            if update:
                read.append(update)
            else:
                LOG.warning("Update %d, which was left before, cannot be read, and gets no answer.", number)
                await self._marking.mark(number)
        await self._queue(read, waited=False, counted=True)

    async def _queue(self, updates: Sequence[Update], *, waited: bool, counted: bool) -> None:
        """Queue updates but for those that get no answer; those `counted` before do not count towards a flood."""
        late: list[Update] = []
        flooding: list[Update] = []
        for update in updates:
            try:
                await self._sort(update, late, flooding, waited=waited, counted=counted)
            except Exception:
                # Another of the same poll is not to be lost for it.
                LOG.exception("Update %d could not be looked at.", update.update_id)
                flooding += await self._put(update)
        await self._leave(late, "waited for too long")
        # Of a flood there would be lines without end.
        await self._leave(flooding, "are too many at once", logging.DEBUG)

    async def _sort(
        self, update: Update, late: list[Update], flooding: list[Update], *, waited: bool, counted: bool
    ) -> None:
        match age_of(update, self._longest, self._bot.clock.now(), waited=waited):
            case Age.TOO_OLD:
                late.append(update)
            case Age.STALE if self._handlers.asks(update):
                late += self._backlog.hold(update)
                self._release_soon()
            case Age.STALE | Age.FRESH:
                late += await self._put(*self._backlog.of_chat(update))
                if counted or await self._handlers.admits(update):
                    flooding += await self._put(update)
                else:
                    flooding.append(update)

    async def _leave(self, updates: Sequence[Update], why: str, level: int = logging.INFO) -> None:
        """Have updates get no answer."""
        if updates:
            LOG.log(level, "%d messages that %s get no answer.", len(updates), why)
            await self._marking.mark(*(update.update_id for update in updates))

    def _release_soon(self) -> None:
        loop = asyncio.get_running_loop()
        if self._release is None or self._release.done():
            self._held_since = loop.time()
        else:
            self._release.cancel()
        pause = max(0.0, min(QUIET, self._held_since + LONGEST_HELD - loop.time()))
        self._release = self._begin(self._release_all(pause))

    async def _release_all(self, pause: float) -> None:
        await asyncio.sleep(pause)
        self._release = None  # from here on it is not put off any more
        async with self._taking:
            await self._leave(await self._put(*self._backlog.all()), "waited for too long")

    async def _put(self, *updates: Update) -> list[Update]:
        """Queue updates; return those for which there is no room in their chat."""
        return [update for update in updates if not await self._dispatcher.put(update)]

    async def _purge(self) -> None:
        try:
            await asyncio.to_thread(self._inbox.purge)
        except StoreError as error:
            LOG.warning("The inbox was not purged. %s", error)

    async def _inherit(self) -> None:
        async with self._taking:
            try:
                left = await asyncio.to_thread(self._inbox.inherit)
            except StoreError as error:
                LOG.warning("What another process may have left was not looked for. %s", error)
            else:
                await self._take_up(left)

    @staticmethod
    async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(seconds)
            try:
                await work()
            except Exception:
                LOG.exception("What is done every %g s was not done.", seconds)

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _tell(work: asyncio.Task[None]) -> None:
    """Tell of an error that nobody waits for any more."""
    error = None if work.cancelled() else work.exception()
    if error:
        LOG.warning("What was fetched last was not kept; Telegram will send it again. %s", error)
