"""The values that are kept: what became of a message, or what somebody thought of an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """Why something is kept; the values stand in the database."""

    NOT_IN_ARTICLE = "not_in_article"
    OFF_TOPIC = "off_topic"
    CLARIFY = "clarify"
    UNSURE = "unsure"
    GOOD = "good"
    BAD = "bad"
    NONE_OF_THESE = "none_of_these"


MISSES = (Kind.NOT_IN_ARTICLE, Kind.OFF_TOPIC, Kind.CLARIFY, Kind.UNSURE, Kind.NONE_OF_THESE)
"""The kinds of a message that was not answered, or not surely."""

THUMBS = (Kind.GOOD, Kind.BAD)
"""The kinds of what somebody thought of an answer."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something worth keeping; nothing in it tells who it was.

    `at` is an aware UTC time, `text` the message as typed, cut short, "" where unknown, `understood` how it was read,
    `decision` a word or two, `candidates` what it could have meant with the chance of each, 0.0–1.0, likeliest first.
    `entry` is what a thumb is about; of a message, the entry or unstated thing it was taken for; "" if there is none.
    """

    at: datetime
    kind: Kind
    text: str
    understood: str
    decision: str
    candidates: tuple[tuple[str, float], ...]
    entry: str
