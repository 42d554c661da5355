"""Load the knowledge base from its folder, or say everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from bot.base.phrasings import Phrasings, read_continuations, read_phrasings
from bot.base.problems import Problem, listed
from bot.base.sources import files_in, unread
from bot.errors import BaseError


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


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
    """
    knowledge = folder / "knowledge"
    problems += unread(knowledge, phrasings=phrasings)
    article = read(knowledge / "article.yaml", schema.ArticleFile, "article.yaml", problems)
    entities = read(knowledge / "entities.yaml", list[schema.EntityFile], "entities.yaml", problems)
    concepts = read(knowledge / "lexicon.yaml", list[schema.ConceptFile], "lexicon.yaml", problems)
    unstated = {
        path.name: read(path, list[schema.UnstatedFile], f"unstated/{path.name}", problems)
        for path in files_in(knowledge / "unstated")
    }
    smalltalk = read(knowledge / "smalltalk.yaml", list[schema.SmalltalkFile], "smalltalk.yaml", problems)
    wording = read(knowledge / "wording.yaml", schema.WordingFile, "wording.yaml", problems)
    languages = read(knowledge / "languages.yaml", list[schema.LanguageFile], "languages.yaml", problems)
    messages = read(knowledge / "messages.yaml", dict[str, str], "messages.yaml", problems)
    calibration = read(knowledge / "calibration.yaml", dict[str, float], "calibration.yaml", problems)
    topics = {
        path.name: read(path, schema.TopicFile, f"entries/{path.name}", problems)
        for path in files_in(knowledge / "entries")
    }
    if not topics:
        problems.append(Problem("entries/", "", "There is no file of entries.", "Add one to knowledge/entries/."))
    whole_unstated = {name: each for name, each in unstated.items() if each is not None}
    whole_topics = {name: topic for name, topic in topics.items() if topic is not None}
    missing = not topics or len(whole_topics) < len(topics) or len(whole_unstated) < len(unstated)
    if missing or article is None or entities is None or concepts is None or smalltalk is None:
        return None
    if wording is None or languages is None or messages is None or calibration is None:
        return None
    text = _article(folder / "seeds", article, problems)
    if text is None:
        return None
    told = [entry.id for topic in whole_topics.values() for entry in topic.entries]
    untold = [each.id for group in whole_unstated.values() for each in group]
    asked = read_phrasings(knowledge, told, untold, problems) if phrasings else {}
    return Base(
        article=text,
        topics=tuple(
            Topic(Path(name).stem, topic.topic, tuple(entry.id for entry in topic.entries))
            for name, topic in whole_topics.items()
        ),
        entries=_by_id(
            (
                (_entry(entry, asked), f"entries/{name}")
                for name, topic in whole_topics.items()
                for entry in topic.entries
            ),
            problems,
        ),
        unstated=_by_id(
            ((_unstated(each, asked), f"unstated/{name}") for name, group in whole_unstated.items() for each in group),
            problems,
        ),
        entities=_by_id(((_entity(each), "entities.yaml") for each in entities), problems),
        concepts=_by_id(
            ((Concept(each.id, tuple(each.words), each.relation, each.asks), "lexicon.yaml") for each in concepts),
            problems,
        ),
        smalltalk=_by_id(
            ((Smalltalk(each.id, tuple(each.phrasings), each.reply), "smalltalk.yaml") for each in smalltalk), problems
        ),
        wording=Wording(
            abbreviations=wording.abbreviations,
            filler=tuple(wording.filler.split()),
            pleasantries=tuple(wording.pleasantries.split()),
            asking={kind: tuple(words) for kind, words in wording.asking.items()},
            nouns={name: tuple(words) for name, words in wording.nouns.items()},
        ),
        languages=_by_id(((_language(each), "languages.yaml") for each in languages), problems),
        messages=messages,
        calibration=calibration,
        continuations=read_continuations(knowledge, told, untold, problems) if phrasings else (),
    )


def _by_id(items: Iterable[tuple[Item, str]], problems: list[Problem]) -> Mapping[str, Item]:
    """Return the items by id; a second one of the same id is a problem of its file."""
    found: dict[str, Item] = {}
    for item, file in items:
        if item.id in found:
            problems.append(Problem(file, item.id, "This id is given twice.", "Give each its own id."))
        found[item.id] = item
    return found


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
