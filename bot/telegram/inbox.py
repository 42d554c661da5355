"""Keep updates on disk from before Telegram forgets them until they are dealt with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from time import time

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    delete,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.errors import StoreError
from bot.store.sqlite import Database

SCHEMA = 1
"""The version of the table, kept in the file."""

KNOWN_FOR = 48 * 3600.0
"""Seconds for which the id of an update is remembered; Telegram keeps what is not confirmed for 24 hours."""

_METADATA = MetaData()
_UPDATES = Table(
    "updates",
    _METADATA,
    Column("place", Integer, primary_key=True),  # in the order of arrival; ids may start anew from any number
    Column("bot", BigInteger, nullable=False),  # each bot's updates are numbered on their own
    Column("update_id", BigInteger, nullable=False),
    Column("at", Float, nullable=False),  # seconds since 1970
    Column("content", String),  # none once it is dealt with
    UniqueConstraint("bot", "update_id"),
)
Index("pending", _UPDATES.c.place, sqlite_where=_UPDATES.c.content.is_not(None))


class Inbox:
    """The updates in a file; what is in it survives a crash, and a power failure too."""

    def __init__(self, path: Path, bot: int = 0, now: Callable[[], float] = time) -> None:
        """Open or make the file for the bot of that id, readable by its owner only, and drop what is too old.

        Raises:
            StoreError: The file cannot be made or used.

        """
        self._bot = bot
        self._now = now
        self._database = Database(path, _METADATA, SCHEMA, partial(_unusable, path), busy=True)
        self.purge()

    def add(self, rows: Sequence[tuple[int, str]]) -> frozenset[int]:
        """Keep updates, each with its id and its JSON; return the ids of those that were not here before.

        Raises:
            StoreError: The file cannot be written; none is kept then.

        """
        new = set()
        with self._database.connection() as connection:
            for number, content in rows:
                row = insert(_UPDATES).values(bot=self._bot, update_id=number, at=self._now(), content=content)
                if connection.execute(row.on_conflict_do_nothing()).rowcount:
                    new.add(number)
        return frozenset(new)

    def done(self, *numbers: int) -> None:
        """Have updates count as dealt with, whatever happens right after; their ids stay.

        What they said is in the file or its write-ahead log until `erase`.

        Raises:
            StoreError: The file cannot be written.

        """
        mine = (_UPDATES.c.bot == self._bot, _UPDATES.c.update_id.in_(numbers))
        with self._database.connection() as connection:
            connection.execute(update(_UPDATES).where(*mine).values(content=None))

    def erase(self) -> None:
        """Overwrite what is dealt with, in the file and its write-ahead log, unless another process is reading them.

        Raises:
            StoreError: The file cannot be written.

        """
        self._database.truncate_log()

    def pending(self) -> tuple[tuple[int, str], ...]:
        """Return the updates not yet dealt with, each with its id and its JSON, the oldest first.

        Raises:
            StoreError: The file cannot be read.

        """
        columns = (_UPDATES.c.update_id, _UPDATES.c.content)
        wanted = select(*columns).where(_UPDATES.c.bot == self._bot, _UPDATES.c.content.is_not(None))
        with self._database.connection() as connection:
            return tuple((int(row[0]), str(row[1])) for row in connection.execute(wanted.order_by(_UPDATES.c.place)))

    def purge(self) -> None:
        """Forget the ids that Telegram cannot send again, and leave no trace of what is dealt with.

        What is pending stays, however old: whether it is still to be answered is not told here.

        Raises:
            StoreError: The file cannot be written.

        """
        old = (_UPDATES.c.content.is_(None), _UPDATES.c.at < self._now() - KNOWN_FOR)
        with self._database.connection() as connection:
            connection.execute(delete(_UPDATES).where(*old))
        self._database.erase()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _unusable(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"The inbox, in which questions wait until they are answered, cannot be used: {path}: {reason}. Mend that, or "
        "name another folder in ARTICLE_BOT_DATA_DIR."
    )
