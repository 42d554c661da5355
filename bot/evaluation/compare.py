"""Run the same labelled messages through the bot and through plain alternatives, side by side."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.dialogue.model import Answer, Chat, Decision, Fact, NotInArticle, Reply
from bot.dialogue.reply import Replies
from bot.evaluation import evaluate
from bot.evaluation.alternatives import Alternative, Find, alternatives, phrasings, thresholds
from bot.evaluation.labelled import Labelled, Outcome, judge


@dataclass(frozen=True, slots=True)
class Row:
    """How one way of matching did: shares of 0.0–1.0, seconds a message; `missing` where it could not run."""

    name: str
    answers: float = 0.0
    refusals: float = 0.0
    harm: float = 0.0
    median: float = 0.0
    slowest: float = 0.0
    missing: str = ""


def compare(conversation: Conversation, messages: Sequence[Labelled]) -> Iterator[Row]:
    """Yield a row for the bot, then one for each alternative with the threshold that serves it best.

    That is the one with the largest mean of right answers and right refusals. Every way sees the same phrasings; the
    alternatives are given each message alone, as they know no conversation.
    """
    judged = evaluate.run(conversation, messages)
    reached = evaluate.totals(judged)
    seconds = [each.seconds for each in judged]
    yield Row("this bot", reached.answers, reached.refusals, reached.harm, *_times(seconds))
    for alternative in alternatives():
        if alternative.missing:
            yield Row(alternative.name, missing=alternative.missing)
        else:
            yield _row(alternative, conversation.base, messages)


def _row(alternative: Alternative, base: Base, messages: Sequence[Labelled]) -> Row:
    find: Find = alternative.make(phrasings(base))
    replies = Replies(base)
    found: list[tuple[str, float]] = []
    seconds: list[float] = []
    for message in messages:
        started = time.perf_counter()
        found.append(find(message.q))
        seconds.append(time.perf_counter() - started)
    best = (-1.0, 0.0, 0.0, 0.0)
    known = {id_: _reply(id_, base, replies) for id_ in {id_ for id_, _ in found}}
    refusal = replies.render(NotInArticle("", "", ()))
    for threshold in thresholds(score for _, score in found):
        outcomes = [
            judge(message, known[id_] if score >= threshold else refusal)
            for message, (id_, score) in zip(messages, found, strict=True)
        ]
        answers, refusals = (_share(messages, outcomes, expect) for expect in ("answer", "refuse"))
        harm = outcomes.count(Outcome.HARM) / len(outcomes)
        best = max(best, ((answers + refusals) / 2, answers, refusals, harm))
    return Row(alternative.name, *best[1:], *_times(seconds))


def _reply(id_: str, base: Base, replies: Replies) -> Reply:
    decision: Decision
    if id_ in base.entries:
        decision = Answer((Fact(id_, 1.0),))
    elif id_ in base.smalltalk:
        decision = Chat(id_)
    else:
        decision = NotInArticle("", "", ())
    return replies.render(decision)


def _share(messages: Sequence[Labelled], outcomes: Sequence[Outcome], expect: str) -> float:
    of_kind = [outcome for message, outcome in zip(messages, outcomes, strict=True) if message.expect == expect]
    return of_kind.count(Outcome.RIGHT) / len(of_kind) if of_kind else 1.0


def _times(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 99th percentile."""
    ranked = sorted(seconds)
    return ranked[len(ranked) // 2], ranked[min(len(ranked) - 1, int(len(ranked) * 0.99))]
