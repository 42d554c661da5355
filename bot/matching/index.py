"""The index: what each entry's phrasings are made of, ready to be held against a message."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.base.model import Base
from bot.language.model import Understanding
from bot.language.understand import Understander

STRENGTH_HALF = 0.1
"""A feature that stands in this share of an entry's phrasings belongs to it half; in a third of them, nearly wholly."""

EVIDENCE_STRENGTH = 0.35
"""How far a word that only the entry's own answer and quotes use belongs to it."""

CORE_SHARE = 0.5
"""A meaning that stands in this share of an entry's phrasings is at its core."""

PRIOR = 5.0
"""How many phrasings' worth of belief that an entry's words are those of all the others."""


class Group(StrEnum):
    """What a candidate is: told in the article, not told in it, or smalltalk."""

    TOLD = "told"
    UNTOLD = "untold"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrasing as understood, and the candidate it belongs to; `who` are the entities that may fill its slot."""

    candidate: str
    understanding: Understanding
    who: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many phrasings a candidate has, in how many of them each feature stands, and its own words' features."""

    rows: int
    features: Mapping[str, int]
    told: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, or an unstated thing, as the matcher sees it.

    `strength` tells for each feature how far it belongs here, 0.0–1.0; `odds` how much likelier it is here than
    anywhere, as a natural logarithm, and `absent` the odds of a feature that stands in none of its phrasings; `core`
    are the meanings that most phrasings share, and `core_names` the entities among them.
    """

    id: str
    group: Group
    strength: Mapping[str, float]
    odds: Mapping[str, float]
    absent: float
    core: frozenset[str]
    core_names: frozenset[str]


class Index:
    """All candidates, and the weight of every feature."""

    def __init__(self, base: Base, counts: Mapping[str, Counts]) -> None:
        """Take the base and the counts of its phrasings, see `count`."""
        frequency: Counter[str] = Counter()
        rows: Counter[str] = Counter()
        for each in counts.values():
            frequency.update(each.features.keys())
            rows.update(each.features)
        total = len(counts)
        self.weights = {
            feature: math.log(1 + (total - number + 0.5) / (number + 0.5)) for feature, number in frequency.items()
        }
        self.heaviest = math.log(1 + (total + 0.5) / 0.5)
        whole = sum(each.rows for each in counts.values())
        self._everywhere = {feature: number / whole for feature, number in rows.items()}
        self._base = base
        self._counts = counts
        self._made: dict[str, Candidate] = {}

    def __contains__(self, id_: str) -> bool:
        """Tell whether there is a candidate of this id."""
        return id_ in self._counts

    def __getitem__(self, id_: str) -> Candidate:
        """Return a candidate; it is made when first asked for, as a start with hundreds of them must be quick."""
        made = self._made.get(id_)
        if made is None:
            made = self._made[id_] = self._candidate(id_, self._counts[id_])
        return made

    def weight(self, features: Iterable[str]) -> float | None:
        """Return what a unit with these features weighs, or None where the base has none of them.

        A meaning weighs more than a mere word: "lawsuit" weighs what suing weighs.
        """
        meanings: list[float] = []
        words: list[float] = []
        for feature in features:
            weight = self.weights.get(feature)
            if weight is not None:
                (words if feature.startswith("w:") else meanings).append(weight)
        return max(meanings or words, default=None)

    def _candidate(self, id_: str, counts: Counts) -> Candidate:
        entry = self._base.entries.get(id_)
        unstated = self._base.unstated.get(id_)
        slot = {f"e:{each}" for each in unstated.who} if unstated else set()
        strength = dict.fromkeys(counts.told, EVIDENCE_STRENGTH)
        for feature, number in counts.features.items():
            strength[feature] = max(number / (number + STRENGTH_HALF * counts.rows), strength.get(feature, 0.0))
        core = frozenset(
            feature
            for feature, number in counts.features.items()
            if number >= CORE_SHARE * counts.rows and feature not in slot
        )
        return Candidate(
            id=id_,
            group=Group.TOLD if entry else Group.UNTOLD if unstated else Group.SMALLTALK,
            strength=strength,
            odds={
                feature: math.log((number / self._everywhere[feature] + PRIOR) / (counts.rows + PRIOR))
                for feature, number in counts.features.items()
            },
            absent=math.log(PRIOR / (counts.rows + PRIOR)),
            core=core,
            core_names=frozenset(feature for feature in core if feature.startswith("e:")),
        )


def phrasings(base: Base, understander: Understander) -> Iterator[Phrasing]:
    """Yield every phrasing of the base, understood; a `{who}` in it stands as the first of those who may fill it."""
    for entry in base.entries.values():
        for text in (entry.label, *entry.phrasings):
            yield Phrasing(entry.id, understander.phrasing(text), ())
    for unstated in base.unstated.values():
        name = base.entities[unstated.who[0]].name if unstated.who else ""
        for text in unstated.phrasings:
            yield Phrasing(unstated.id, understander.phrasing(text.replace("{who}", name)), unstated.who)
    for block in base.smalltalk.values():
        for text in block.phrasings:
            yield Phrasing(block.id, understander.phrasing(text), ())


def count(read: Iterable[Phrasing], base: Base, understander: Understander) -> dict[str, Counts]:
    """Return the counts of every candidate."""
    features: dict[str, Counter[str]] = {}
    rows: Counter[str] = Counter()
    for phrasing in read:
        found = {feature for unit in phrasing.understanding.composed for feature in unit.features}
        if phrasing.who and f"e:{phrasing.who[0]}" in found:
            found.update(f"e:{each}" for each in phrasing.who)
        features.setdefault(phrasing.candidate, Counter()).update(found)
        rows[phrasing.candidate] += 1
    told: dict[str, frozenset[str]] = {}
    for entry in base.entries.values():
        own = understander.phrasing(" ".join((entry.answer, *(each.quote for each in entry.evidence))))
        told[entry.id] = frozenset(
            feature for unit in own.units for feature in unit.features if not feature.startswith("e:")
        )
    return {id_: Counts(rows[id_], dict(each), told.get(id_, frozenset())) for id_, each in features.items()}
