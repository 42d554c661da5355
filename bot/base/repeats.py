"""Check that no id, phrasing or alias stands in two places, where only one of them could ever be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.base.model import Base, Entity, Entry, Unstated
from bot.base.naming import PHRASINGS, files_of_entries, shown
from bot.base.problems import Problem

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Owner:
    id: str
    file: str


def doubled(ids: Iterable[tuple[str, str]], mend: str) -> Iterator[Problem]:
    """Yield a problem for every id, with the name of its file, that came before, in that file or another."""
    taken: dict[str, str] = {}
    for id_, file in ids:
        first = taken.get(id_)
        taken.setdefault(id_, file)
        if first == file:
            yield Problem(file, id_, "This id is given twice.", mend)
        elif first is not None:
            what = f"This id stands in {first} too."
            yield Problem(file, id_, what, f"{mend} If one file is a copy of the other, delete it.")


def phrasings(base: Base) -> Iterator[Problem]:
    """Yield a problem for every phrasing of an entry that another entry or an unstated thing has too.

    Two unstated things may share one: either tells honestly that the article does not say.
    """
    files = files_of_entries(base)
    taken: dict[str, _Owner] = {}
    for entry in base.entries.values():
        asked = _Owner(entry.id, PHRASINGS)
        for phrasing, owner in (
            (entry.label, _Owner(entry.id, files[entry.id])),
            *((each, asked) for each in entry.phrasings),
        ):
            yield from _shared(phrasing, [phrasing], owner, taken)
            taken.setdefault(plain(phrasing), owner)
    for unstated in base.unstated.values():
        names = _names(unstated, base)
        for phrasing in unstated.phrasings:
            filled = [phrasing.replace("{who}", name) for name in names] if "{who}" in phrasing else [phrasing]
            yield from _shared(phrasing, filled, _Owner(unstated.id, PHRASINGS), taken)


def twice(base: Base) -> Iterator[Problem]:
    """Yield a problem for every phrasing that its own entry or unstated thing has twice, but for case and "?".

    It would count twice in learning, and as two of the dozen that are needed. Other marks may tell two apart.
    """
    owners: list[Entry | Unstated] = [*base.entries.values(), *base.unstated.values()]
    for each in owners:
        seen: dict[str, str] = {}
        for phrasing in each.phrasings:
            key = phrasing.casefold().rstrip("? ")
            if key in seen:
                form = "" if seen[key] == phrasing else f", as {shown(seen[key])}"
                what = f"The phrasing {shown(phrasing)} stands there twice{form}."
                yield Problem(PHRASINGS, each.id, what, "Keep one of them.")
            seen.setdefault(key, phrasing)


def smalltalk(base: Base) -> Iterator[Problem]:
    """Yield a problem for every phrasing of smalltalk that stands in two blocks."""
    taken: dict[str, _Owner] = {}
    for block in base.smalltalk.values():
        owner = _Owner(block.id, "smalltalk.yaml")
        for phrasing in block.phrasings:
            yield from _shared(phrasing, [phrasing], owner, taken)
            taken.setdefault(plain(phrasing), owner)


def aliases(base: Base) -> Iterator[Problem]:
    """Yield a problem for every alias that another entity has too.

    Two that are tied may share a description, for a message may mean either: "ev maker" is Tesla and its head.
    """
    owners: dict[str, list[Entity]] = {}
    for entity in base.entities.values():
        for alias in dict.fromkeys((entity.name, *entity.aliases)):
            others = owners.setdefault(plain(alias), [])
            for other in others:
                if other is not entity and not (" " in plain(alias) and _tied(entity, other)):
                    what = f"The alias {alias!r} is {other.id}'s too."
                    yield Problem("entities.yaml", entity.id, what, "Keep it in one of them.")
            if entity not in others:
                others.append(entity)


def _tied(one: Entity, other: Entity) -> bool:
    return any(tie.of == other.id for tie in one.ties) or any(tie.of == one.id for tie in other.ties)


def plain(text: str) -> str:
    """Return the words of a text in lower case, without punctuation; commands and emoji stay as they are."""
    folded = text.casefold().replace("’", "'").replace("'", "")
    words = _WORD.findall(folded)
    return " ".join(words) if words and not folded.startswith("/") else folded.strip()


def _shared(phrasing: str, filled: Iterable[str], owner: _Owner, taken: Mapping[str, _Owner]) -> Iterator[Problem]:
    """Yield a problem for every other owner of the phrasing in one of the forms in which its names are filled in."""
    others = {taken[plain(each)]: each for each in filled if plain(each) in taken and taken[plain(each)].id != owner.id}
    for other, each in others.items():
        form = f", as {shown(each)}" if each != phrasing else ""
        what = f"The phrasing {shown(phrasing)} stands in {other.id} ({other.file}) too{form}."
        yield Problem(owner.file, owner.id, what, "Keep it in one of them.")


def _names(unstated: Unstated, base: Base) -> list[str]:
    """Return the names, whole and last, of those an unstated thing may be asked about."""
    names = [base.entities[who].name for who in unstated.who if who in base.entities]
    return list(dict.fromkeys([*names, *(name.split()[-1] for name in names)]))
