"""Take updates in: to disk first, then each once to where it is dealt with; what is too old goes no further."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, Update

from bot.errors import StoreError
from bot.store.private import without_tokens
from bot.telegram.backlog import Age, Backlog, age_of
from bot.telegram.dispatcher import QUEUED, Dispatcher
from bot.telegram.inbox import Inbox

LOG = logging.getLogger(__name__)

QUIET = 2.0
"""Seconds without another stale message after which those held are answered: a backlog comes 100 updates at a time."""

PURGED_EVERY = 3600.0
"""Seconds between two purges of the inbox."""

ERASED_WITHIN = 0.2
"""Seconds after which what was dealt with is erased from the inbox, in one go for all that came meanwhile."""


class Intake:
    """The way of every update from where it comes in to its answer."""

    def __init__(
        self, inbox: Inbox, answer: Callable[[Update], Awaitable[None]], longest: timedelta, *, quiet: float = QUIET
    ) -> None:
        """Take what answers an update, and the age from which a message gets no answer."""
        self._inbox = inbox
        self._answer = answer
        self._longest = longest
        self._quiet = quiet
        self._backlog = Backlog()
        self._dispatcher = Dispatcher(self._deal_with)
        self._taking = asyncio.Lock()
        self._answered: list[int] = []
        self._marking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._release: asyncio.Task[None] | None = None
        self._erasing: asyncio.Task[None] | None = None
        self._begin(self._purge_now_and_then())

    async def take(self, updates: Sequence[Update]) -> None:
        """Keep updates on disk and queue those that are new; while the queue is full, wait.

        What has been kept is queued even if the caller is cancelled.

        Raises:
            StoreError: They cannot be kept; then none is queued.

        """
        if updates:
            await asyncio.shield(self._begin(self._take(updates)))

    async def resume(self, bot: Bot) -> None:
        """Queue what an earlier run has not dealt with.

        Raises:
            StoreError: The inbox cannot be read or written.

        """
        pending = await asyncio.to_thread(self._inbox.pending)
        if pending:
            LOG.info("%d updates of an earlier run are still to be dealt with.", len(pending))
        read = []
        for number, content in pending:
            try:
                update = Update.de_json(json.loads(content), bot)
            except Exception:
                # As after another version of the library has written it.
                LOG.exception("An update of an earlier run cannot be read.")
                await asyncio.to_thread(self._inbox.done, number)
            else:
                read.append(update)
        async with self._taking:
            await self._queue(read)

    async def stop(self, grace: float) -> bool:
        """Give what is in hand `grace` seconds to end; the rest stays in the inbox. Tell whether all has ended."""
        for task in self._tasks:
            task.cancel()
        ended = await self._dispatcher.stop(grace)
        if self._erasing:
            self._erasing.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._mark()
        await self._erase()
        await asyncio.to_thread(self._inbox.close)
        return ended

    async def _take(self, updates: Sequence[Update]) -> None:
        async with self._taking:
            rows = [(update.update_id, stored(update)) for update in updates]
            new = set(await asyncio.to_thread(self._inbox.add, rows))
            fresh = []
            for update in updates:
                if update.update_id in new:
                    new.discard(update.update_id)
                    fresh.append(update)
            await self._queue(fresh)

    async def _queue(self, updates: Sequence[Update]) -> None:
        """Queue updates but for those that get no answer."""
        unanswered = []
        for update in updates:
            match age_of(update, self._longest):
                case Age.TOO_OLD:
                    unanswered.append(update.update_id)
                case Age.STALE:
                    dropped = self._backlog.hold(update)
                    if dropped:
                        unanswered.append(dropped.update_id)
                    self._release_soon()
                    if len(self._backlog) >= QUEUED:
                        await self._put(*self._backlog.all())
                case Age.FRESH:
                    await self._put(*self._backlog.of_chat(update), update)
        if unanswered:
            LOG.info("%d messages that waited for too long get no answer.", len(unanswered))
            await asyncio.to_thread(self._inbox.done, *unanswered)
            self._erase_soon()

    def _release_soon(self) -> None:
        if self._release:
            self._release.cancel()
        self._release = self._begin(self._release_all())

    async def _release_all(self) -> None:
        await asyncio.sleep(self._quiet)
        self._release = None  # from here on it is not put off any more
        async with self._taking:
            await self._put(*self._backlog.all())

    async def _put(self, *updates: Update) -> None:
        for update in updates:
            await self._dispatcher.put(update)

    async def _deal_with(self, update: Update) -> None:
        await self._answer(update)
        self._answered.append(update.update_id)
        async with self._marking:
            # Whoever has its turn writes for all that have come meanwhile, so that these need not wait for theirs.
            if update.update_id in self._answered:
                await self._mark()
        self._erase_soon()

    async def _mark(self) -> None:
        answered, self._answered = self._answered, []
        try:
            if answered:
                await asyncio.to_thread(self._inbox.done, *answered)
        except StoreError as error:
            LOG.warning("What was dealt with may be dealt with again. %s", error)

    def _erase_soon(self) -> None:
        # Not with the mark, which would come later for it: killed before the mark, the bot answers a second time.
        if not self._erasing:
            self._erasing = self._begin(self._erase_in_a_moment())

    async def _erase_in_a_moment(self) -> None:
        await asyncio.sleep(ERASED_WITHIN)
        self._erasing = None  # what is dealt with from here on may come too late for this one
        await self._erase()

    async def _erase(self) -> None:
        try:
            await asyncio.to_thread(self._inbox.erase)
        except StoreError as error:
            LOG.warning("What was dealt with is still in the log of the inbox. %s", error)

    async def _purge_now_and_then(self) -> None:
        while True:
            await asyncio.sleep(PURGED_EVERY)
            try:
                await asyncio.to_thread(self._inbox.purge)
            except StoreError as error:
                LOG.warning("The inbox was not purged. %s", error)

    def _begin(self, work: Any) -> asyncio.Task[None]:  # noqa: ANN401 (a coroutine)
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def stored(update: Update) -> str:
    """Return an update as JSON, without the tokens of bots that somebody may have pasted into it."""
    # Not in the JSON itself: after "\u0410", the escape of a Cyrillic letter, digits of a token could not be told.
    # What else may be no JSON must not keep an update from being answered.
    return json.dumps(_cleaned(update.to_dict()), default=str)


def _cleaned(value: object) -> object:
    match value:
        case datetime():
            # The library leaves that of a message that cannot be reached any more, as under an old button, as it is.
            return int(value.timestamp())
        case str():
            return without_tokens(value)
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case dict():
            return {name: _cleaned(each) for name, each in value.items()}
        case _:
            return value
