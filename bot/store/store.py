"""Keep events in a small SQLite file, and delete them for good."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Engine,
    NullPool,
    create_engine,
    delete,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import StoreError
from bot.store.model import THUMBS, Event, Kind
from bot.store.persons import Persons
from bot.store.tables import EVENTS, METADATA, event_in, row_of

SCHEMA = 1
"""The version of the tables, kept in the file."""

PURGED_EVERY = timedelta(hours=1)
"""How often, at most, noting something deletes what is too old."""

PATIENCE = 5.0
"""Seconds to wait for another process that uses the file."""


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """The events in a file, each kept for some days; may be used from several threads.

    A connection lives as long as a call, so that there is nothing to close, and the write-ahead log is empty between
    calls.
    """

    def __init__(self, path: Path, keep_days: int, now: Callable[[], datetime] = _now) -> None:
        """Open or make the file, its folder and a key beside it, readable by their owner only; drop what is too old.

        Raises:
            StoreError: One of them cannot be made or used.

        """
        self._path = path
        self._keep = timedelta(days=keep_days)
        self._now = now
        self._lock = Lock()
        # A run before may have been stopped between deleting and erasing.
        self._traces = True
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite would make it readable by all, and gives the files it puts beside it the same permissions.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
            self._persons = Persons(path.with_suffix(".key"))
        except OSError as error:
            raise _unusable(self._path, error.strerror or str(error)) from error
        self._engine = _engine(path)
        with self._connection(autocommit=True) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with self._connection() as connection:
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if found > SCHEMA:
                raise _unusable(self._path, "a newer version of this program made it")
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
        self.purge(now())

    def note(self, person: int, event: Event) -> int:
        """Keep an event and return its number; a person's thumb takes the place of their earlier one on that entry.

        Raises:
            StoreError: The file cannot be written.

        """
        if self._now() - self._purged >= PURGED_EVERY:
            self.purge(self._now())
        who = self._persons.name(person)
        with self._connection() as connection:
            if event.kind in THUMBS:
                same = (EVENTS.c.person == who, EVENTS.c.entry == event.entry, EVENTS.c.kind.in_(THUMBS))
                connection.execute(delete(EVENTS).where(*same))
            return connection.execute(insert(EVENTS).values(person=who, **row_of(event))).lastrowid

    def note_none_of_these(self, person: int, number: int) -> None:
        """Turn a person's question back of that number into a miss; nothing happens where it is gone or another's.

        Raises:
            StoreError: The file cannot be written.

        """
        mine = EVENTS.c.person == self._persons.name(person)
        meant = (EVENTS.c.number == number, EVENTS.c.kind == Kind.CLARIFY, mine)
        with self._connection() as connection:
            connection.execute(update(EVENTS).where(*meant).values(kind=Kind.NONE_OF_THESE))

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
        with self._connection() as connection:
            return tuple((int(row.number), event_in(row)) for row in connection.execute(wanted))

    def purge(self, now: datetime) -> int:
        """Delete for good what at an aware time `now` has been kept for too long; return how many events that was.

        Raises:
            StoreError: The file cannot be written.

        """
        deleted = self._delete(EVENTS.c.at < (now - self._keep).timestamp())
        self._purged = now
        return deleted

    def _delete(self, which: ColumnElement[bool]) -> int:
        with self._connection() as connection:
            deleted = connection.execute(delete(EVENTS).where(which)).rowcount
        self._traces = self._traces or bool(deleted)
        if self._traces:
            self._erase()
        return deleted

    def _erase(self) -> None:
        """Leave no trace of deleted rows in the file and its write-ahead log."""
        with self._connection(autocommit=True) as connection:
            # Deleting overwrites a row where it stands, yet a copy may stay where SQLite once moved it from.
            connection.exec_driver_sql("VACUUM")
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        if busy:
            raise _unusable(self._path, "another program is reading it; close that and try again")
        self._traces = False

    @contextmanager
    def _connection(self, *, autocommit: bool = False) -> Iterator[Connection]:
        """Yield a connection, in a transaction unless each statement is to stand alone; one caller at a time."""
        engine = self._engine.execution_options(isolation_level="AUTOCOMMIT") if autocommit else self._engine
        try:
            with self._lock, engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or type(error).__name__)
            raise _unusable(self._path, reason) from error


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


def _engine(path: Path) -> Engine:
    # With its parameters, an error would tell what people typed.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": PATIENCE},
    )
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 (whatever the driver connects with)
    for pragma in ("secure_delete=ON", "temp_store=MEMORY", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}").close()
