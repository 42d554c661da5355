"""Score candidates: what speaks for each, and what of the message it leaves unexplained."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.language.model import Understanding
from bot.matching.features import features
from bot.matching.index import Candidate, Group, Index
from bot.matching.weigh import Reading, Scales, Weighed
from bot.matching.words import Array, WordWeights

SHORTLIST = 10
"""Candidates that are looked at closely; the right one is nearly always among the first five."""

PARTS = tuple(
    "words sure odds word_gap heaviest_gap said_gap swap linked repeated told_bare untold untold_next untold_bare "
    "smalltalk".split()
)
"""What a score is made of; calibration.yaml has a weight for each."""

NOTHING = ("nothing", "nothing_next", "nothing_unknown", "nothing_strange")
"""What the chance that nothing is meant is made of; likewise."""

EXPLAINED = 0.3
"""A unit counts as explained by a candidate to which its best feature belongs at least this far."""


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
class Thread:
    """What a message follows up on: how near candidates are to what was stated last, 0.0–1.0, and what that was."""

    linked: Mapping[str, float]
    last: tuple[str, ...]


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


class Matcher:
    """Holds a message against every candidate."""

    def __init__(
        self, index: Index, words: WordWeights, english: Mapping[str, int], weights: Mapping[str, float]
    ) -> None:
        """Take the index, the learned `words`, the ranks of English words and the fitted `weights` of the parts."""
        self._index = index
        self._words = words
        self._scales = Scales(index, english)
        self._weights = weights
        # A candidate that was learned may have left the base since.
        self._place = {id_: place for place, id_ in enumerate(words.candidates) if id_ in index}
        self._known = np.array(list(self._place.values()), np.intp)
        self._listed = min(SHORTLIST, len(self._known))

    def match(self, understanding: Understanding, thread: Thread | None = None) -> Match:
        """Return the candidates for a message; `thread` is what it follows up on, if it leans on what was said."""
        best: dict[str, Score] = {}
        unknown = 1.0
        for units in dict.fromkeys((understanding.composed, understanding.units)):
            reading = self._scales.read(units, asks=understanding.asks)
            # What a description says is known, though its plain words may not be.
            unknown = min(unknown, reading.unknown)
            chances = self._words.log_chances(features(units, understanding.words))
            for id_, log_chance in self._shortlist(chances, thread):
                score = self._score(self._index[id_], log_chance, reading, thread)
                if id_ not in best or best[id_].total < score.total:
                    best[id_] = score
        return self._with_chances(best, unknown, following=thread is not None)

    def _shortlist(self, chances: Array, thread: Thread | None) -> list[tuple[str, float]]:
        """Return the candidates worth a closer look, the likeliest by their words and those that follow up."""
        places = self._known[chances[self._known].argpartition(-self._listed)[-self._listed :]].tolist()
        if thread is not None:
            places += [self._place[id_] for id_, link in thread.linked.items() if link > 0.5 and id_ in self._place]
        shortlist = [(self._words.candidates[place], float(chances[place])) for place in dict.fromkeys(places)]
        if thread is None:
            return shortlist
        return [each for each in shortlist if self._index[each[0]].group is not Group.SMALLTALK]

    def core(self, ids: Sequence[str]) -> frozenset[str]:
        """Return the meanings that most phrasings of these candidates share."""
        return frozenset(feature for id_ in ids for feature in self._index[id_].core)

    def _with_chances(self, best: Mapping[str, Score], unknown: float, *, following: bool) -> Match:
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

    def _score(
        self,
        candidate: Candidate,
        log_chance: float,
        reading: Reading,
        thread: Thread | None,
    ) -> Score:
        odds_sum = 0.0
        gaps: list[Weighed] = []
        for each in reading.units:
            strength, odds = 0.0, candidate.absent if each.features else 0.0
            for feature in each.features:
                # Comparing beats max() here: this is the innermost loop of a reply.
                here, likelier = candidate.strength.get(feature), candidate.odds.get(feature)
                if here is not None and here > strength:
                    strength = here
                if likelier is not None and likelier > odds:
                    odds = likelier
            odds_sum += odds * each.unit.share
            if strength < EXPLAINED:
                gaps.append(each)
        untold = candidate.group is Group.UNTOLD
        parts = {
            "words": max(log_chance, -9.0),
            "sure": math.exp(log_chance),
            "odds": odds_sum / len(reading.units) if reading.units else 0.0,
            "word_gap": sum([each.weight for each in gaps if not each.known]) / reading.whole,
            "heaviest_gap": max([each.weight for each in gaps], default=0.0) / self._index.heaviest,
            "said_gap": sum([each.weight for each in gaps if not each.named]) / reading.besides_names
            if untold
            else 0.0,
            "swap": float(_swapped(candidate.core_names, reading.names)),
            "linked": thread.linked.get(candidate.id, 0.0) if thread else 0.0,
            "repeated": float(thread is not None and candidate.id in thread.last),
            "told_bare": float(candidate.group is Group.TOLD and not reading.asks and not gaps),
            "untold": float(untold),
            "untold_bare": float(untold and not reading.asks),
            "untold_next": float(untold and thread is not None),
            "smalltalk": float(candidate.group is Group.SMALLTALK),
        }
        return Score(
            id=candidate.id,
            group=candidate.group,
            total=sum([self._weights[name] * value for name, value in parts.items()]),
            chance=0.0,
            parts=parts,
            unexplained=tuple(each.unit.text for each in gaps),
        )


def _swapped(core: frozenset[str], named: frozenset[str]) -> bool:
    """Tell whether a message names somebody in place of the one a candidate is about.

    "Did Altman donate?" asks nothing about Musk, however much it sounds like "did Musk donate?".
    """
    return not core <= named and not named <= core
