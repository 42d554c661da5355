"""Who does what to whom: "who did Vance criticise" is not "who criticised Vance"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.language.model import Role, Unit, Word

_BE = frozenset("is are was were be been being got gets get".split())
_SPEAKING = frozenset("think thinks thought say says said feel feels view opinion see sees respond take stance".split())


def assign(units: Sequence[Unit], words: Sequence[Word], relations: frozenset[str]) -> tuple[Unit, ...]:
    """Give each entity its role towards the relation next to it; `relations` are the concepts that are deeds.

    An entity just before a deed does it, one after it is done to; a passive ("was sued by") turns that round.
    """
    deeds = [unit.start for unit in units if not unit.entities and relations.intersection(unit.concepts)]
    deeds += [place for place, word in enumerate(words) if word.text in _SPEAKING]
    if not deeds:
        return tuple(units)
    return tuple(replace(unit, role=_role(unit, deeds, words)) if unit.entities else unit for unit in units)


def _role(unit: Unit, deeds: Sequence[int], words: Sequence[Word]) -> Role:
    before = [place for place in deeds if place < unit.start]
    after = [place for place in deeds if place > unit.start]
    if unit.start > 0 and words[unit.start - 1].text == "by":
        return Role.AGENT if before else Role.NONE
    if before and (not after or unit.start - before[-1] <= after[0] - unit.start):
        return Role.PATIENT
    if after:
        between = [word.text for word in words[unit.start : after[0]]]
        lead = words[unit.start - 1].text if unit.start else ""
        later = [word.text for word in words[after[0] :]]
        passive = (any(word in _BE for word in between) or lead in _BE) and "by" in later
        return Role.PATIENT if passive else Role.AGENT
    return Role.NONE
