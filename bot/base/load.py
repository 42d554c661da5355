"""Load the knowledge base from its folder, or say everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from bot.base import schema
from bot.base.files import read
from bot.base.model import (
    Article,
    Base,
    Concept,
    Entity,
    Entry,
    Evidence,
    Language,
    Lead,
    Slip,
    Smalltalk,
    Tie,
    Topic,
    Unstated,
    Wording,
)
from bot.base.naming import CONVERSATIONS, PHRASINGS
from bot.base.phrasings import Phrasings, continuation_files, continuations_of, phrasing_files, phrasings_of
from bot.base.problems import Problem, listed
from bot.base.repeats import doubled
from bot.base.sources import files_in, unread
from bot.errors import BaseError


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Shape = TypeVar("Shape")


def load(folder: Path) -> Base:
    """Return the base in `folder`, which holds `knowledge/` and `seeds/`, with its phrasings.

    Raises:
        BaseError: Its text lists every problem that keeps the base from being read.

    """
    problems: list[Problem] = []
    base = read_base(folder, problems)
    if base is None or problems:
        raise BaseError(f"The knowledge base cannot be used:\n{listed(problems)}")
    return base


def read_base(folder: Path, problems: list[Problem], *, phrasings: bool = True) -> Base | None:
    """Return the base, or None where a file is missing or has the wrong shape; problems are added to the list.

    Without `phrasings`, those of entries and unstated things are left out: answering needs what was learned of them.
    A file that cannot be read, and then an id given twice, are told alone: what else seems wrong may come of them.
    """
    knowledge = folder / "knowledge"
    first = list(unread(knowledge, phrasings=phrasings))
    article = read(knowledge / "article.yaml", schema.ArticleFile, "article.yaml", first)
    entities = read(knowledge / "entities.yaml", list[schema.EntityFile], "entities.yaml", first)
    concepts = read(knowledge / "lexicon.yaml", list[schema.ConceptFile], "lexicon.yaml", first)
    unstated = _folder(knowledge / "unstated", list[schema.UnstatedFile], first)
    smalltalk = read(knowledge / "smalltalk.yaml", list[schema.SmalltalkFile], "smalltalk.yaml", first)
    wording = read(knowledge / "wording.yaml", schema.WordingFile, "wording.yaml", first)
    languages = read(knowledge / "languages.yaml", list[schema.LanguageFile], "languages.yaml", first)
    messages = read(knowledge / "messages.yaml", dict[str, str], "messages.yaml", first)
    calibration = read(knowledge / "calibration.yaml", dict[str, float], "calibration.yaml", first)
    topics = _folder(knowledge / "entries", schema.TopicFile, first)
    asked = phrasing_files(knowledge, first) if phrasings else {}
    going_on = continuation_files(knowledge, first) if phrasings else {}
    if not files_in(knowledge / "entries"):
        first.append(Problem("entries/", "", "There is no file of entries.", "Add one to knowledge/entries/."))
    problems += first
    if first or article is None or entities is None or concepts is None or smalltalk is None:
        return None
    if wording is None or languages is None or messages is None or calibration is None:
        return None
    told = [(entry, f"entries/{name}") for name, topic in topics.items() for entry in topic.entries]
    untold = [(each, f"unstated/{name}") for name, group in unstated.items() for each in group]
    twice = [
        *_doubled(told),
        *_doubled(untold),
        *_doubled((each, "entities.yaml") for each in entities),
        *_doubled((each, "lexicon.yaml") for each in concepts),
        *_doubled((each, "smalltalk.yaml") for each in smalltalk),
        *doubled(((each.code, "languages.yaml") for each in languages), "Give each its own code."),
        *doubled(((id_, PHRASINGS + name) for name, ids in asked.items() for id_ in ids), "Keep them in one of these."),
        *doubled(((id_, CONVERSATIONS + name) for name, ids in going_on.items() for id_ in ids), "Keep it in one."),
    ]
    text = None if twice else _article(folder / "seeds", article, problems)
    problems += twice
    if text is None:
        return None
    ids, unstated_ids = [entry.id for entry, _ in told], [each.id for each, _ in untold]
    found = phrasings_of(asked, ids, unstated_ids, problems) if phrasings else {}
    return Base(
        article=text,
        topics=tuple(
            Topic(Path(name).stem, topic.topic, tuple(entry.id for entry in topic.entries))
            for name, topic in topics.items()
        ),
        entries={entry.id: _entry(entry, found) for entry, _ in told},
        unstated={each.id: _unstated(each, found) for each, _ in untold},
        entities={each.id: _entity(each) for each in entities},
        concepts={each.id: Concept(each.id, tuple(each.words), each.relation, each.asks) for each in concepts},
        smalltalk={each.id: Smalltalk(each.id, tuple(each.phrasings), each.reply) for each in smalltalk},
        wording=Wording(
            abbreviations=wording.abbreviations,
            filler=tuple(wording.filler.split()),
            pleasantries=tuple(wording.pleasantries.split()),
            asking={kind: tuple(words) for kind, words in wording.asking.items()},
            nouns={name: tuple(words) for name, words in wording.nouns.items()},
        ),
        languages={each.code: _language(each) for each in languages},
        messages=messages,
        calibration=calibration,
        continuations=continuations_of(going_on, ids, unstated_ids, problems),
    )


def _folder(folder: Path, shape: type[Shape], problems: list[Problem]) -> Mapping[str, Shape]:
    """Return the files of a folder that can be read, by name; the reasons why others cannot are added to `problems`."""
    files = {path.name: read(path, shape, f"{folder.name}/{path.name}", problems) for path in files_in(folder)}
    return {name: content for name, content in files.items() if content is not None}


def _doubled(items: Iterable[tuple[_Named, str]]) -> Iterator[Problem]:
    return doubled(((item.id, file) for item, file in items), "Give each its own id.")


def _article(seeds: Path, file: schema.ArticleFile, problems: list[Problem]) -> Article | None:
    try:
        text = (seeds / file.seed).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        problems.append(
            Problem("article.yaml", "seed", f"There is no readable file seeds/{file.seed}.", "Name the article's file.")
        )
        return None
    slips = tuple(Slip(slip.line, slip.words, slip.note) for slip in file.slips)
    return Article(
        file.title, tuple(text.splitlines()), slips, tuple(file.offers), file.cast, tuple(file.people), file.timeline
    )


def _entry(file: schema.EntryFile, asked: Phrasings) -> Entry:
    return Entry(
        id=file.id,
        label=file.label,
        answer=file.answer,
        evidence=tuple(Evidence(each.line, each.quote) for each in file.evidence),
        phrasings=asked.get(file.id, ()),
        follow_ups=tuple(file.follow_ups),
        lead=Lead(tuple(file.lead.yes), tuple(file.lead.no)),
    )


def _unstated(file: schema.UnstatedFile, asked: Phrasings) -> Unstated:
    return Unstated(file.id, file.says, tuple(file.who), tuple(file.nearest), asked.get(file.id, ()))


def _entity(file: schema.EntityFile) -> Entity:
    return Entity(
        id=file.id,
        name=file.name,
        type=file.type,
        aliases=tuple(file.aliases),
        ties=tuple(Tie(tie.role, tie.of) for tie in file.ties),
        sex=file.sex,
        foreign=tuple(file.foreign),
    )


def _language(file: schema.LanguageFile) -> Language:
    return Language(file.code, file.name, file.script, file.letters, tuple(file.words.split()), file.says)
