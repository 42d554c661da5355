"""Account for a reply in plain words: how the message was read, what it was taken for, how surely, what came second."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.base.model import Base
from bot.dialogue.decide import share_a_line
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

LEAST_SAID = 0.01
"""The chance from which what came second is worth a word."""


class Accounts:
    """Says why a reply is what it is."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def of(self, decision: Decision, considered: tuple[Considered, ...]) -> str:
        """Return the account of a turn, a line for each thing there is to say."""
        if not considered:
            return "\n".join(self._unconsidered(decision))
        return "\n".join(line for each in considered for line in self._question(each))

    def _question(self, considered: Considered) -> Iterator[str]:
        yield self._say("why_read", read=considered.understanding.text)
        match considered.decision:
            case Answer(facts):
                yield from (self._named("why_took", fact.entry, fact.confidence) for fact in facts)
                yield from self._second(considered, facts)
            case Clarify(options):
                chances = {score.id: score.chance for score in considered.match.stated}
                yield self._base.messages["why_unsure"]
                yield from (self._named("why_could_be", each, chances.get(each, 0.0)) for each in options)
            case NotInArticle():
                yield self._base.messages["why_untold"]
                yield from self._second(considered, ())
            case OffTopic():
                yield self._base.messages["why_off_topic"]
            case Chat() | Foreign() | Declined() | TooLong():
                yield from self._unconsidered(considered.decision)
            case _:
                assert_never(considered.decision)

    def _second(self, considered: Considered, facts: tuple[Fact, ...]) -> Iterator[str]:
        """Yield what came next; how sure the bot is of a fact holds the chances of all that quote the same line."""
        for score in considered.match.stated:
            apart = not any(share_a_line(score.id, fact.entry, self._base) for fact in facts)
            if apart and score.chance >= LEAST_SAID:
                yield self._named("why_second" if facts else "why_nearest", score.id, score.chance)
                return

    def _unconsidered(self, decision: Decision) -> Iterator[str]:
        """Yield why a message was answered without holding it against the entries."""
        match decision:
            case Answer(facts):
                yield from (self._named("why_chosen", fact.entry, fact.confidence) for fact in facts)
            case Clarify():
                yield self._base.messages["why_unsure"]
            case Chat():
                yield self._base.messages["why_smalltalk"]
            case Foreign():
                yield self._base.messages["why_foreign"]
            case Declined():
                yield self._base.messages["why_declined"]
            case TooLong():
                yield self._base.messages["why_too_long"]
            case NotInArticle() | OffTopic():
                yield self._base.messages["why_off_topic"]
            case _:
                assert_never(decision)

    def _named(self, message: str, entry: str, chance: float) -> str:
        return self._say(message, label=self._base.entries[entry].label, sure=f"{chance:.0%}")

    def _say(self, message: str, **values: str) -> str:
        return self._base.messages[message].format(**values)
