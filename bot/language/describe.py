"""Compose descriptions: "the guy who runs the firm that makes ChatGPT" is a product, then a firm, then a person.

A message is turned into a row of letters, one a word or known name, and a handful of patterns over those letters
replaces a description by what it describes, from the inside out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.base.model import Entity

_LINKS = frozenset(
    "of behind at from for the a an who that which is was by in on to his its has had this whole entire big famous "
    "popular main current whoever whos runs old own".split()
)

# Letters: T product, E organisation, X person by name, P person noun, N role noun, V role verb, M maker, W to make,
# G firm noun, l link word, . anything else.
_FIRM_OF_PRODUCT = re.compile(r"Tl*M|TG|G[lW]+T|Ml+T")
_PERSON_OF_FIRM = re.compile(r"(?:Pl*)?Nl+[ET]|[ET]l?N|[ET]P|P[lVN]+[ET]")

_OF_TYPE = {"product": "T", "organisation": "E", "person": "X"}


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a name in the row: the places it covers, the entities it may name, what roles its word can play."""

    places: tuple[int, ...]
    entities: tuple[str, ...] = ()
    stem: str = ""
    word: str = ""


class Describer:
    """Knows who is what of whom, and the nouns and verbs people say it with."""

    def __init__(self, entities: Mapping[str, Entity], nouns: Mapping[str, frozenset[str]]) -> None:
        """Take the entities, and the stems for person, organisation, head, founder, owner, made and their verbs."""
        self._types = {entity.id: entity.type for entity in entities.values()}
        self._nouns = nouns
        self._of_firms = _letters(nouns, {"made": "M", "verb_made": "W", "organisation": "G"})
        self._of_persons = _letters(
            nouns,
            {
                "head": "N",
                "founder": "N",
                "owner": "N",
                "verb_head": "V",
                "verb_founder": "V",
                "verb_owner": "V",
                "person": "P",
            },
        )
        self._tied: dict[tuple[str, str], list[str]] = {}
        self._made_by: dict[str, str] = {}
        for entity in entities.values():
            for tie in entity.ties:
                if tie.role == "made":
                    self._made_by[entity.id] = tie.of
                else:
                    self._tied.setdefault((tie.role, tie.of), []).append(entity.id)

    def compose(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """Return the row with every description replaced by one item that names what it describes."""
        row = self._replace(tuple(items), _FIRM_OF_PRODUCT, self._firm)
        return self._replace(row, _PERSON_OF_FIRM, self._person)

    def _replace(
        self, row: tuple[Item, ...], pattern: re.Pattern[str], resolve: Callable[[Sequence[Item]], tuple[str, ...]]
    ) -> tuple[Item, ...]:
        firms = pattern is _FIRM_OF_PRODUCT
        letters = "".join(self._letter(item, firms=firms) for item in row)
        composed: list[Item] = []
        done = 0
        for match in pattern.finditer(letters):
            start, end = match.span()
            # "Tesla CEO Elon Musk" already names its person.
            named = letters[end : end + 1] == "X" or (start > 0 and letters[start - 1] == "X")
            entities = () if named else resolve(row[start:end])
            if not entities:
                continue
            composed.extend(row[done:start])
            places = tuple(place for item in row[start:end] for place in item.places)
            composed.append(Item(places, entities))
            done = end
        composed.extend(row[done:])
        return tuple(composed)

    def _letter(self, item: Item, *, firms: bool) -> str:
        if item.entities:
            return _OF_TYPE.get(self._types[item.entities[0]], ".")
        if item.word in _LINKS and not (item.word == "runs" and not firms):
            return "l"
        return (self._of_firms if firms else self._of_persons).get(item.stem, ".")

    def _is(self, item: Item, name: str) -> bool:
        return item.stem in self._nouns.get(name, frozenset())

    def _firm(self, items: Sequence[Item]) -> tuple[str, ...]:
        product = next(item for item in items if item.entities)
        firm = self._made_by.get(product.entities[0])
        if firm is None:
            return ()
        if any(self._is(item, "made") and not self._is(item, "organisation") for item in items):
            # "The creator of ChatGPT" may be the firm or whoever founded or heads it.
            return tuple(dict.fromkeys((*self._of("head", firm), firm)))
        return (firm,)

    def _person(self, items: Sequence[Item]) -> tuple[str, ...]:
        thing = next(item for item in items if item.entities).entities[-1]
        firm = self._made_by.get(thing, thing)
        for role in ("founder", "owner"):
            if any(self._is(item, role) or self._is(item, f"verb_{role}") for item in items if not item.entities):
                found = self._of(role, firm)
                if found:
                    return found
        return self._of("head", firm) or self._of("founder", firm)

    def _of(self, role: str, firm: str) -> tuple[str, ...]:
        return tuple(self._tied.get((role, firm), ()))


def _letters(nouns: Mapping[str, frozenset[str]], order: Mapping[str, str]) -> dict[str, str]:
    """Return the letter of each stem; of two that it could stand for, the one that comes first in `order`."""
    letters: dict[str, str] = {}
    for name, letter in order.items():
        for stem in nouns.get(name, ()):
            letters.setdefault(stem, letter)
    return letters
