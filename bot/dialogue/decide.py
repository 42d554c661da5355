"""Decide what a question deserves: an answer, a question back, or an honest no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from bot.base.model import Base
from bot.dialogue.model import Answer, Chat, Clarify, Decision, Fact, NotInArticle, OffTopic
from bot.dialogue.opening import opening
from bot.language.clauses import QUESTION_WORDS
from bot.language.model import Understanding
from bot.matching.score import Match

CHAT = 0.5
"""The chance of all smalltalk from which a message counts as such."""

CHAT_ALONE = 0.3
"""The chance its best block must have where that leaves something unexplained: many a little make no smalltalk."""

EASED = 0.6
"""The share of the usual chance that is enough beside an answered question: mostly both are told."""

_COURTESIES = frozenset("would could can will".split())
_YOU = frozenset("you your yours yourself bot".split())


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The chance at which things are answered, and the shares of it, all 0.0–1.0; fitted, see calibration.yaml."""

    answer: float
    alone: float
    pair: float
    least: float

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return what the thresholds are called in calibration.yaml."""
        return tuple(field.name for field in fields(cls))

    @property
    def eased(self) -> Thresholds:
        """Return the thresholds for a question asked together with one that is answered."""
        return replace(self, answer=self.answer * EASED)

    @classmethod
    def of(cls, calibration: Mapping[str, float]) -> Thresholds:
        """Take the thresholds from the calibration."""
        return cls(*(calibration[name] for name in cls.names()))


def decide(understanding: Understanding, match: Match, base: Base, thresholds: Thresholds) -> tuple[Decision, str]:
    """Return the decision on one question, and why, in a few words."""
    if is_chat(understanding, match):
        return Chat(match.chat[0].id), "it is said to the bot, not asked about the article"
    told = sum(each.chance for each in match.stated)
    if match.stated and told >= thresholds.answer:
        return _state(understanding, match, told, base, thresholds)
    return _refuse(understanding, match, base)


def _state(
    understanding: Understanding, match: Match, told: float, base: Base, thresholds: Thresholds
) -> tuple[Decision, str]:
    """Return what is told: the best entry, with the second where either may be meant, or a question back.

    `told` is the chance that anything told is meant, of which the best entry must have its share.
    """
    best = match.stated[0]
    group = [each for each in match.stated if share_a_line(best.id, each.id, base)]
    chance = sum(each.chance for each in group)
    if best.chance < thresholds.least * told:
        return Clarify(tuple(each.id for each in match.stated[:3])), "many things told are likely, none by much"
    first = Fact(best.id, chance, opening(understanding, base.entries[best.id], base))
    second = next((each for each in match.stated if each not in group), None)
    if second is None or chance >= thresholds.alone * told:
        return Answer((first,)), f"the chance of {best.id} is {chance:.2f}"
    if chance + second.chance >= thresholds.pair * told:
        return Answer((first, Fact(second.id, second.chance))), f"one of {best.id} and {second.id} is meant"
    return Clarify(tuple(each.id for each in match.stated[:3])), "something told is meant, but not which"


def is_chat(understanding: Understanding, match: Match, *, to_the_bot: bool = False) -> bool:
    """Tell whether a message is smalltalk rather than asked about the article.

    A question with something in it that smalltalk does not explain is not, unless it speaks of "you". With `to_the_bot`
    only a message that does so, or asks nothing, counts: "who else then?" may follow up on what was said.
    """
    if sum(each.chance for each in match.chat) < CHAT:
        return False
    if match.chat[0].chance < CHAT_ALONE and match.chat[0].unexplained:
        return False
    if not understanding.asks or _asks_the_bot(understanding):
        return True
    return not to_the_bot and not match.chat[0].unexplained


def _asks_the_bot(understanding: Understanding) -> bool:
    """Tell whether the question is for "you"; in "could you tell me who won" only the courtesy is."""
    texts = [word.text for word in understanding.words]
    if texts[:1] and texts[0] in _COURTESIES and texts[1:2] == ["you"]:
        asked = max((place for place, text in enumerate(texts) if text in QUESTION_WORDS), default=0)
        texts = texts[asked:]
    return not _YOU.isdisjoint(texts)


def _refuse(understanding: Understanding, match: Match, base: Base) -> tuple[Decision, str]:
    known = any(feature[0] in "ec" for unit in understanding.composed for feature in unit.features)
    nearest = tuple(each.id for each in match.stated[:2])
    unstated = match.unstated[:1]
    if unstated and unstated[0].chance > match.nothing:
        thing = base.unstated[unstated[0].id]
        who = next((each for each in understanding.entities if each in thing.who), "")
        if not thing.nearest:
            return OffTopic(thing.id), f"asks for {thing.id}, which is no question about the article"
        if who or not thing.who:
            return NotInArticle(thing.id, who, thing.nearest), f"asks for {thing.id}, which the article does not tell"
    if not known or match.unknown > 0.5:
        return OffTopic(), "nothing in it, or too little, is of the article's world"
    gaps = ", ".join(match.scores[0].unexplained) if match.scores else ""
    return NotInArticle("", "", nearest), f"no entry explains it well enough; unexplained: {gaps or 'nothing'}"


def share_a_line(first: str, second: str, base: Base) -> bool:
    """Tell whether two entries quote the same line, so that either's quote answers what the other is asked."""
    lines = {evidence.line for evidence in base.entries[first].evidence}
    return any(evidence.line in lines for evidence in base.entries[second].evidence)
