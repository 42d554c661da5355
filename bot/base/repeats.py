"""Check that no phrasing stands in two places, where only one of them could ever answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.base.model import Base, Unstated
from bot.base.naming import UNSTATED, files_of_entries, shown
from bot.base.problems import Problem

_WORD = re.compile(r"[^\W_]+")


def phrasings(base: Base) -> Iterator[Problem]:
    """Yield a problem for every phrasing of an entry or an unstated thing that another one has too."""
    files = files_of_entries(base)
    seen: dict[str, tuple[str, str]] = {}
    for entry in base.entries.values():
        for phrasing in (entry.label, *entry.phrasings):
            yield from _again(phrasing, [phrasing], entry.id, files[entry.id], seen)
    for unstated in base.unstated.values():
        names = _names(unstated, base)
        for phrasing in unstated.phrasings:
            filled = [phrasing.replace("{who}", name) for name in names] if "{who}" in phrasing else [phrasing]
            yield from _again(phrasing, filled, unstated.id, UNSTATED, seen)


def smalltalk(base: Base) -> Iterator[Problem]:
    """Yield a problem for every phrasing of smalltalk that stands in two blocks."""
    seen: dict[str, tuple[str, str]] = {}
    for block in base.smalltalk.values():
        for phrasing in block.phrasings:
            yield from _again(phrasing, [phrasing], block.id, "smalltalk.yaml", seen)


def plain(text: str) -> str:
    """Return the words of a text in lower case, without punctuation; commands and emoji stay as they are."""
    folded = text.casefold().replace("’", "'").replace("'", "")
    words = _WORD.findall(folded)
    return " ".join(words) if words and not folded.startswith("/") else folded.strip()


def _again(
    phrasing: str, filled: Iterable[str], owner: str, file: str, seen: dict[str, tuple[str, str]]
) -> Iterator[Problem]:
    """Yield a problem if any filled form of the phrasing belongs to another owner already; enter those that do not."""
    others: dict[str, tuple[str, str]] = {}
    for each in filled:
        other, other_file = seen.setdefault(plain(each), (owner, file))
        if other != owner:
            others.setdefault(other, (each, other_file))
    for other, (each, other_file) in others.items():
        yield Problem(
            file,
            owner,
            f"The phrasing {shown(phrasing)} stands in {other} ({other_file}) too"
            + (f", as {shown(each)}." if plain(each) != plain(phrasing) else "."),
            "Keep it in one of them.",
        )


def _names(unstated: Unstated, base: Base) -> list[str]:
    """Return the names, whole and last, of those an unstated thing may be asked about."""
    names = [base.entities[who].name for who in unstated.who if who in base.entities]
    return list(dict.fromkeys([*names, *(name.split()[-1] for name in names)]))
