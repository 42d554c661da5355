"""Keep events in a small SQLite file, and delete them for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from bot.errors import StoreError
from bot.store.model import THUMBS, Event, Kind
from bot.store.persons import Persons
from bot.store.sqlite import PATIENCE, Database
from bot.store.tables import EVENTS, METADATA, event_in, row_of

SCHEMA = 1
"""The version of the tables, kept in the file."""

MOST = 100_000
"""How many events are kept; the oldest make room. They take some 30 MB."""

PURGED_EVERY = timedelta(hours=1)
"""How often, at most, noting something deletes what is too old."""


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The events in a file, each kept for some days, and of very many the newest; may be used from several threads."""

    def __init__(
        self, path: Path, keep_days: int, now: Callable[[], datetime] = _now, *, patience: float = PATIENCE
    ) -> None:
        """Open or make the file, its folder and a key beside it, readable by their owner only; drop what is too old.

        `patience` is for how many seconds at most a call waits for another process that uses the file.

        Raises:
            StoreError: One of them cannot be made or used.

        """
        unusable = partial(_unusable, path)
        self._keep = timedelta(days=keep_days)
        self._now = now
        # A run before may have been stopped between deleting and erasing.
        self._traces = True
        self._database = Database(path, METADATA, SCHEMA, unusable, patience=patience)
        try:
            self._persons = Persons(path.with_suffix(".key"))
        except OSError as error:
            raise unusable(error.strerror or str(error)) from error
        self.purge(now())

    def note(self, person: int, event: Event) -> int:
        """Keep an event and return its number; a person's thumb takes the place of their earlier one on that entry.

        Raises:
            StoreError: The file cannot be written.

        """
        if self._now() - self._purged >= PURGED_EVERY:
            self.purge(self._now())
        who = self._persons.name(person)
        with self._database.connection() as connection:
            if event.kind in THUMBS:
                same = (EVENTS.c.person == who, EVENTS.c.entry == event.entry, EVENTS.c.kind.in_(THUMBS))
                connection.execute(delete(EVENTS).where(*same))
            return connection.execute(insert(EVENTS).values(person=who, **row_of(event))).lastrowid

    def note_none_of_these(self, person: int, number: int) -> None:
        """Turn a person's question back or refusal of that number into one where nothing offered was meant.

        Nothing happens where it is gone, another's or something else.

        Raises:
            StoreError: The file cannot be written.

        """
        mine = EVENTS.c.person == self._persons.name(person)
        meant = (EVENTS.c.number == number, EVENTS.c.kind.in_((Kind.CLARIFY, Kind.NOT_IN_ARTICLE)), mine)
        with self._database.connection() as connection:
            connection.execute(update(EVENTS).where(*meant).values(kind=Kind.NONE_OF_THESE))

    def drop(self, number: int) -> None:
        """Delete for good the event of that number, if it is there.

        Raises:
            StoreError: It could not be deleted for good.

        """
        self._delete(EVENTS.c.number == number)

    def forget(self, person: int) -> int:
        """Delete for good all that a person said or thought; return how many events that was.

        Raises:
            StoreError: Not all of it could be deleted for good; to call again may help.

        """
        return self._delete(EVENTS.c.person == self._persons.name(person))

    def events(self, kinds: Iterable[Kind]) -> tuple[tuple[int, Event], ...]:
        """Return the events of these kinds with their numbers, the oldest first.

        Raises:
            StoreError: The file cannot be read.

        """
        wanted = select(EVENTS).where(EVENTS.c.kind.in_(tuple(kinds))).order_by(EVENTS.c.number)
        with self._database.connection() as connection:
            return tuple((int(row.number), event_in(row)) for row in connection.execute(wanted))

    def purge(self, now: datetime) -> int:
        """Delete for good what at an aware time `now` has been kept for too long, and the oldest of too many.

        Return how many events that was.

        Raises:
            StoreError: The file cannot be written.

        """
        newest = select(func.max(EVENTS.c.number)).scalar_subquery()
        deleted = self._delete((EVENTS.c.at < (now - self._keep).timestamp()) | (EVENTS.c.number <= newest - MOST))
        self._purged = now
        return deleted

    def _delete(self, which: ColumnElement[bool]) -> int:
        with self._database.connection() as connection:
            deleted = connection.execute(delete(EVENTS).where(which)).rowcount
        self._traces = self._traces or bool(deleted)
        if self._traces:
            self._database.erase()
            self._traces = False
        return deleted


def everything(path: Path, keep_days: int) -> tuple[Event, ...]:
    """Return all events in a file, the oldest first; none, and no file made, where there is none.

    Raises:
        StoreError: The file cannot be used.

    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as error:
        raise _unusable(path, error.strerror or str(error)) from error
    return tuple(event for _, event in Store(path, keep_days).events(Kind))


def _unusable(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"What the bot keeps for its curator cannot be used: {path}: {reason}. Mend that, name another folder in "
        "ARTICLE_BOT_DATA_DIR, or keep nothing with ARTICLE_BOT_KEEP_MISSES=false."
    )
