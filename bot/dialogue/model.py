"""The values of a dialogue: what was decided, what is said, and what is remembered."""

from __future__ import annotations

from dataclasses import dataclass

from bot.base.model import Evidence
from bot.language.model import Understanding, Unit
from bot.matching.score import Match


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry that a reply states; `confidence` is the chance that it is what was asked, 0.0–1.0."""

    entry: str
    confidence: float
    opening: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The article tells: one fact for each question asked; `untold` names the unstated things asked beside them."""

    facts: tuple[Fact, ...]
    untold: tuple[NotInArticle, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarify:
    """It could be any of these entries."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotInArticle:
    """Near the article, but not told in it; `unstated` is the thing asked for if it is a known one, `who` of whom."""

    unstated: str
    who: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OffTopic:
    """Nothing to do with the article; `unstated` is the thing asked for if it is a known one, such as a chore."""

    unstated: str = ""


@dataclass(frozen=True, slots=True)
class Chat:
    """Smalltalk, by the id of its block."""

    smalltalk: str


@dataclass(frozen=True, slots=True)
class Declined:
    """None of what was offered is meant."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """More than can be read, with no question in it."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """In a language that the bot cannot read, by its code; `nearest` are entries about whom it names."""

    code: str
    nearest: tuple[str, ...] = ()


Decision = Answer | Clarify | NotInArticle | OffTopic | Chat | Foreign | Declined | TooLong


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation is about.

    The entries last stated, the last question, the entities in focus, the meanings at the core of what was stated, and
    the entries last offered to choose from; `unsure` tells that one of them may be what was meant.
    """

    entries: tuple[str, ...] = ()
    units: tuple[Unit, ...] = ()
    entities: tuple[str, ...] = ()
    topic: frozenset[str] = frozenset()
    offered: tuple[str, ...] = ()
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Considered:
    """One question of a message, and all that went into deciding it."""

    understanding: Understanding
    match: Match
    decision: Decision
    why: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose by button or number: an entry and the label to show."""

    entry: str
    label: str


@dataclass(frozen=True, slots=True)
class Stated:
    """An answer as it is shown: the sentence, its evidence and the curator's notes on it."""

    entry: str
    confidence: float
    text: str
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says.

    `kind` is answer, clarify, not_in_article, off_topic, smalltalk, foreign, declined or too_long.
    `said` is the part that rests on no evidence, `stated` the facts, `options` what can be chosen next.
    """

    kind: str
    said: str
    stated: tuple[Stated, ...]
    options: tuple[Option, ...]
