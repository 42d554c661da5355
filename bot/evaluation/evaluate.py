"""Run labelled messages through the bot, conversation by conversation, and count what came out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Context
from bot.evaluation.labelled import Labelled, Outcome, judge


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message, the turn it led to, what that was worth, and the seconds it took."""

    message: Labelled
    turn: Turn
    outcome: Outcome
    seconds: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Shares of 0.0–1.0: right answers, right refusals, right smalltalk, and harm among all messages."""

    messages: int
    answers: float
    refusals: float
    smalltalk: float
    harm: float


def run(conversation: Conversation, messages: Iterable[Labelled]) -> list[Judged]:
    """Return how each message fared; those with the same `chat` are one conversation."""
    contexts: dict[str, Context] = {}
    judged: list[Judged] = []
    for message in messages:
        started = time.perf_counter()
        turn = conversation.respond(message.q, contexts.get(message.chat or message.id, EMPTY))
        seconds = time.perf_counter() - started
        contexts[message.chat or message.id] = turn.context
        judged.append(Judged(message, turn, judge(message, turn.reply), seconds))
    return judged


def totals(judged: Sequence[Judged]) -> Totals:
    """Return the shares over all messages; a kind that does not occur counts as 1.0."""

    def share(expect: str) -> float:
        of_kind = [each for each in judged if each.message.expect == expect]
        return sum(each.outcome is Outcome.RIGHT for each in of_kind) / len(of_kind) if of_kind else 1.0

    harm = sum(each.outcome is Outcome.HARM for each in judged) / len(judged) if judged else 0.0
    return Totals(len(judged), share("answer"), share("refuse"), share("smalltalk"), harm)


def by_style(judged: Iterable[Judged]) -> dict[str, Counter[Outcome]]:
    """Return the outcomes of each style, styles in the order they first occur."""
    styles: dict[str, Counter[Outcome]] = {}
    for each in judged:
        styles.setdefault(each.message.style, Counter())[each.outcome] += 1
    return styles
