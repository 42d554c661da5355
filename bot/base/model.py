"""The values the knowledge base is made of: frozen, plain, and free of any library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kind of thing a question asks for, beyond what it is about."""

    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    AGE = "age"
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    HOW_LONG = "how_long"


@dataclass(frozen=True, slots=True)
class Slip:
    """Words of the article that are wrong or odd, and the curator's note on them."""

    line: int
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Article:
    """The text everything rests on; line numbers are 1-based, of the seed file.

    `offers` are the entries that somebody who does not know what to ask is offered; `cast` is the entry that names
    everybody, `people` those that tell of one person each, `timeline` the one that puts what happened in order.
    """

    title: str
    lines: tuple[str, ...]
    slips: tuple[Slip, ...]
    offers: tuple[str, ...]
    cast: str
    people: tuple[str, ...]
    timeline: str

    def line(self, number: int) -> str:
        """Return line `number` (1-based); the empty string outside the text."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else ""

    @property
    def told_lines(self) -> tuple[int, ...]:
        """Return the numbers of the lines that hold text."""
        return tuple(number for number, line in enumerate(self.lines, 1) if line.strip())


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote and the line it stands in."""

    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Lead:
    """The first word of a reply to a question that names one of these concepts, such as "No:" to "veteran"."""

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the article with its answer.

    `phrasings` are empty where the base was read for answering alone.
    """

    id: str
    label: str
    answer: str
    evidence: tuple[Evidence, ...]
    phrasings: tuple[str, ...]
    follow_ups: tuple[str, ...]
    lead: Lead


@dataclass(frozen=True, slots=True)
class Unstated:
    """One thing people ask that the article does not say.

    `says` tells so; with `who`, the entities it is asked about, it names the one in question in place of `{who}`.
    `phrasings` are empty where the base was read for answering alone.
    """

    id: str
    says: str
    who: tuple[str, ...]
    nearest: tuple[str, ...]
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Continuation:
    """How people go on after an entry was answered: what they type, and the entry or unstated thing they ask for."""

    after: str
    asks: str
    phrasings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of entries as the /topics menu shows it."""

    id: str
    title: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """What binds an entity to another: Musk is `head` of Tesla, ChatGPT is `made` by OpenAI."""

    role: str
    of: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, product or place that messages name; `sex` resolves pronouns ("m", "f" or "").

    `foreign` are its names in other scripts.
    """

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    ties: tuple[Tie, ...]
    sex: str
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A meaning that several words share; a `relation` is a deed that one does to another, such as suing.

    One that `asks` is what is asked for, such as a date, rather than what it is about.
    """

    id: str
    words: tuple[str, ...]
    relation: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Smalltalk:
    """Something said to the bot itself, and what it says back."""

    id: str
    phrasings: tuple[str, ...]
    reply: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How people write, apart from the article's world: what to rewrite, what to pass over, what asks for what."""

    abbreviations: Mapping[str, str]
    filler: tuple[str, ...]
    pleasantries: tuple[str, ...]
    asking: Mapping[Kind, tuple[str, ...]]
    nouns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Language:
    """A language to recognise: its code, its script, what tells it from others of it, and what to say."""

    code: str
    name: str
    script: str
    letters: str
    words: tuple[str, ...]
    says: str

    @property
    def id(self) -> str:
        """Return the code, by which a language is told from others."""
        return self.code


@dataclass(frozen=True, slots=True)
class Base:
    """Everything the bot knows or says; `continuations` are empty where it was read for answering alone."""

    article: Article
    topics: tuple[Topic, ...]
    entries: Mapping[str, Entry]
    unstated: Mapping[str, Unstated]
    entities: Mapping[str, Entity]
    concepts: Mapping[str, Concept]
    smalltalk: Mapping[str, Smalltalk]
    wording: Wording
    languages: Mapping[str, Language]
    messages: Mapping[str, str]
    calibration: Mapping[str, float]
    continuations: tuple[Continuation, ...] = ()
