"""Who sends more than the bot can answer: a bucket for each person, which a flood overflows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from aiolimiter import AsyncLimiter

from bot.telegram.recent import Recent

AT_ONCE = 12
"""Messages, edits and presses of one person that are answered at once; after these, one a second.

Nobody types as fast; ten messages that waited while the bot was away come at once too.
"""

INLINE_AT_ONCE, INLINE_A_SECOND = 40, 4
"""The same for inline queries, of which typing makes one a letter or two."""

PEOPLE = 10_000
"""How many people's buckets are kept; that of who was silent for longest makes room."""


class Verdict(Enum):
    """What becomes of an update."""

    PASSES = auto()
    TOLD = auto()
    """It is not answered, and as the first one of a flood is met with a notice."""
    DROPPED = auto()


@dataclass(slots=True)
class _Person:
    """One person's buckets, whether they were told to slow down, and the album they sent last."""

    bucket: AsyncLimiter = field(default_factory=lambda: AsyncLimiter(AT_ONCE, AT_ONCE))
    inline: AsyncLimiter = field(default_factory=lambda: AsyncLimiter(INLINE_AT_ONCE, INLINE_AT_ONCE / INLINE_A_SECOND))
    told: bool = False
    album: str = ""


class Floods:
    """Counts what each person sends."""

    def __init__(self, people: int = PEOPLE) -> None:
        """Take the number of people to keep count of, at least 1."""
        self._people: Recent[int, _Person] = Recent(people)

    async def judge(self, person: int, album: str = "") -> Verdict:
        """Count a message, an edit or a press, and return what becomes of it; an album counts once.

        A flood is over when its sender has been silent until the bucket was empty, in `AT_ONCE` seconds.
        """
        sender = self._person(person)
        if album and album == sender.album:
            return Verdict.PASSES
        sender.told = sender.told and not sender.bucket.has_capacity(AT_ONCE)
        if sender.bucket.has_capacity():
            await sender.bucket.acquire()
            sender.album = album
            return Verdict.PASSES
        if sender.told:
            return Verdict.DROPPED
        sender.told = True
        return Verdict.TOLD

    async def judge_inline(self, person: int) -> Verdict:
        """Count an inline query, and return what becomes of it; there is nowhere to say a notice."""
        bucket = self._person(person).inline
        if not bucket.has_capacity():
            return Verdict.DROPPED
        await bucket.acquire()
        return Verdict.PASSES

    def __len__(self) -> int:
        return len(self._people)

    def _person(self, person: int) -> _Person:
        found = self._people.get(person) or _Person()
        self._people.put(person, found)
        return found
