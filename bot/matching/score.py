"""Score candidates: how much of the message each explains, and what it leaves unexplained."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.language.model import Role, Understanding, Unit
from bot.language.understand import Understander
from bot.matching.index import Candidate, Index

SHORTLIST = 14
"""Candidates that are looked at closely; the right one is nearly always among the first five."""

EXPLAINED = 0.3
"""A unit counts as explained by a candidate to which its best feature belongs at least this far."""

NOTHING = ""
"""The id under which a match holds the chance that no candidate is what was asked for."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a candidate fits a message.

    `total` is the weighted sum of the `parts`, which calibration.yaml explains; `chance` what it comes to among all
    candidates, 0.0–1.0. `unexplained` are the pieces of the message it does not account for, `phrasing` is its nearest.
    """

    id: str
    stated: bool
    total: float
    chance: float
    parts: Mapping[str, float]
    unexplained: tuple[str, ...]
    phrasing: str


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates for a message, best first, and the chance that none of them is meant."""

    scores: tuple[Score, ...]
    nothing: float
    unknown: float

    @property
    def stated(self) -> tuple[Score, ...]:
        """Return the candidates that the article tells of."""
        return tuple(score for score in self.scores if score.stated)

    @property
    def unstated(self) -> tuple[Score, ...]:
        """Return the candidates that the article does not tell of."""
        return tuple(score for score in self.scores if not score.stated)


@dataclass(frozen=True, slots=True)
class _Weighed:
    unit: Unit
    weight: float
    known: bool


