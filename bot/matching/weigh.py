"""Weigh a message: how much each of its pieces counts, and which of them the base knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.model import Unit
from bot.matching.index import Index

UNHEARD_OF = 30_000
"""The rank, among English words, given to a word that is not even among the frequent ones."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit with its weight, whether the base knows it, and those of its features that the base knows."""

    unit: Unit
    weight: float
    known: bool
    features: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a message, weighed: its units, the names in them, what it all weighs and what share is unknown.

    `besides_names` is what all weighs but the names.
    """

    units: tuple[Weighed, ...]
    names: frozenset[str]
    whole: float
    besides_names: float
    unknown: float
    asks: bool


class Scales:
    """Weighs the units of messages, whatever they are held against afterwards."""

    def __init__(self, index: Index, english: Mapping[str, int]) -> None:
        """Take the index, which knows what features weigh, and the ranks of English words."""
        self._index = index
        self._english = english

    def read(self, units: Sequence[Unit], *, asks: bool) -> Reading:
        """Return a reading of a message with what each unit weighs and all together; `asks` tells if it asks."""
        weighed = tuple(self._weigh(unit) for unit in units)
        whole = sum(each.weight for each in weighed) or 1.0
        return Reading(
            units=weighed,
            names=frozenset(feature for unit in units for feature in unit.features if feature.startswith("e:")),
            whole=whole,
            besides_names=sum(each.weight for each in weighed if not each.named) or 1.0,
            unknown=sum(each.weight for each in weighed if not each.known) / whole,
            asks=asks,
        )

    def _weigh(self, unit: Unit) -> Weighed:
        known = tuple(feature for feature in unit.features if feature in self._index.weights)
        named = any(feature.startswith("e:") for feature in unit.features)
        weight = self._index.weight(known)
        if weight is not None:
            return Weighed(unit, weight * unit.share, known=True, features=known, named=named)
        # A word the base never heard of. The rarer it is in English, the likelier it is what the message is about.
        rank = self._english.get(unit.text, UNHEARD_OF)
        share = 0.35 if rank < 400 else 0.7 if rank < 2_000 else 1.0
        return Weighed(unit, self._index.heaviest * share * unit.share, known=False, features=(), named=named)
