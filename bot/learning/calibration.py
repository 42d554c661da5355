"""Fit the weights of a score's parts to labelled messages.

A message is a choice among its candidates and "nothing": a softmax over their weighted parts, just as the matcher
computes it. The weights are those under which the right candidates are likeliest, with a pull towards zero so that few
messages cannot bend them far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from bot.dialogue.conversation import EMPTY, Conversation
from bot.dialogue.model import Context
from bot.evaluation.labelled import Labelled, gold_entries
from bot.matching.index import Group
from bot.matching.score import NOTHING, PARTS, Match

PULL = 0.03
"""Strength of the pull towards zero."""

FOR = frozenset({"words", "sure", "odds", "linked", "told_bare"})
"""Parts that can only speak for a candidate, however the examples fall."""

AGAINST = frozenset({"word_gap", "heaviest_gap", "said_gap", "swap"})
"""Parts that can only speak against it."""


Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One question: a row of parts for each candidate, the last row for "nothing", and which rows are right."""

    rows: Array
    right: npt.NDArray[np.bool_]


def examples(conversation: Conversation, messages: Iterable[Labelled]) -> list[Example]:
    """Return an example for each labelled single question, asked within its conversation."""
    contexts: dict[str, Context] = {}
    found: list[Example] = []
    for message in messages:
        chat = message.chat or message.id
        turn = conversation.respond(message.q, contexts.get(chat, EMPTY))
        contexts[chat] = turn.context
        if len(turn.considered) != 1 or message.lines2:
            continue
        example = _example(turn.considered[0].match, message, gold_entries(message, conversation.base))
        if example.right.any():
            found.append(example)
    return found


def _example(match: Match, message: Labelled, gold: frozenset[str]) -> Example:
    rows = [[score.parts[name] for name in PARTS] + [0.0] * len(NOTHING) for score in match.scores]
    rows.append([0.0] * len(PARTS) + [1.0, float(match.following), match.unknown, match.unknown**2])
    wanted = {"answer": Group.TOLD, "refuse": Group.UNTOLD, "smalltalk": Group.SMALLTALK}[message.expect]
    right = [score.group is wanted and (wanted is not Group.TOLD or score.id in gold) for score in match.scores]
    return Example(np.array(rows), np.array([*right, wanted is Group.UNTOLD]))


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Return the weights under which the right candidates of the examples are likeliest."""
    width = len(PARTS) + len(NOTHING)

    def loss(weights: Array) -> tuple[float, Array]:
        total, slope = 0.0, np.zeros(width)
        for example in found:
            scores = example.rows @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            right = max(float(chances[example.right].sum()), 1e-12)
            total -= np.log(right)
            slope += (chances - np.where(example.right, chances, 0.0) / right) @ example.rows
        pull = PULL / width
        return float(total / len(found) + pull * weights @ weights / 2), slope / len(found) + pull * weights

    bounds = [(0.0 if name in FOR else None, 0.0 if name in AGAINST else None) for name in (*PARTS, *NOTHING)]
    fitted = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", bounds=bounds).x
    return {name: round(float(weight), 3) for name, weight in zip((*PARTS, *NOTHING), fitted, strict=True)}
