"""Decide what a question deserves: an answer, a question back, or an honest no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from bot.base.model import Base
from bot.dialogue.model import Answer, Chat, Clarify, Decision, Fact, NotInArticle, OffTopic
from bot.dialogue.opening import opening
from bot.language.model import Understanding
from bot.matching.score import Match, Score

CHAT = 0.5
"""The chance from which a message counts as smalltalk."""

EASED = 0.6
"""The share of the usual chance that is enough beside an answered question: mostly both are told."""

_YOU = frozenset("you your yours yourself bot".split())


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chances, 0.0–1.0, at which things are decided; fitted, see calibration.yaml."""

    answer: float
    pair: float
    clarify: float

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what the thresholds are called in calibration.yaml."""
        return tuple(field.name for field in fields(cls))

    @property
    def eased(self) -> Thresholds:
        """Return the thresholds for a question asked together with one that is answered."""
        return Thresholds(self.answer * EASED, self.pair * EASED, self.clarify)

    @classmethod
    def of(cls, calibration: Mapping[str, float]) -> Thresholds:
        """Take the thresholds from the calibration."""
        return cls(*(calibration[name] for name in cls.names()))


def decide(understanding: Understanding, match: Match, base: Base, thresholds: Thresholds) -> tuple[Decision, str]:
    """Return the decision on one question, and why, in a few words."""
    if is_chat(understanding, match):
        return Chat(match.chat[0].id), "it is said to the bot, not asked about the article"
    stated = match.stated
    if stated:
        best = stated[0]
        group = [each for each in stated if _share_a_line(best, each, base)]
        chance = sum(each.chance for each in group)
        if chance >= thresholds.answer:
            return Answer((_fact(best, chance, understanding, base),)), f"the chance of {best.id} is {chance:.2f}"
        second = next((each for each in stated if each not in group), None)
        if second and _related(best, second, base) and chance + second.chance >= thresholds.pair:
            facts = (_fact(best, chance, understanding, base), _fact(second, second.chance, understanding, base))
            return Answer(facts), f"one of {best.id} and {second.id} is meant, and they belong together"
        told = sum(each.chance for each in stated)
        if told >= thresholds.clarify and len(stated) > 1:
            return Clarify(
                tuple(each.id for each in stated[:3])
            ), f"something told is meant ({told:.2f}), but not which"
    return _refuse(understanding, match, base)


def is_chat(understanding: Understanding, match: Match, *, to_the_bot: bool = False) -> bool:
    """Tell whether a message is smalltalk rather than asked about the article.

    A question with something in it that smalltalk does not explain is not, unless it speaks of "you". With `to_the_bot`
    only a message that does so, or asks nothing, counts: "who else then?" may follow up on what was said.
    """
    if sum(each.chance for each in match.chat) < CHAT:
        return False
    if not understanding.asks or any(word.text in _YOU for word in understanding.words):
        return True
    return not to_the_bot and not match.chat[0].unexplained


def _refuse(understanding: Understanding, match: Match, base: Base) -> tuple[Decision, str]:
    known = any(feature[0] in "ec" for unit in understanding.composed for feature in unit.features)
    nearest = tuple(each.id for each in match.stated[:2])
    unstated = match.unstated[:1]
    if unstated and unstated[0].chance > match.nothing:
        thing = base.unstated[unstated[0].id]
        who = next((each for each in understanding.entities if each in thing.who), "")
        if who or not thing.who:
            return NotInArticle(thing.id, who, thing.nearest), f"asks for {thing.id}, which the article does not tell"
    if not known or match.unknown > 0.5:
        return OffTopic(), "nothing in it, or too little, is of the article's world"
    gaps = ", ".join(match.scores[0].unexplained) if match.scores else ""
    return NotInArticle("", "", nearest), f"no entry explains it well enough; unexplained: {gaps or 'nothing'}"


def _fact(score: Score, chance: float, understanding: Understanding, base: Base) -> Fact:
    return Fact(score.id, chance, opening(understanding, base.entries[score.id], base))


def _share_a_line(first: Score, second: Score, base: Base) -> bool:
    """Tell whether two entries quote the same line, so that either's quote answers what the other is asked."""
    lines = {evidence.line for evidence in base.entries[first.id].evidence}
    return bool(lines & {evidence.line for evidence in base.entries[second.id].evidence})


def _related(first: Score, second: Score, base: Base) -> bool:
    return second.id in base.entries[first.id].follow_ups or first.id in base.entries[second.id].follow_ups
