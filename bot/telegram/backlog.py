"""Tell which of the messages that waited while the bot was away are still to be answered."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, timedelta
from enum import Enum

from telegram import Update

from bot.telegram.dispatcher import key_of

STALE = timedelta(minutes=10)
"""The age from which only the last messages of a chat are answered: nobody gets twenty late answers at once."""

LATE_ANSWERS = 3
"""How many stale messages of a chat are answered."""


class Age(Enum):
    """How old what an update tells is."""

    FRESH = "fresh"
    STALE = "stale"
    TOO_OLD = "too old"


def age_of(update: Update, longest: timedelta, now: datetime | None = None) -> Age:
    """Return how old an update is; from `longest` on it is too old. Presses and inline queries are always fresh."""
    message = update.message or update.edited_message or update.channel_post or update.edited_channel_post
    if message is None:
        return Age.FRESH
    age = (now or datetime.now(UTC)) - (message.edit_date or message.date)
    if age >= longest:
        return Age.TOO_OLD
    return Age.STALE if age >= STALE else Age.FRESH


class Backlog:
    """Holds the last stale messages of each chat until no more are to come."""

    def __init__(self) -> None:
        self._held: dict[int, deque[Update]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def hold(self, update: Update) -> Update | None:
        """Hold a stale message; return the one that gets no answer for it, if any."""
        held = self._held.setdefault(key_of(update), deque())
        held.append(update)
        if len(held) > LATE_ANSWERS:
            return held.popleft()
        self._count += 1
        return None

    def of_chat(self, update: Update) -> tuple[Update, ...]:
        """Return what was held of an update's chat, and hold it no more."""
        held = tuple(self._held.pop(key_of(update), ()))
        self._count -= len(held)
        return held

    def all(self) -> tuple[Update, ...]:
        """Return all that was held, and hold it no more."""
        every = tuple(update for held in self._held.values() for update in held)
        self._held.clear()
        self._count = 0
        return every
