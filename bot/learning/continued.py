"""Understand continuations as the bot does in a chat: in the light of the question and the answer before them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Base
from bot.dialogue import context as contexts
from bot.dialogue.conversation import EMPTY
from bot.language.understand import Understander
from bot.matching.index import Index, Phrasing


def continued(base: Base, index: Index, understander: Understander) -> Iterator[Phrasing]:
    """Yield every continuation of the base, with what it borrows from a question that led to the answer before it.

    That is another phrasing of the entry each time: the same follow-up comes after many a question.
    """
    turn = 0
    for each in base.continuations:
        entry = base.entries[each.after]
        questions = (entry.label, *entry.phrasings)
        for text in each.phrasings:
            asked = understander.phrasing(questions[turn % len(questions)])
            context = contexts.remember(asked, (entry.id,), index[entry.id].core, EMPTY, base)
            understanding = understander.phrasing(text)
            if contexts.leans(understanding, context, base):
                understanding = contexts.resolve(understanding, context, base)
            yield Phrasing(each.asks, understanding, ())
            turn += 1
