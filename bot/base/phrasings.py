"""Read how people ask: `phrasings/*.yaml`, by the id of the entry or unstated thing, and how they go on.

They are kept apart from what is told, for there are thousands of them, and answering needs what was learned of them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from bot.base import schema
from bot.base.files import read
from bot.base.model import Continuation
from bot.base.naming import CONVERSATIONS, PHRASINGS
from bot.base.problems import Problem
from bot.base.sources import files_in

LEAST_OF_ENTRY = 12
LEAST_OF_UNSTATED = 5
"""Fewer phrasings than this give too little to learn from."""

Phrasings = Mapping[str, tuple[str, ...]]


def phrasings_of(
    files: Mapping[str, Phrasings], entries: Collection[str], unstated: Collection[str], problems: list[Problem]
) -> Phrasings:
    """Return the phrasings of all files by id; what is wrong with them is added to the problems."""
    found: dict[str, tuple[str, ...]] = {}
    for file, asked in files.items():
        for id_ in asked:
            if id_ not in entries and id_ not in unstated:
                what = "There is no entry or unstated thing of this id."
                problems.append(Problem(PHRASINGS + file, id_, what, "Mend the id."))
        found.update(asked)
    for ids, least in ((entries, LEAST_OF_ENTRY), (unstated, LEAST_OF_UNSTATED)):
        for id_ in ids:
            if len(found.get(id_, ())) < least:
                what = f"It has {len(found.get(id_, ()))} phrasings; at least {least} are needed."
                problems.append(Problem(PHRASINGS, id_, what, "Write more ways to ask for it."))
    return found


def phrasing_files(knowledge: Path, problems: list[Problem]) -> Mapping[str, Phrasings]:
    """Return the phrasings by the name of the file they stand in; what is wrong with one is added to the problems."""
    files: dict[str, Phrasings] = {}
    for path in files_in(knowledge / "phrasings"):
        asked = read(path, schema.PhrasingsFile, PHRASINGS + path.name, problems) or {}
        files[path.name] = {id_: tuple(texts) for id_, texts in asked.items()}
    return files


def continuations_of(
    files: Mapping[str, Mapping[str, Phrasings]],
    entries: Collection[str],
    unstated: Collection[str],
    problems: list[Problem],
) -> tuple[Continuation, ...]:
    """Return how people go on after each entry; what is wrong with it is added to the problems."""
    found: list[Continuation] = []
    for file, going_on in files.items():
        name = CONVERSATIONS + file
        for after, asked in going_on.items():
            if after not in entries:
                problems.append(Problem(name, after, "There is no entry of this id.", "Mend the id."))
            for asks, texts in asked.items():
                if asks not in entries and asks not in unstated:
                    what = f"There is no entry or unstated thing {asks!r}."
                    problems.append(Problem(name, after, what, "Mend the id."))
                found.append(Continuation(after, asks, texts))
    return tuple(found)


def continuation_files(knowledge: Path, problems: list[Problem]) -> Mapping[str, Mapping[str, Phrasings]]:
    """Return how people go on, by the file of `conversations/` and the entry just answered; problems are added."""
    files: dict[str, Mapping[str, Phrasings]] = {}
    for path in files_in(knowledge / "conversations"):
        going_on = read(path, schema.ContinuationsFile, CONVERSATIONS + path.name, problems) or {}
        files[path.name] = {
            after: {asks: tuple(texts) for asks, texts in asked.items()} for after, asked in going_on.items()
        }
    return files
