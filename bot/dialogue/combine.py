"""Take a message for several questions: whether each stands alone, and the one decision that theirs come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.dialogue.model import (
    Answer,
    Chat,
    Clarify,
    Considered,
    Decision,
    Declined,
    Fact,
    Foreign,
    NotInArticle,
    OffTopic,
    TooLong,
)

MEANT_BY_HALF = 2
"""Pieces of meaning that either half must hold and its answer explain; a name alone asks nothing."""


def combined_of(parts: Sequence[Considered]) -> Decision | None:
    """Return one decision for several questions, or None where the message is better taken as one."""
    facts: dict[str, Fact] = {}
    untold: list[NotInArticle] = []
    for part in parts:
        match part.decision:
            case Answer():
                facts.update({fact.entry: fact for fact in part.decision.facts if fact.entry not in facts})
            case NotInArticle():
                untold.append(part.decision)
            case Clarify() | OffTopic() | Foreign():
                return None
            case Chat() | Declined() | TooLong():
                pass
            case _:
                assert_never(part.decision)
    return Answer(tuple(facts.values()), tuple(untold)) if facts else None


def says_enough(half: Considered) -> bool:
    """Tell whether half a message asks something by itself, and its answer explains it."""
    own = sum(unit.share == 1.0 for unit in half.understanding.composed)
    return own - len(half.match.scores[0].unexplained) >= MEANT_BY_HALF