class Matcher:
    """Holds a message against every candidate."""

    def __init__(self, index: Index, understander: Understander, weights: Mapping[str, float]) -> None:
        """Take the index, and the fitted `weights` of the parts of a score."""
        self._index = index
        self._english = understander.english
        self._weights = weights

    def match(self, understanding: Understanding, linked: Mapping[str, float] | None = None) -> Match:
        """Return the candidates for a message; `linked` tells which ones the conversation makes likely, 0.0–1.0."""
        best: dict[str, Score] = {}
        unknown = 0.0
        for units in dict.fromkeys((understanding.composed, understanding.units)):
            weighed = [self._weigh(unit) for unit in units]
            whole = sum(each.weight for each in weighed)
            if not whole:
                continue
            unknown = sum(each.weight for each in weighed if not each.known) / whole
            for score in self._score_all(weighed, whole, understanding, linked or {}):
                if score.id not in best or best[score.id].total < score.total:
                    best[score.id] = score
        nothing = self._weights.get("nothing", 0.0) + self._weights.get("nothing_unknown", 0.0) * unknown
        peak = max((score.total for score in best.values()), default=nothing)
        sums = {id_: math.exp(score.total - peak) for id_, score in best.items()}
        rest = math.exp(nothing - peak)
        whole = sum(sums.values()) + rest
        scores = [
            Score(s.id, s.stated, s.total, sums[s.id] / whole, s.parts, s.unexplained, s.phrasing) for s in best.values()
        ]
        return Match(tuple(sorted(scores, key=lambda score: (-score.total, score.id))), rest / whole, unknown)

    def _score_all(
        self, weighed: Sequence[_Weighed], whole: float, understanding: Understanding, linked: Mapping[str, float]
    ) -> list[Score]:
        cover: dict[str, float] = {}
        for each in weighed:
            strongest: dict[str, float] = {}
            for feature in each.unit.features:
                for id_, strength in self._index.by_feature.get(feature, ()):
                    if strength > strongest.get(id_, 0.0):
                        strongest[id_] = strength
            for id_, strength in strongest.items():
                cover[id_] = cover.get(id_, 0.0) + strength * each.weight
        for id_ in linked:
            cover[id_] = cover.get(id_, 0.0) + 0.2 * whole
        shortlist = sorted(cover, key=lambda id_: -cover[id_])[:SHORTLIST]
        return [
            self._score(self._index.candidates[id_], weighed, whole, understanding, linked.get(id_, 0.0))
            for id_ in shortlist
        ]

    def _weigh(self, unit: Unit) -> _Weighed:
        weight = self._index.weight(unit.features)
        if weight is not None:
            return _Weighed(unit, weight * unit.share, known=True)
        # A word the base never heard of. The rarer it is in English, the likelier it is what the message is about.
        rank = self._english.get(unit.text, 30_000)
        share = 0.35 if rank < 400 else 0.7 if rank < 2_000 else 1.0
        return _Weighed(unit, self._index.heaviest * share * unit.share, known=False)

    def _score(
        self,
        candidate: Candidate,
        weighed: Sequence[_Weighed],
        whole: float,
        understanding: Understanding,
        linked: float,
    ) -> Score:
        strengths: list[float] = []
        shared = [0.0] * len(candidate.rows)
        slot_taken = False
        for each in weighed:
            features = each.unit.features
            if candidate.slot and not candidate.slot.isdisjoint(features):
                if slot_taken:
                    features = tuple(feature for feature in features if feature not in candidate.slot)
                slot_taken = True
            found = [feature for feature in features if feature in candidate.strength]
            strengths.append(max((candidate.strength[feature] for feature in found), default=0.0))
            for row in {row for feature in found for row in candidate.rows_of.get(feature, ())}:
                shared[row] += each.weight
        near, nearest = 0.0, 0
        for row, weight in enumerate(shared):
            if weight:
                similarity = 2 * weight / (whole + max(candidate.row_weights[row], weight))
                if similarity > near:
                    near, nearest = similarity, row
        gaps = [each for each, strength in zip(weighed, strengths, strict=True) if strength < EXPLAINED]
        said = {feature for each in weighed for feature in each.unit.features}
        core = sum(candidate.core.values())
        asked = [f"k:{kind.value}" for kind in understanding.kinds]
        answers = {f"k:{kind.value}" for kind in candidate.kinds}
        parts = {
            "cover": sum(each.weight * strength for each, strength in zip(weighed, strengths, strict=True)) / whole,
            "near": near,
            "near_squared": near * near,
            "core": sum(weight for feature, weight in candidate.core.items() if feature in said) / core if core else 0.0,
            "entity_gap": sum(each.unit.share for each in gaps if each.unit.entities),
            "concept_gap": sum(each.weight for each in gaps if each.known and not each.unit.entities) / whole,
            "word_gap": sum(each.weight for each in gaps if not each.known) / whole,
            "heaviest_gap": max((each.weight for each in gaps), default=0.0) / self._index.heaviest,
            "kind_gap": float(
                any(kind not in answers and candidate.strength.get(kind, 0.0) < 2 * EXPLAINED for kind in asked)
            ),
            "kind_fit": float(any(kind in answers or candidate.strength.get(kind, 0.0) > 0.8 for kind in asked)),
            "role_clash": _role_clash(candidate, [each.unit for each in weighed]),
            "linked": linked,
            "unstated": float(not candidate.stated),
        }
        total = sum(self._weights.get(name, 0.0) * value for name, value in parts.items())
        return Score(
            id=candidate.id,
            stated=candidate.stated,
            total=total,
            chance=0.0,
            parts=parts,
            unexplained=tuple(each.unit.text for each in gaps),
            phrasing=candidate.rows[nearest] if near else "",
        )


def _role_clash(candidate: Candidate, units: Sequence[Unit]) -> float:
    """Return how plainly the message turns the candidate's deed round, 0.0–1.0."""
    clash = 0.0
    for unit in units:
        if unit.role is Role.NONE or len(unit.entities) != 1:
            continue
        usual = candidate.roles.get(unit.entities[0], 0.0)
        sign = 1 if unit.role is Role.AGENT else -1
        clash = max(clash, -usual * sign)
    return clash
