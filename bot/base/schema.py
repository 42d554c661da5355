"""The shape of the YAML files, checked by pydantic; one model a kind of file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.base.model import Kind

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SlipFile(_Strict):
    """A slip of the article."""

    line: int = Field(ge=1)
    words: Text
    note: Text


class ArticleFile(_Strict):
    """`article.yaml`."""

    seed: Text
    title: Text
    offers: list[Id] = Field(min_length=1, max_length=3)
    cast: Id
    people: list[Id] = Field(min_length=1, max_length=10)
    timeline: Id
    slips: list[SlipFile]


class EvidenceFile(_Strict):
    """A quote of an entry."""

    line: int = Field(ge=1)
    quote: Text


class LeadFile(_Strict):
    """What a yes/no question may name so that the reply begins with yes or no."""

    yes: list[Id] = []
    no: list[Id] = []


class EntryFile(_Strict):
    """One entry of `entries/*.yaml`."""

    id: Id
    label: Text
    answer: Text
    lead: LeadFile = LeadFile()
    evidence: list[EvidenceFile] = Field(min_length=1)
    follow_ups: list[Id] = Field(default=[], max_length=3)


class TopicFile(_Strict):
    """A file of `entries/`."""

    topic: Text
    entries: list[EntryFile] = Field(min_length=1)


class UnstatedFile(_Strict):
    """One entry of `unstated/*.yaml`."""

    id: Id
    who: list[Id] = []
    says: Text
    nearest: list[Id] = Field(max_length=3)


PhrasingsFile = dict[Id, list[Text]]
"""A file of `phrasings/`: how people ask, by the id of the entry or unstated thing."""


ContinuationsFile = dict[Id, dict[Id, list[Text]]]
"""A file of `conversations/`: how people go on, by the entry just answered and then by what they ask for."""


class TieFile(_Strict):
    """A tie between entities."""

    role: Literal["head", "founder", "owner", "made"]
    of: Id


class EntityFile(_Strict):
    """One entity of `entities.yaml`."""

    id: Id
    name: Text
    type: Literal["person", "organisation", "product", "place"]
    sex: Literal["m", "f", ""] = ""
    aliases: list[Text] = []
    foreign: list[Text] = []
    ties: list[TieFile] = []


class ConceptFile(_Strict):
    """One concept of `lexicon.yaml`."""

    id: Id
    means: Text
    relation: bool = False
    asks: bool = False
    words: list[Text] = Field(min_length=1)


class SmalltalkFile(_Strict):
    """One block of `smalltalk.yaml`."""

    id: Id
    reply: Text
    phrasings: list[Text] = Field(min_length=1)


class LanguageFile(_Strict):
    """One language of `languages.yaml`."""

    code: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]
    name: Text
    script: Literal[
        "latin",
        "cyrillic",
        "greek",
        "arabic",
        "hebrew",
        "devanagari",
        "bengali",
        "tamil",
        "thai",
        "han",
        "kana",
        "hangul",
    ]
    letters: str = ""
    words: str = ""
    says: Text


class WordingFile(_Strict):
    """`wording.yaml`."""

    abbreviations: dict[Text, Text]
    filler: Text
    pleasantries: Text
    asking: dict[Kind, list[Text]]
    nouns: dict[Text, list[Text]]
