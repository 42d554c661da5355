"""The word a reply begins with: "Yes.", "No." or the right one of two things offered."""

from __future__ import annotations

import re

from bot.base.model import Base, Entry
from bot.language.model import Understanding, Unit

_NEGATIONS = frozenset("not no never nobody hardly barely without".split())


def opening(understanding: Understanding, entry: Entry, base: Base) -> str:
    """Return "yes", "no", the name of the right choice, or nothing where none is safe.

    The entry says which concepts it affirms and which it denies; a negation in the question turns them round. Where a
    question holds some of both ("a friend or an enemy?") the answer must speak for itself.
    """
    texts = [word.text for word in understanding.words]
    if "or" in texts:
        return _choice(understanding, entry, base, texts.index("or"))
    if not understanding.yes_no:
        return ""
    number = _number(understanding, entry)
    if number:
        return number
    affirmed = _hits(understanding.composed, entry.lead.yes)
    denied = _hits(understanding.composed, entry.lead.no)
    if affirmed == denied:
        return ""
    return "yes" if affirmed != _turned_round(texts) else "no"


def _hits(units: tuple[Unit, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether a unit means one of the wanted concepts, or is one of the wanted words."""
    return any(concept in wanted for unit in units for concept in unit.concepts) or any(
        unit.text in wanted for unit in units
    )


def _turned_round(texts: list[str]) -> bool:
    """Tell whether a negation turns the question round.

    "Is Altman not worried?" is turned round; "isn't Altman worried?" and "he is worried, isn't he?" are not.
    """
    return any(text in _NEGATIONS for text in texts[2:-3])


def _number(understanding: Understanding, entry: Entry) -> str:
    """Return whether a number in the question is the one in the entry's quotes: "is he 45?"."""
    asked = [word.text for word in understanding.words if word.text.isdigit() and len(word.text) > 1]
    told = {number for evidence in entry.evidence for number in re.findall(r"\d+", evidence.quote)}
    if not asked or not told:
        return ""
    return "yes" if told.issuperset(asked) else "no"


def _choice(understanding: Understanding, entry: Entry, base: Base, cut: int) -> str:
    """Return the name of the one entity, of two offered with "or" at place `cut`, that the answer speaks of."""
    left = [each for unit in understanding.composed if unit.start < cut for each in unit.entities][-1:]
    right = [each for unit in understanding.composed if unit.start > cut for each in unit.entities][:1]
    if not left or not right or base.entities[left[0]].type != base.entities[right[0]].type:
        return ""
    told = [each for each in (*left, *right) if base.entities[each].name.split()[-1] in entry.answer]
    return base.entities[told[0]].name if len(told) == 1 else ""
