"""Tell what of a turn is worth keeping for the curator."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_never

from bot.dialogue.conversation import Turn
from bot.dialogue.model import Answer, Chat, Clarify, Declined, Foreign, NotInArticle, OffTopic, TooLong
from bot.store.model import Event, Kind
from bot.store.private import hidden

SURE = 0.9
"""The confidence of an answer from which it is not kept.

On the labelled messages of tests/questions, 10 % of the answers below it are wrong and 1 % of those above; a fifth of
all answers are below.
"""

LONGEST = 500
"""Characters of a message that are kept; no question needs more."""

LONGEST_READ = 4096
"""Characters of a message that are looked at; what is private is hidden in them before the rest is cut off."""

CANDIDATES = 3
"""How many entries, and how many unstated things, are kept as what a message could have meant."""


def event_of(turn: Turn, text: str) -> Event | None:
    """Return what a turn is worth keeping as, or None; `text` is the message as typed.

    What in the text may tell who wrote it is hidden, and how it was read is left out then, for it says the same. The
    text is "" where no words are to be kept.
    """
    kind, decision, entry = _judged(turn)
    if kind is None:
        return None
    typed = " ".join(printable(text[:LONGEST_READ]).split())
    kept = hidden(typed)
    understood = " | ".join(each.understanding.text for each in turn.considered) if typed and kept == typed else ""
    return Event(datetime.now(UTC), kind, kept[:LONGEST], understood[:LONGEST], decision, _candidates(turn), entry)


def thumb(entry: str, good: bool) -> Event:
    """Return what somebody thought of the answer that an entry gives."""
    return Event(datetime.now(UTC), Kind.GOOD if good else Kind.BAD, "", "", "", (), entry)


def printable(text: str) -> str:
    """Return the text with spaces for what cannot be printed, which could play tricks on a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


def _judged(turn: Turn) -> tuple[Kind | None, str, str]:
    """Return the kind of a turn, its decision in a word or two, and what the message was taken for."""
    match turn.decision:
        case Answer(facts):
            if not facts or facts[0].confidence >= SURE:
                return None, "", ""
            # Where several things are told, the message as a whole was taken for none of them.
            return Kind.UNSURE, "answer", facts[0].entry if len(facts) == 1 else ""
        case Clarify():
            return Kind.CLARIFY, "clarify", ""
        case NotInArticle(unstated):
            return Kind.NOT_IN_ARTICLE, "not in article", unstated
        case OffTopic():
            return Kind.OFF_TOPIC, "off topic", ""
        case Chat() | Foreign() | Declined() | TooLong():
            return None, "", ""
        case _:
            assert_never(turn.decision)


def _candidates(turn: Turn) -> tuple[tuple[str, float], ...]:
    """Return what the message could have meant, of all its questions, likeliest first."""
    chances: dict[str, float] = {}
    for each in turn.considered:
        for score in (*each.match.stated[:CANDIDATES], *each.match.unstated[:CANDIDATES]):
            chances[score.id] = max(score.chance, chances.get(score.id, 0.0))
    return tuple(sorted(chances.items(), key=lambda item: -item[1]))
