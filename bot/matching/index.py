"""The index: what each entry's phrasings are made of, ready to be held against a message."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.base.model import Base, Kind
from bot.language.model import Role, Understanding
from bot.language.understand import Understander

STRENGTH_HALF = 1.2
"""A feature that stands in this many phrasings of an entry belongs to it half; in thirty, nearly wholly."""

EVIDENCE_STRENGTH = 0.35
"""How far a word that only the entry's own answer and quotes use belongs to it."""

CORE_SHARE = 0.5
"""A meaning that stands in this share of an entry's phrasings is at its core."""

Features = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry, or an unstated thing, as the matcher sees it.

    `rows` are its phrasings, `row_weights` what all of each weighs, `rows_of` the phrasings that hold a feature.
    `strength` tells for each feature how far it belongs here, 0.0–1.0; `core` the weights of the meanings most
    phrasings share; `roles` how often an entity is agent less how often patient, -1.0–1.0, where phrasings say.
    Only one of the entities in `slot` can be what an unstated thing is about.
    """

    id: str
    stated: bool
    rows: tuple[str, ...]
    row_weights: tuple[float, ...]
    rows_of: Mapping[str, tuple[int, ...]]
    strength: Mapping[str, float]
    core: Mapping[str, float]
    roles: Mapping[str, float]
    kinds: frozenset[Kind]
    slot: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The phrasings of a candidate, understood."""

    texts: tuple[str, ...]
    understandings: tuple[Understanding, ...]
    slot: Features
    units: tuple[tuple[Features, ...], ...]


class Index:
    """All candidates, and the weight of every feature."""

    def __init__(self, base: Base, understander: Understander) -> None:
        readings = {entry.id: _read((entry.label, *entry.phrasings), (), "", understander) for entry in base.entries.values()}
        for unstated in base.unstated.values():
            name = base.entities[unstated.who[0]].name if unstated.who else ""
            readings[unstated.id] = _read(unstated.phrasings, unstated.who, name, understander)
        frequency = Counter(feature for reading in readings.values() for feature in _all(reading.units))
        total = len(readings)
        self.weights = {
            feature: math.log(1 + (total - count + 0.5) / (count + 0.5)) for feature, count in frequency.items()
        }
        self.heaviest = math.log(1 + (total + 0.5) / 0.5)
        self.candidates = {id_: self._candidate(id_, reading, base, understander) for id_, reading in readings.items()}
        self.by_feature: dict[str, list[tuple[str, float]]] = {}
        for candidate in self.candidates.values():
            for feature, strength in candidate.strength.items():
                self.by_feature.setdefault(feature, []).append((candidate.id, strength))

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

    def _candidate(self, id_: str, reading: _Reading, base: Base, understander: Understander) -> Candidate:
        entry = base.entries.get(id_)
        counts = Counter(feature for row in reading.units for feature in {each for unit in row for each in unit})
        strength = {feature: count / (count + STRENGTH_HALF) for feature, count in counts.items()}
        if entry is not None:
            own = understander.phrasing(" ".join((entry.answer, *(each.quote for each in entry.evidence))))
            for unit in own.units:
                for feature in unit.features:
                    strength[feature] = max(strength.get(feature, 0.0), EVIDENCE_STRENGTH)
        rows_of: dict[str, list[int]] = {}
        for number, row in enumerate(reading.units):
            for feature in {each for unit in row for each in unit}:
                rows_of.setdefault(feature, []).append(number)
        return Candidate(
            id=id_,
            stated=entry is not None,
            rows=reading.texts,
            row_weights=tuple(sum(self.weight(unit) or 0.0 for unit in row) for row in reading.units),
            rows_of={feature: tuple(rows) for feature, rows in rows_of.items()},
            strength=strength,
            core={
                feature: self.weights[feature]
                for feature, count in counts.items()
                if count >= CORE_SHARE * len(reading.texts) and feature not in reading.slot
            },
            roles=_roles(reading.understandings),
            kinds=entry.kinds if entry else frozenset(),
            slot=frozenset(reading.slot),
        )


def _read(phrasings: Sequence[str], who: Sequence[str], name: str, understander: Understander) -> _Reading:
    """Understand phrasings; where they hold a `{who}`, any of those entities fills it."""
    slot = tuple(f"e:{each}" for each in who)
    understandings = tuple(understander.phrasing(phrasing.replace("{who}", name)) for phrasing in phrasings)
    units = tuple(
        tuple(
            slot if slot and slot[0] in unit.features else unit.features for unit in understanding.composed
        )
        for understanding in understandings
    )
    return _Reading(tuple(phrasings), understandings, slot, units)


def _all(rows: Iterable[Iterable[Features]]) -> set[str]:
    return {feature for row in rows for unit in row for feature in unit}


def _roles(understandings: Iterable[Understanding]) -> dict[str, float]:
    signs: dict[str, list[int]] = {}
    for understanding in understandings:
        for unit in understanding.composed:
            if unit.role is not Role.NONE and len(unit.entities) == 1:
                signs.setdefault(unit.entities[0], []).append(1 if unit.role is Role.AGENT else -1)
    return {entity: sum(each) / len(each) for entity, each in signs.items() if len(each) >= 3}
