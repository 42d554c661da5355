"""Score candidates: what speaks for each, and what of the message it leaves unexplained."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from bot.language.model import Understanding, Unit
from bot.matching.features import features
from bot.matching.index import Candidate, Group, Index
from bot.matching.learned import WordWeights

SHORTLIST = 12
"""Candidates that are looked at closely; the right one is nearly always among the first five."""

EXPLAINED = 0.3
"""A unit counts as explained by a candidate to which its best feature belongs at least this far."""

UNHEARD_OF = 30_000
"""The rank, among English words, given to a word that is not even among the frequent ones."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a candidate fits a message.

    `total` is the weighted sum of the `parts`, which calibration.yaml explains; `chance` what it comes to among all
    candidates, 0.0–1.0. `unexplained` are the pieces of the message it does not account for.
    """

    id: str
    group: Group
    total: float
    chance: float
    parts: Mapping[str, float]
    unexplained: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates for a message, best first.

    `nothing` is the chance that none of them is meant, `unknown` the share of unknown words, 0.0–1.0 both; `following`
    tells that the message was read as a follow-up.
    """

    scores: tuple[Score, ...]
    nothing: float
    unknown: float
    following: bool

    @property
    def stated(self) -> tuple[Score, ...]:
        """Return the candidates that the article tells of."""
        return tuple(score for score in self.scores if score.group is Group.TOLD)

    @property
    def unstated(self) -> tuple[Score, ...]:
        """Return the candidates that the article does not tell of."""
        return tuple(score for score in self.scores if score.group is Group.UNTOLD)

    @property
    def chat(self) -> tuple[Score, ...]:
        """Return the blocks of smalltalk."""
        return tuple(score for score in self.scores if score.group is Group.SMALLTALK)


@dataclass(frozen=True, slots=True)
class _Weighed:
    unit: Unit
    weight: float
    known: bool


