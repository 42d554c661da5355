"""Open an SQLite file that only its owner can read, and leave no trace in it of what was deleted."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, NullPool, StaticPool, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random

from bot.errors import StoreError

PATIENCE, LITTLE_PATIENCE = 5.0, 1.5
"""Seconds to wait for another process that uses a file, and where people wait for an answer."""


class Database:
    """The tables in a file; may be used from several threads."""

    def __init__(  # noqa: PLR0913 (what a file is, said once for each)
        self,
        path: Path,
        tables: MetaData,
        schema: int,
        unusable: Callable[[str], StoreError],
        *,
        upgrades: Mapping[int, str] = MappingProxyType({}),
        busy: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        """Open or make the file and its folder, readable by their owner only, and the tables in it.

        `schema` is the version of the tables, kept in the file, and `upgrades` the statement that leads to each from
        the one before; `unusable` turns a reason into what is raised.
        A connection lives as long as a call, so that there is nothing to close, and the write-ahead log is empty
        between calls. That takes some 20 ms a call; a `busy` file stays open until `close`, which takes 1 to 5, and
        what a call has written to it survives a power failure right after.
        `patience` is for how many seconds at most a call waits for another process that uses the file.

        Raises:
            StoreError: The file cannot be made or used, or a newer version of the program made it.

        """
        self._unusable = unusable
        self._lock = Lock()
        self._closed = False
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # SQLite would make it readable by all, and gives the files it puts beside it the same permissions.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
        except OSError as error:
            raise unusable(error.strerror or str(error)) from error
        self._engine = _engine(path, busy=busy, patience=patience)
        # SQLite itself does not wait for every lock.
        waiting = Retrying(
            retry=retry_if_exception(lambda error: "locked" in str(error)),
            stop=stop_after_delay(PATIENCE),
            wait=wait_random(0, 0.1),
            reraise=True,
        )
        waiting(self._set_up, tables, schema, upgrades)

    def _set_up(self, tables: MetaData, schema: int, upgrades: Mapping[int, str]) -> None:
        """Make the tables or bring them up to date, all or nothing: this may be killed, others may start at once."""
        with self.connection(autocommit=True) as connection:
            if connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() != "wal":
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            found = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if found > schema:
                raise self._unusable("a newer version of this program made it")
            tables.create_all(connection)
            for version in range(found + 1, schema + 1) if found else ():  # a new file has the tables as they are now
                connection.exec_driver_sql(upgrades[version])
            connection.exec_driver_sql(f"PRAGMA user_version={schema}")
            connection.exec_driver_sql("COMMIT")

    @contextmanager
    def connection(self, *, autocommit: bool = False) -> Iterator[Connection]:
        """Yield a connection, in a transaction unless each statement is to stand alone; one caller at a time.

        Raises:
            StoreError: The file cannot be read or written.

        """
        engine = self._engine.execution_options(isolation_level="AUTOCOMMIT") if autocommit else self._engine
        try:
            with self._lock:
                if self._closed:
                    raise self._unusable("it is closed already")
                with engine.begin() as connection:
                    yield connection
        except SQLAlchemyError as error:
            raise self._unusable(str(getattr(error, "orig", None) or type(error).__name__)) from error

    def close(self) -> None:
        """Close the file for good, once a call under way in another thread has ended."""
        with self._lock:
            self._closed = True
            self._engine.dispose()

    def erase(self) -> None:
        """Leave no trace of deleted rows in the file and its write-ahead log.

        Raises:
            StoreError: Another program is reading the file.

        """
        with self.connection(autocommit=True) as connection:
            # Deleting overwrites a row where it stands, yet a copy may stay where SQLite once moved it from.
            connection.exec_driver_sql("VACUUM")
        if not self.truncate_log():
            raise self._unusable("another program is reading it; close that and try again")

    def truncate_log(self) -> bool:
        """Empty the write-ahead log; tell whether nobody was reading it.

        Raises:
            StoreError: The file cannot be written.

        """
        with self.connection(autocommit=True) as connection:
            return not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]


def _engine(path: Path, *, busy: bool, patience: float) -> Engine:
    # With its parameters, an error would tell what people typed.
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool if busy else NullPool,
        hide_parameters=True,
        connect_args={"timeout": patience, "check_same_thread": False},  # one caller at a time
    )

    def prepare(connection: Any, _: object) -> None:  # noqa: ANN401 (whatever the driver connects with)
        for pragma in ("secure_delete=ON", "temp_store=MEMORY", f"synchronous={'FULL' if busy else 'NORMAL'}"):
            connection.execute(f"PRAGMA {pragma}").close()

    event.listen(engine, "connect", prepare)
    return engine
