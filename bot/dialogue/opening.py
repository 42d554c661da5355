"""The word a reply begins with: "Yes.", "No." or the right one of two things offered."""

from __future__ import annotations

from bot.base.model import Base, Entry
from bot.language.model import Understanding


def opening(understanding: Understanding, entry: Entry, base: Base) -> str:
    """Return "yes", "no", the name of the right choice, or nothing where none is safe.

    The entry says which concepts it affirms and which it denies; a negation in the question turns them round.
    """
    choice = _choice(understanding, entry, base)
    if choice:
        return choice
    concepts = {concept for unit in understanding.composed for concept in unit.concepts}
    if concepts.intersection(entry.lead.no):
        return "yes" if understanding.negated and understanding.yes_no else "no"
    if understanding.yes_no and not understanding.negated and concepts.intersection(entry.lead.yes):
        return "yes"
    return ""


def _choice(understanding: Understanding, entry: Entry, base: Base) -> str:
    """Return the name of the one entity, of two offered with "or", that the answer speaks of."""
    texts = [word.text for word in understanding.words]
    if "or" not in texts:
        return ""
    cut = texts.index("or")
    left = [each for unit in understanding.composed if unit.start < cut for each in unit.entities][-1:]
    right = [each for unit in understanding.composed if unit.start > cut for each in unit.entities][:1]
    if not left or not right or base.entities[left[0]].type != base.entities[right[0]].type:
        return ""
    told = [each for each in (*left, *right) if base.entities[each].name.split()[-1] in entry.answer]
    return base.entities[told[0]].name if len(told) == 1 else ""
