"""Deal with updates: those of one chat one after the other, those of different chats at the same time."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import Update

LOG = logging.getLogger(__name__)

AT_ONCE = 2_000
"""How many chats are dealt with at the same time; most of them wait until they may send."""

QUEUED = 10_000
"""How many updates may be in hand or wait; some 5 kB each. Telegram keeps what there is no room for."""

QUEUED_IN_A_CHAT = 100
"""How many of them may wait in one chat: with twenty replies a minute, a busy group is five minutes behind then."""

Key = tuple[str, int]
"""What updates wait for one another in."""


@dataclass(frozen=True, slots=True)
class Again:
    """After how many seconds an update is to be dealt with again, 0 for not at all, and whether others wait for it."""

    seconds: float
    in_turn: bool = True


DONE = Again(0.0)

Handle = Callable[[Update], Awaitable[Again]]
"""Deals with an update, and tells whether that is to be done again."""


class Dispatcher:
    """Queues by chat. Chats take turns, so that one with many updates does not hold up the others."""

    def __init__(
        self, handle: Handle, *, at_once: int = AT_ONCE, queued: int = QUEUED, in_a_chat: int = QUEUED_IN_A_CHAT
    ) -> None:
        """Take what deals with an update."""
        self._handle = handle
        self._at_once = at_once
        self._in_a_chat = in_a_chat
        self._room = asyncio.Semaphore(queued)
        self._queues: dict[Key, deque[Update]] = {}
        """What waits, by chat; a chat with an update in hand or waiting has its place here, no other."""
        self._turns: deque[Key] = deque()
        self._in_hand: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def put(self, update: Update) -> bool:
        """Queue an update, as soon as there is room; tell whether it is, as no chat may take up the room of others."""
        key = key_of(update)
        if len(self._queues.get(key, ())) >= self._in_a_chat:
            return False
        await self._room.acquire()
        self._line_up(update)
        return True

    async def stop(self, grace: float) -> bool:
        """Begin nothing more, and give what is in hand `grace` seconds to end; tell whether it has."""
        self._stopped = True
        if self._in_hand:
            await asyncio.wait(self._in_hand, timeout=grace)
        late = [task for task in self._in_hand if not task.done()]
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return not late

    def _line_up(self, update: Update) -> None:
        key = key_of(update)
        queue = self._queues.get(key)
        if queue is not None:
            queue.append(update)
        else:
            self._queues[key] = deque([update])
            self._has_turn(key)

    def _has_turn(self, key: Key) -> None:
        self._turns.append(key)
        self._begin()

    def _begin(self) -> None:
        while self._turns and len(self._in_hand) < self._at_once and not self._stopped:
            key = self._turns.popleft()
            task = asyncio.ensure_future(self._deal_with(key, self._queues[key].popleft()))
            self._in_hand.add(task)
            task.add_done_callback(self._ended)

    async def _deal_with(self, key: Key, update: Update) -> None:
        again, later = DONE, asyncio.get_running_loop().call_later
        try:
            again = await self._handle(update)
        except Exception:
            LOG.exception("An update could not be dealt with.")
        queue = self._queues[key]
        if again.seconds and again.in_turn:
            # Those after it wait as well, so that they are not answered before it.
            queue.appendleft(update)
            later(again.seconds, self._has_turn, key)
            return
        if again.seconds:
            later(again.seconds, self._line_up, update)
        else:
            self._room.release()
        if queue:
            self._turns.append(key)
        else:
            del self._queues[key]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._in_hand.discard(task)
        self._begin()


def key_of(update: Update) -> Key:
    """Return what an update waits its turn in: its chat, or the person where it is in none, as with inline queries."""
    chat, user = update.effective_chat, update.effective_user
    return ("chat", chat.id) if chat else ("person", user.id if user else 0)
