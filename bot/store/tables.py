"""The table that events stand in, and how an event becomes a row and a row an event."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, Float, Integer, MetaData, Row, String, Table

from bot.store.model import Event, Kind

METADATA = MetaData()
EVENTS = Table(
    "events",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("at", Float, nullable=False, index=True),  # seconds since 1970, UTC
    Column("person", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("text", String, nullable=False),
    Column("understood", String, nullable=False),
    Column("decision", String, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("entry", String, nullable=False),
    # A button may still hold the number of a row that is gone, so none is given twice.
    sqlite_autoincrement=True,
)


def row_of(event: Event) -> dict[str, Any]:
    """Return the columns of an event; its number and whose it is are not among them."""
    return {
        "at": event.at.timestamp(),
        "kind": event.kind,
        "text": event.text,
        "understood": event.understood,
        "decision": event.decision,
        "candidates": event.candidates,
        "entry": event.entry,
    }


def event_in(row: Row[Any]) -> Event:
    """Return the event that stands in a row."""
    return Event(
        at=datetime.fromtimestamp(row.at, UTC),
        kind=Kind(row.kind),
        text=row.text,
        understood=row.understood,
        decision=row.decision,
        candidates=tuple((str(id_), float(chance)) for id_, chance in row.candidates),
        entry=row.entry,
    )
