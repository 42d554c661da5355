"""Check that the bot answers every phrasing of the base with the entry it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from bot.base.model import Base, Entry
from bot.base.naming import PHRASINGS, shown
from bot.base.problems import Problem
from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Chat
from bot.matching.score import Score


def matching(conversation: Conversation) -> list[Problem]:
    """Return a problem for each phrasing that another entry takes, or that is not answered at all."""
    return list(_matching(conversation))


def _matching(conversation: Conversation) -> Iterator[Problem]:
    for entry in conversation.base.entries.values():
        for phrasing in entry.phrasings:
            turn = conversation.respond(phrasing)
            if not _answers(turn, entry):
                what = f"The phrasing {shown(phrasing)} {_fate(turn, entry, conversation.base)}."
                taken = turn.reply.stated or isinstance(turn.decision, Chat)
                mend = "Reword it, move it to what took it, or drop it." if taken else "Add others like it, or drop it."
                yield Problem(PHRASINGS, entry.id, what, mend)


def _answers(turn: Turn, entry: Entry) -> bool:
    """Tell whether the reply states the entry, or another that cites the line the entry rests on first."""
    lines = {evidence.line for stated in turn.reply.stated for evidence in stated.evidence}
    return entry.id in {stated.entry for stated in turn.reply.stated} or entry.evidence[0].line in lines


def _fate(turn: Turn, entry: Entry, base: Base) -> str:
    """Return what became of a phrasing instead."""
    if isinstance(turn.decision, Chat):
        return f"is not answered: it is taken for smalltalk, {turn.decision.smalltalk}{_margin(turn, entry)}"
    if turn.reply.stated:
        takers = " and ".join(stated.entry for stated in turn.reply.stated)
        return f"is answered by {takers}{_margin(turn, entry)}"
    if turn.reply.kind == "clarify":
        among = ", ".join(option.entry for option in turn.reply.options)
        return f"is not answered: the bot asks which of {among} is meant{_margin(turn, entry)}"
    first = _first(turn)
    ahead = first.id if first and first.id != entry.id and first.id not in base.entries else ""
    taker = f"{ahead} of unstated/ takes it" if ahead in base.unstated else "nothing comes near enough"
    return f"is not answered: {taker}{_margin(turn, entry)}"


def _margin(turn: Turn, entry: Entry) -> str:
    """Return by how much chance the best candidate is ahead of the entry, in brackets."""
    first = _first(turn)
    if first is None:
        return ""
    own = max(
        (each.chance for considered in turn.considered for each in considered.match.scores if each.id == entry.id),
        default=0.0,
    )
    if first.id == entry.id:
        return f" (its own chance is {own:.2f})"
    return f" ({first.id} is ahead by {first.chance - own:.2f})"


def _first(turn: Turn) -> Score | None:
    return max(
        (considered.match.scores[0] for considered in turn.considered if considered.match.scores),
        key=lambda score: score.chance,
        default=None,
    )
