"""Suggest entries for a question that is still being typed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from bot.base.model import Base
from bot.dialogue.model import Answer, Clarify, Considered, Decision, Foreign, NotInArticle
from bot.language.normalise import words_of

LIKELY = 0.02
"""The chance from which a candidate is worth suggesting."""


class Suggester:
    """Finds what half a question may become."""

    def __init__(self, base: Base) -> None:
        self._follow_ups = {entry.id: entry.follow_ups for entry in base.entries.values()}
        self._labels = {entry.id: _words(entry.label) for entry in base.entries.values()}
        self._words = {entry.id: self._labels[entry.id] | _words(entry.answer) for entry in base.entries.values()}

    def entries(self, text: str, decision: Decision, considered: tuple[Considered, ...]) -> tuple[str, ...]:
        """Return the entries that a message may ask for, likeliest first."""
        decided = tuple(_decided(decision))
        following = (after for entry in decided for after in self._follow_ups[entry])
        near = (_near(decision), _likely(considered), following)
        return tuple(dict.fromkeys(chain(decided, self._beginning_with(text), *near)))

    def _beginning_with(self, text: str) -> Iterator[str]:
        """Yield the entries with a word for the beginning of each word typed: "how old is alt"; labels come first."""
        typed = _words(text)
        if not typed:
            return
        for words_of_entries in (self._labels, self._words):
            for entry, words in words_of_entries.items():
                if all(any(word.startswith(each) for word in words) for each in typed):
                    yield entry


def _words(text: str) -> frozenset[str]:
    return frozenset(word.text for word in words_of(text, {}))


def _decided(decision: Decision) -> Iterator[str]:
    match decision:
        case Answer(facts):
            yield from (fact.entry for fact in facts)
        case Clarify(options):
            yield from options
        case _:
            # Whatever else it is, it is sure of no entry.
            return


def _near(decision: Decision) -> Iterator[str]:
    if isinstance(decision, NotInArticle | Foreign):
        yield from decision.nearest


def _likely(considered: tuple[Considered, ...]) -> Iterator[str]:
    for each in considered:
        yield from (score.id for score in each.match.stated if score.chance >= LIKELY)