class Matcher:
    """Holds a message against every candidate."""

    def __init__(
        self, index: Index, words: WordWeights, english: Mapping[str, int], weights: Mapping[str, float]
    ) -> None:
        """Take the index, the learned `words`, the ranks of English words and the fitted `weights` of the parts."""
        self._index = index
        self._words = words
        self._english = english
        self._weights = weights

    def match(
        self, understanding: Understanding, linked: Mapping[str, float] | None = None, last: Sequence[str] = ()
    ) -> Match:
        """Return the candidates for a message.

        `linked` tells which ones the conversation makes likely, 0.0–1.0; `last` are those it stated last, when the
        message follows up on them.
        """
        best: dict[str, Score] = {}
        unknown = 0.0
        for units in dict.fromkeys((understanding.composed, understanding.units)):
            weighed = [self._weigh(unit) for unit in units]
            whole = sum(each.weight for each in weighed) or 1.0
            unknown = sum(each.weight for each in weighed if not each.known) / whole
            chances = self._words.log_chances(features(units, understanding.words))
            shortlist = sorted(chances, key=lambda id_: -chances[id_])[:SHORTLIST]
            shortlist += [id_ for id_, link in (linked or {}).items() if link > 0.5 and id_ not in shortlist]
            for id_ in shortlist:
                candidate = self._index.candidates.get(id_)
                if candidate is None or (linked is not None and candidate.group is Group.SMALLTALK):
                    continue
                score = self._score(candidate, chances[id_], weighed, whole, understanding, linked, id_ in last)
                if id_ not in best or best[id_].total < score.total:
                    best[id_] = score
        return self._with_chances(best, unknown, linked is not None)

    def core(self, ids: Sequence[str]) -> frozenset[str]:
        """Return the meanings that most phrasings of these candidates share."""
        return frozenset(feature for id_ in ids for feature in self._index.candidates[id_].core)

    def _with_chances(self, best: Mapping[str, Score], unknown: float, following: bool) -> Match:
        """Return the match in which the scores and "nothing" share out a chance of 1.0."""
        nothing = (
            self._weights["nothing"]
            + self._weights["nothing_next"] * following
            + self._weights["nothing_unknown"] * unknown
            + self._weights["nothing_strange"] * unknown * unknown
        )
        peak = max((nothing, *(score.total for score in best.values())))
        whole = math.exp(nothing - peak) + sum(math.exp(score.total - peak) for score in best.values())
        scores = [
            Score(each.id, each.group, each.total, math.exp(each.total - peak) / whole, each.parts, each.unexplained)
            for each in best.values()
        ]
        ranked = tuple(sorted(scores, key=lambda score: (-score.total, score.id)))
        return Match(ranked, math.exp(nothing - peak) / whole, unknown, following)

    def _weigh(self, unit: Unit) -> _Weighed:
        weight = self._index.weight(unit.features)
        if weight is not None:
            return _Weighed(unit, weight * unit.share, known=True)
        # A word the base never heard of. The rarer it is in English, the likelier it is what the message is about.
        rank = self._english.get(unit.text, UNHEARD_OF)
        share = 0.35 if rank < 400 else 0.7 if rank < 2_000 else 1.0
        return _Weighed(unit, self._index.heaviest * share * unit.share, known=False)

    def _score(
        self,
        candidate: Candidate,
        log_chance: float,
        weighed: Sequence[_Weighed],
        whole: float,
        understanding: Understanding,
        linked: Mapping[str, float] | None,
        repeated: bool,
    ) -> Score:
        strengths = [
            max([candidate.strength.get(feature, 0.0) for feature in each.unit.features], default=0.0)
            for each in weighed
        ]
        odds = [
            max([self._index.odds(candidate, feature) for feature in each.unit.features]) * each.unit.share
            for each in weighed
        ]
        pairs = list(zip(weighed, strengths, strict=True))
        gaps = [each for each, strength in pairs if strength < EXPLAINED]
        said = {feature for each in weighed for feature in each.unit.features}
        core = sum(candidate.core.values())
        asked = [kind for kind in understanding.kinds if kind not in candidate.kinds]
        parts = {
            "words": max(log_chance, -9.0),
            "sure": math.exp(log_chance),
            "odds": sum(odds) / len(odds) if odds else 0.0,
            "odds_sum": sum(odds),
            "core": sum(weight for feature, weight in candidate.core.items() if feature in said) / core if core else 0.0,
            "entity_gap": sum(each.unit.share * (1.0 - strength) for each, strength in pairs if each.unit.entities),
            "word_gap": sum(each.weight for each in gaps if not each.known) / whole,
            "gap": sum(each.weight for each in gaps if each.known and not each.unit.entities) / whole,
            "heaviest_gap": max((each.weight for each in gaps), default=0.0) / self._index.heaviest,
            "kind_gap": float(candidate.group is Group.TOLD and bool(asked)),
            "swap": _swap(candidate, said),
            "linked": (linked or {}).get(candidate.id, 0.0),
            "repeated": float(repeated),
            "untold": float(candidate.group is Group.UNTOLD),
            "untold_bare": float(candidate.group is Group.UNTOLD and not understanding.asks),
            "untold_next": float(candidate.group is Group.UNTOLD and linked is not None),
            "smalltalk": float(candidate.group is Group.SMALLTALK),
        }
        return Score(
            id=candidate.id,
            group=candidate.group,
            total=sum(self._weights[name] * value for name, value in parts.items()),
            chance=0.0,
            parts=parts,
            unexplained=tuple(each.unit.text for each in gaps),
        )


def _swap(candidate: Candidate, said: Set[str]) -> float:
    """Return 1.0 where the message names somebody in place of the one the candidate is about, else 0.0.

    "Did Altman donate?" asks nothing about Musk, however much it sounds like "did Musk donate?".
    """
    missing = any(feature.startswith("e:") and feature not in said for feature in candidate.core)
    strange = any(feature.startswith("e:") and feature not in candidate.core for feature in said)
    return float(missing and strange)
