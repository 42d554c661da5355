"""The word a reply begins with: "Yes.", "No." or the right one of two things offered."""

from __future__ import annotations

import re

from bot.base.model import Base, Entry
from bot.language.model import Understanding, Unit

_MONTHS = frozenset("january february march april may june july august september october november december".split())
_ALSO_WORDS = frozenset(("may", "march"))
_DAYS_OF_A_MONTH = 31
_BEFORE_A_MONTH = frozenset("in of on since until last next this by".split())
_PRONOUNS = frozenset("he she it they we you i".split())
_NEGATIONS = frozenset("not no never nobody hardly barely without".split())
_NARROWING = frozenset("only just merely solely exclusively".split())
_SCALES = ("hundred", "thousand", "million", "billion", "trillion")


def opening(understanding: Understanding, entry: Entry, base: Base) -> str:
    """Return "yes", "no", the name of the right choice, or nothing where none is safe.

    The entry says which concepts it affirms and which it denies. Where a question holds some of both, or a negation,
    the answer must speak for itself.
    """
    texts = [word.text for word in understanding.words]
    if "or" in texts:
        return _choice(understanding, entry, base, texts.index("or"))
    if not understanding.yes_no:
        return ""
    figures = _figures(texts, entry)
    if figures:
        return figures
    affirmed = _hits(understanding.composed, entry.lead.yes)
    denied = _hits(understanding.composed, entry.lead.no)
    if affirmed == denied or _turned_round(texts):
        return ""
    # "Did he give only a few thousand?" names what the entry affirms, and yet the answer is not yes.
    if affirmed and (not _NARROWING.isdisjoint(texts) or _other_scale(texts, entry)):
        return ""
    return "yes" if affirmed else "no"


def _hits(units: tuple[Unit, ...], wanted: tuple[str, ...]) -> bool:
    """Tell whether a unit means one of the wanted concepts, or is one of the wanted words."""
    return any(concept in wanted for unit in units for concept in unit.concepts) or any(
        unit.text in wanted for unit in units
    )


def _turned_round(texts: list[str]) -> bool:
    """Tell whether a negation inside the question may turn it round, so that neither word is safe.

    It may in "does he disagree that rules should not hinder"; not in "isn't he worried?" or "he is worried, isn't he?".
    """
    tag = len(texts) - (2 if texts[-1] in _PRONOUNS else 1)
    return any(text in _NEGATIONS for place, text in enumerate(texts) if place > 1 and place != tag)


def _figures(texts: list[str], entry: Entry) -> str:
    """Return whether the numbers and months of the question are those of the entry's quotes: "is he 45?"."""
    asked = {text for place, text in enumerate(texts) if _is_figure(texts, place)}
    quoted = _quoted(entry)
    told = set(re.findall(r"\d+|[a-z]+", quoted)).intersection(_MONTHS | set(re.findall(r"\d+", quoted)))
    if not asked or not told:
        return ""
    return "yes" if told.issuperset(asked) else "no"


def _quoted(entry: Entry) -> str:
    return " ".join(evidence.quote for evidence in entry.evidence).casefold()


def _other_scale(texts: list[str], entry: Entry) -> bool:
    """Tell whether the question speaks of thousands, say, where the quotes speak of millions."""
    asked = [scale for scale in _SCALES if scale in texts or f"{scale}s" in texts]
    return bool(asked) and asked[-1] not in _quoted(entry)


def _is_figure(texts: list[str], place: int) -> bool:
    """Tell whether a word is a number of two digits or more, or a month; in "may he be 39" may is none."""
    text = texts[place]
    if text not in _ALSO_WORDS:
        return text in _MONTHS or (text.isdigit() and len(text) > 1)
    before, after = texts[place - 1] if place else "", texts[place + 1] if place + 1 < len(texts) else ""
    return before in _BEFORE_A_MONTH or after.isdigit() or (before.isdigit() and int(before) <= _DAYS_OF_A_MONTH)


def _choice(understanding: Understanding, entry: Entry, base: Base, cut: int) -> str:
    """Return the name of the one entity, of two offered with "or" at place `cut`, that the answer speaks of."""
    left = [each for unit in understanding.composed if unit.start < cut for each in unit.entities][-1:]
    right = [each for unit in understanding.composed if unit.start > cut for each in unit.entities][:1]
    if not left or not right or base.entities[left[0]].type != base.entities[right[0]].type:
        return ""
    told = [each for each in (*left, *right) if base.entities[each].name.split()[-1] in entry.answer]
    return base.entities[told[0]].name if len(told) == 1 else ""
