"""Tell which of the messages that waited while the bot was away are still to be answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from telegram import Message, Update

from bot.telegram.dispatcher import Key, key_of
from bot.telegram.memory import Speaker, speaker_of

STALE = timedelta(minutes=10)
"""The age from which only the last messages of a person are answered: nobody gets twenty late answers at once."""

LATE_ANSWERS = 3
"""How many stale messages of a person in a chat are answered."""


class Age(Enum):
    """How old what an update tells is."""

    FRESH = "fresh"
    STALE = "stale"
    TOO_OLD = "too old"


def age_of(update: Update, longest: timedelta, now: datetime, *, waited: bool = False) -> Age:
    """Return how old an update is at an aware time `now`; from `longest` on it is too old.

    A press tells no time, so it is stale if it may have `waited`, and fresh otherwise.
    """
    message = _message_of(update)
    if message is None:
        return Age.STALE if waited and update.callback_query else Age.FRESH
    age = now - (message.edit_date or message.date)
    if age >= longest:
        return Age.TOO_OLD
    return Age.STALE if age >= STALE else Age.FRESH


def tells_time(update: Update) -> bool:
    """Tell whether an update grows too old."""
    return _message_of(update) is not None


class Backlog:
    """Holds the last stale messages of each person in each chat until no more are to come."""

    def __init__(self) -> None:
        self._held: dict[Key, list[Update]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def hold(self, update: Update) -> tuple[Update, ...]:
        """Hold a stale message; return those that get no answer for it, if any. An album is held as one."""
        held = self._held.setdefault(key_of(update), [])
        held.append(update)
        self._count += 1
        who = _speaker_of(update)
        places = list(dict.fromkeys(_place_of(each) for each in held if _speaker_of(each) == who))
        if len(places) <= LATE_ANSWERS:
            return ()
        dropped = tuple(each for each in held if _place_of(each) == places[0])
        held[:] = [each for each in held if _place_of(each) != places[0]]
        self._count -= len(dropped)
        return dropped

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


def _message_of(update: Update) -> Message | None:
    return update.message or update.edited_message or update.channel_post or update.edited_channel_post


def _speaker_of(update: Update) -> Speaker:
    """Return who an update is from, and where."""
    message = _message_of(update)
    if message:
        return speaker_of(message)
    chat, user = update.effective_chat, update.effective_user
    return Speaker(chat.id if chat else 0, 0, user.id if user else 0)


def _place_of(update: Update) -> str | int:
    """Return what is answered as one: an album, or an update by itself."""
    message = _message_of(update)
    return message.media_group_id if message and message.media_group_id else update.update_id
