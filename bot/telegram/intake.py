"""Take updates in: to disk first, then each once to where it is dealt with; what is too old goes no further."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot, Update

from bot.errors import StoreError
from bot.store.private import without_tokens
from bot.telegram.backlog import Age, Backlog, age_of
from bot.telegram.dispatcher import DONE, QUEUED, Dispatcher
from bot.telegram.inbox import Inbox
from bot.telegram.marking import Marking

LOG = logging.getLogger(__name__)

QUIET = 2.0
"""Seconds without another stale message after which those held are answered: a backlog comes 100 updates at a time."""

FIRST_PAUSE = 10.0
LONGEST_PAUSE = 120.0
"""Seconds after which a reply that could not be sent is tried again; each pause is twice the one before, up to this."""

INHERITED_EVERY = 20.0
"""Seconds between two looks for what a process that is gone has left."""

PURGED_EVERY = 3600.0
"""Seconds between two purges of the inbox."""

Answer = Callable[[Update], Awaitable[bool]]
"""Answers an update, and tells whether it is done with; if not, it is worth another try later."""


class Intake:
    """The way of every update from where it comes in to its answer."""

    def __init__(self, bot: Bot, inbox: Inbox, answer: Answer, longest: timedelta) -> None:
        """Take the bot that updates are for, what answers one, and the age from which a message gets no answer."""
        self._bot = bot
        self._inbox = inbox
        self._answer = answer
        self._longest = longest
        self._backlog = Backlog()
        self._marking = Marking(inbox)
        self._dispatcher = Dispatcher(self._deal_with)
        self._failed: dict[int, int] = {}
        """How often each update that waits for another try has been tried, by its id."""
        self._taking = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._release: asyncio.Task[None] | None = None
        self._begin(self._every(PURGED_EVERY, self._purge))
        self._begin(self._every(INHERITED_EVERY, self._inherit))

    async def take(self, updates: Sequence[Update]) -> None:
        """Keep updates on disk and queue those that are new; while the queue is full, wait.

        What has been kept is queued even if the caller is cancelled.

        Raises:
            StoreError: They cannot be kept; then none is queued.

        """
        if updates:
            await asyncio.shield(self._begin(self._take(updates)))

    async def resume(self) -> None:
        """Queue what earlier runs have not dealt with.

        Raises:
            StoreError: The inbox cannot be read or written.

        """
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

    async def _take_up(self, left: Sequence[tuple[int, str]]) -> None:
        """Queue what has been kept before, of which each is an id and its JSON."""
        if left:
            LOG.info("%d updates of an earlier run are still to be dealt with.", len(left))
        read = []
        for number, content in left:
            try:
                update = Update.de_json(json.loads(content), self._bot)
            except Exception:
                # As after another version of the library has written it.
                LOG.exception("An update of an earlier run cannot be read.")
                await self._marking.mark(number)
            else:
                read.append(update)
        await self._queue(read)

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
            await self._marking.mark(*unanswered)

    def _release_soon(self) -> None:
        if self._release:
            self._release.cancel()
        self._release = self._begin(self._release_all())

    async def _release_all(self) -> None:
        await asyncio.sleep(QUIET)
        self._release = None  # from here on it is not put off any more
        async with self._taking:
            await self._put(*self._backlog.all())

    async def _put(self, *updates: Update) -> None:
        for update in updates:
            await self._dispatcher.put(update)

    async def _deal_with(self, update: Update) -> float:
        number = update.update_id
        if age_of(update, self._longest) is not Age.TOO_OLD and not await self._answer(update):
            tries = self._failed.get(number, 0)
            self._failed[number] = tries + 1
            pause: float = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(tries, 9))
            LOG.warning("The reply to update %d is tried again in %g s.", number, pause)
            return pause
        self._failed.pop(number, None)
        await self._marking.mark(number)
        return DONE

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
            await work()

    def _begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
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
