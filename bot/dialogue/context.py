"""Understand a follow-up from what was said before: "and Musk?", "why?", "how old is he?"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.base.model import Base
from bot.dialogue.model import Context
from bot.language.model import Understanding, Unit

BORROWED_SHARE = 0.45
"""How much of its weight a unit of the last question keeps when a follow-up borrows it."""

OTHERS_SHARE = 0.5
"""The same of somebody whom a pronoun may mean besides the likeliest; of 0.45 to 0.9, best on labelled follow-ups."""

_WHO = frozenset("who whom whose".split())
_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_THEY = frozenset("they them their theirs themselves".split())
_IT = frozenset("it its itself this that those these there".split())
_ALSO = frozenset("too also either well then so else still".split())
SHORT = 2
"""A message of no more pieces of meaning than this, none of them a name, hardly stands alone."""


def leans(understanding: Understanding, context: Context, base: Base) -> bool:
    """Tell whether a message needs what was said before to be understood.

    "And Musk?" and "how old is he?" do; "how old is Altman?" stands alone, whatever was said before it.
    """
    if not context.entries and not context.units:
        return False
    texts = [word.text for word in understanding.words]
    size = len(understanding.composed)
    named = {entity for unit in understanding.composed for entity in unit.entities}
    if points(understanding) and not _of_type(tuple(named), base, "person"):
        return True
    if understanding.opens_with_link and size <= SHORT + 1:
        return True
    things_point = any(text in _IT for text in understanding.pronouns) or any(text in _ALSO for text in texts)
    if size <= SHORT and (things_point or not named):
        return True
    if things_point and not named:
        return True
    # "what about Zuckerberg": a name and nothing else. With a predicate of its own a name stands alone.
    return bool(named) and size == 1 and len(texts) <= 4 and texts[:1] != ["who"]


def points(understanding: Understanding) -> bool:
    """Tell whether a message speaks of persons without naming any: "who does he trust?"."""
    return any(text in _HE | _SHE | _THEY for text in understanding.pronouns)


def asks_for_the_words(understanding: Understanding) -> bool:
    """Tell whether a message asks for nothing but the quote: "his exact words?"."""
    return bool(understanding.units) and all("quote" in unit.concepts for unit in understanding.units)


def resolve(understanding: Understanding, context: Context, base: Base) -> Understanding:
    """Return the message with its pronouns filled and with what it leaves unsaid borrowed from the last question."""
    borrowed: list[Unit] = []
    place = len(understanding.words)
    named = {entity for unit in understanding.composed for entity in unit.entities}
    persons = [each for each in context.entities if base.entities[each].type == "person" and each not in named]
    firms = [each for each in context.entities if base.entities[each].type == "organisation" and each not in named]
    pointed: list[str] = []
    if any(text in _HE for text in understanding.pronouns):
        pointed = [each for each in persons if base.entities[each].sex == "m"]
    elif any(text in _SHE for text in understanding.pronouns):
        pointed = [each for each in persons if base.entities[each].sex == "f"]
    elif any(text in _THEY for text in understanding.pronouns):
        pointed = firms + persons
    if pointed:
        # "He" is likeliest whom the last question was about first; whom it named besides may be meant.
        first, *others = pointed
        borrowed.append(Unit(first, (f"e:{first}",), place))
        borrowed += [Unit(each, (f"e:{each}",), place, share=OTHERS_SHARE) for each in others]
    said = {feature for unit in understanding.composed for feature in unit.features}
    only_names = all(unit.entities for unit in understanding.composed)
    # "How did Altman answer that?": what "that" stands for is not replaced by him.
    replaces = not any(text in _IT for text in understanding.pronouns)
    for unit in context.units:
        if not said.isdisjoint(unit.features):
            continue
        if unit.entities:
            renamed = replaces and (named & _of_type(unit.entities, base, "person") or _swapped(named, unit, base))
            if not (pointed or renamed):
                borrowed.append(replace(unit, share=BORROWED_SHARE))
        elif only_names:
            # "And Vance?" asks of him just what was asked of another.
            borrowed.append(unit)
        elif not _asks(unit, base) and not (context.topic and context.topic.isdisjoint(unit.features)):
            borrowed.append(replace(unit, share=BORROWED_SHARE))
    units = (*understanding.units, *borrowed)
    composed = (*understanding.composed, *borrowed)
    return replace(understanding, units=units, composed=composed)


def linked(context: Context, base: Base) -> Mapping[str, float]:
    """Return how near each candidate is to what was stated last, 0.0–1.0: its line, its follow-ups, its topic."""
    near: dict[str, float] = {}
    for unstated in base.unstated.values():
        if any(entry in unstated.nearest for entry in context.entries):
            near[unstated.id] = 0.6
    for topic in base.topics:
        if any(entry in topic.entries for entry in context.entries):
            near.update(dict.fromkeys(topic.entries, 0.3))
    for last in context.entries:
        lines = {evidence.line for evidence in base.entries[last].evidence}
        for entry in base.entries.values():
            if lines & {evidence.line for evidence in entry.evidence}:
                near[entry.id] = max(near.get(entry.id, 0.0), 0.6)
        for follow_up in base.entries[last].follow_ups:
            near[follow_up] = 1.0
        near[last] = 0.5
    return near


def remember(
    understanding: Understanding, entries: tuple[str, ...], topic: frozenset[str], context: Context, base: Base
) -> Context:
    """Return the context after a question was answered with `entries`, at whose core is `topic`.

    Where nothing was answered, what was spoken of before stays in mind.
    """
    units = tuple(replace(unit, share=1.0) for unit in understanding.composed)
    named = [entity for unit in units for entity in unit.entities]
    if not entries:
        fresh = tuple(dict.fromkeys([*named, *context.entities]))
        return Context(context.entries, units or context.units, fresh[:6])
    told = [
        entity.id
        for entry in entries
        for entity in base.entities.values()
        if entity.name.split()[-1] in base.entries[entry].answer
    ]
    # "Who does Altman count on?" brings up somebody, and "he" is then rather him than Altman.
    found = [each for each in told if each not in named] if _asks_who(understanding) else []
    return Context(entries, units, tuple(dict.fromkeys([*found, *named, *told]))[:6], topic)


def _asks_who(understanding: Understanding) -> bool:
    return any(word.text in _WHO for word in understanding.words)


def _asks(unit: Unit, base: Base) -> bool:
    """Tell whether a unit is what was asked for, such as "on what day", which the next question replaces."""
    return any(feature.startswith("k:") for feature in unit.features) or any(
        base.concepts[concept].asks for concept in unit.concepts
    )


def _of_type(entities: tuple[str, ...], base: Base, type_: str) -> set[str]:
    return {each for each in entities if base.entities[each].type == type_}


def _swapped(named: set[str], unit: Unit, base: Base) -> bool:
    """Tell whether a name in the message stands in for the one in the unit: "and Musk?" after a question on Altman."""
    types = {base.entities[each].type for each in named}
    return any(base.entities[each].type in types for each in unit.entities)
