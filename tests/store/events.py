"""Events to keep, made with as little as a test is about."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.store.model import Event, Kind

NOON = datetime(2024, 11, 6, 12, 0, 0, 123456, tzinfo=UTC)

ADA, BOB = 15550001, 15550002


def missed(
    text: str,
    kind: Kind = Kind.NOT_IN_ARTICLE,
    *candidates: tuple[str, float],
    entry: str = "",
    at: datetime = NOON,
) -> Event:
    return Event(at, kind, text, text.lower(), "a word", candidates, entry)
