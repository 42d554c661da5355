"""Who sends more than the bot can answer: a bucket for each person, which a flood overflows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from aiolimiter import AsyncLimiter

from bot.recent import Recent

AT_ONCE = 12
"""Messages, edits and presses of one person that are answered at once; after these, one a second.

Nobody types as fast; ten messages that waited while the bot was away come at once too.
"""

GROUP_AT_ONCE, GROUP_A_MINUTE = 8, 8
"""The same for messages of one person in a group, which all share the twenty a minute that Telegram allows there."""

INLINE_AT_ONCE, INLINE_A_SECOND = 40, 4
"""The same for inline queries, of which typing makes one a letter or two."""

PEOPLE = 10_000
"""How many people's buckets are kept, and in how many groups; that of who was silent for longest makes room."""


class Verdict(Enum):
    """What becomes of an update."""

    PASSES = auto()
    TOLD = auto()
    """It is not answered, and as the first one of a flood is met with a notice."""
    DROPPED = auto()


def _in_private() -> AsyncLimiter:
    return AsyncLimiter(AT_ONCE, AT_ONCE)


def _in_group() -> AsyncLimiter:
    return AsyncLimiter(GROUP_AT_ONCE, GROUP_AT_ONCE / GROUP_A_MINUTE * 60)


def _inline() -> AsyncLimiter:
    return AsyncLimiter(INLINE_AT_ONCE, INLINE_AT_ONCE / INLINE_A_SECOND)


@dataclass(slots=True)
class _Sender:
    """What one person sends in one place: the bucket, whether they were told to slow down, the album sent last."""

    bucket: AsyncLimiter
    told: bool = False
    album: str = ""


class Floods:
    """Counts what each person sends: in groups for each apart, elsewhere together, inline queries by themselves."""

    def __init__(self, people: int = PEOPLE) -> None:
        """Take the number of people to keep count of, at least 1."""
        self._private: Recent[int, _Sender] = Recent(people)
        self._groups: Recent[tuple[int, int], _Sender] = Recent(people)
        self._inline: Recent[int, AsyncLimiter] = Recent(people)

    async def judge(self, person: int, album: str = "", group: int = 0) -> Verdict:
        """Count a message, an edit or a press, and return what becomes of it; an album counts once.

        `group` is the chat of a message in a group. A flood is over when its sender has been silent until the bucket
        was empty: after as many seconds as it takes in a private chat, a minute in a group.
        """
        if group:
            sender = self._groups.of((group, person), lambda: _Sender(_in_group()))
        else:
            sender = self._private.of(person, lambda: _Sender(_in_private()))
        if album and album == sender.album:
            return Verdict.PASSES
        sender.told = sender.told and not sender.bucket.has_capacity(sender.bucket.max_rate)
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
        bucket = self._inline.of(person, _inline)
        if not bucket.has_capacity():
            return Verdict.DROPPED
        await bucket.acquire()
        return Verdict.PASSES

    def __len__(self) -> int:
        return max(len(self._private), len(self._groups), len(self._inline))
