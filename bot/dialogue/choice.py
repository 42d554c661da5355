"""Understand which of the things offered a message chooses: "2", "the second one", "the one about his age"."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from bot.base.model import Base
from bot.dialogue.model import Context
from bot.language.model import Unit, Word
from bot.language.normalise import words_of
from bot.language.understand import Understander

LONGEST_NUMBER = 3
"""Digits that can be a choice; more are no number of any list."""

LIKELY_A_CHOICE = 10
"""The highest number that, beyond the end of a list, is taken for a slip; "39" asks something else."""

_ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
}  # fmt: skip
_CARDINALS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_LAST = frozenset(("last", "latter"))
_ASIDE = frozenset(
    "the number no nr option choice answer question topic please pls i mean meant want choose pick take go with is was "
    "it that this ok okay yes".split()
)
_NONE = frozenset(
    (
        "none", "none of these", "none of those", "none of them", "none of the above", "none of it", "neither",
        "neither of these", "neither of those", "neither of them", "neither one", "no", "nope", "nah", "not these",
        "not those", "no none of these", "no none of those", "no neither", "something else", "no something else",
    )
)  # fmt: skip
_KEYCAP = str.maketrans("", "", "\ufe0f\u20e3")


class Other(Enum):
    """What a message can say to an offer besides choosing."""

    NONE_OF_THESE = auto()
    NO_SUCH = auto()


class Chooser:
    """Holds what people type against what they were offered."""

    def __init__(self, base: Base, understander: Understander) -> None:
        self._base = base
        self._understander = understander

    def choose(
        self, text: str, context: Context, read: Callable[[], tuple[Word, ...]] | None = None
    ) -> str | Other | None:
        """Return the entry that a message chooses, or what else it says to the offer, or None where it says nothing.

        `read` returns the words of the text, for who has read it or will: mending misspelt ones takes its time.
        Only where the offer was of what may have been meant do words choose, and does "one" or "none" refer to it.
        """
        number = place(text, len(context.offered), bare=context.unsure)
        if number is not None and 1 <= number <= len(context.offered):
            return context.offered[number - 1]
        if not context.unsure:
            return None
        if number is not None and number <= LIKELY_A_CHOICE:
            return Other.NO_SUCH
        if " ".join(word.text for word in words_of(text, {})) in _NONE:
            return Other.NONE_OF_THESE
        return self._by_words(read() if read else self._understander.read(text), context)

    def _by_words(self, words: tuple[Word, ...], context: Context) -> str | None:
        """Return the one entry whose label says everything that the message says."""
        units = self._understander.understand(words).composed
        labels = {each: self._base.entries[each].label for each in context.offered}
        fitting = [each for each, label in labels.items() if self._says(label, units)]
        # A name alone asks for whom it names.
        asks = any(not unit.entities for unit in units) or len(units) > 1
        return fitting[0] if asks and len(fitting) == 1 else None

    def _says(self, label: str, units: tuple[Unit, ...]) -> bool:
        told = {feature for unit in self._understander.phrasing(label).composed for feature in unit.features}
        return all(not told.isdisjoint(unit.features) for unit in units)


def place(text: str, count: int, *, bare: bool) -> int | None:
    """Return the number, from 1, of the one of `count` things that a message chooses by its place, or None.

    It may lie beyond them. With `bare`, a number may be written out, as in "two".
    """
    words = [word.text for word in words_of(text.translate(_KEYCAP), {})]
    said = [word for word in words if word not in _ASIDE]
    if len(said) > 1 and said[-1] == "one":
        said.pop()
    if len(said) != 1:
        return None
    word = said[0]
    if word.isdecimal():
        return int(word) if len(word) <= LONGEST_NUMBER else None
    if word in _LAST:
        return count
    return _ORDINALS.get(word) or (_CARDINALS.get(word) if bare else None)
