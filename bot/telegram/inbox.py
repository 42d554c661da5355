"""Keep updates on disk from before Telegram forgets them until they are dealt with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import time
from types import MappingProxyType

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from bot.errors import StoreError
from bot.store.sqlite import LITTLE_PATIENCE, Database
from bot.telegram.seats import Seats

SCHEMA = 4
"""The version of the table, kept in the file."""

UPGRADES = {
    2: "ALTER TABLE updates ADD COLUMN seat INTEGER NOT NULL DEFAULT 1",
    3: "ALTER TABLE updates ADD COLUMN queue VARCHAR",
    4: "CREATE INDEX waiting ON updates (bot, queue, place) WHERE content IS NOT NULL",
}
"""What leads to each version from the one before."""

KNOWN_FOR = 48 * 3600.0
"""Seconds for which the id of an update is remembered; Telegram keeps what is not confirmed for 24 hours."""

MOST_KNOWN = 100_000
"""How many ids are remembered at most after a purge, which a flood may reach within hours: the last ones."""

_METADATA = MetaData()
_UPDATES = Table(
    "updates",
    _METADATA,
    Column("place", Integer, primary_key=True),  # in the order of arrival; ids may start anew from any number
    Column("bot", BigInteger, nullable=False),  # each bot's updates are numbered on their own
    Column("update_id", BigInteger, nullable=False),
    Column("at", Float, nullable=False),  # seconds since 1970
    Column("content", String),  # none once it is dealt with
    Column("seat", Integer, nullable=False),  # of the process that is to deal with it
    Column("queue", String),  # in which it waits behind others, as that of its chat; none once it is dealt with
    UniqueConstraint("bot", "update_id"),
)
# So that no question about what waits goes through all that is known.
Index("waiting", _UPDATES.c.bot, _UPDATES.c.queue, _UPDATES.c.place, sqlite_where=_UPDATES.c.content.is_not(None))


class Inbox:
    """The updates in a file; what is in it survives a crash, and a power failure too.

    Several processes may share it. What each takes in is its own to deal with, as long as it lives.
    """

    def __init__(self, path: Path, bot: int = 0, now: Callable[[], float] = time) -> None:
        """Open or make the file for the bot of that id, readable by its owner only.

        Raises:
            StoreError: The file cannot be made or used.

        """
        self._bot = bot
        self._now = now
        self._unusable = partial(_unusable, path)
        self._database = Database(
            path, _METADATA, SCHEMA, self._unusable, upgrades=UPGRADES, busy=True, patience=LITTLE_PATIENCE
        )
        try:
            self._seats = Seats(path.parent, bot)
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error

    def add(self, rows: Sequence[tuple[int, str]], queues: Mapping[int, str] = MappingProxyType({})) -> frozenset[int]:
        """Keep updates, each with its id and its JSON; return the ids of those that were not here before.

        `queues` tells by id what they wait behind others in.

        Raises:
            StoreError: The file cannot be written; none is kept then.

        """
        new = set()
        with self._database.connection() as connection:
            for number, content in rows:
                values = {"bot": self._bot, "update_id": number, "at": self._now(), "content": content}
                row = insert(_UPDATES).values(values | {"seat": self._seats.mine, "queue": queues.get(number)})
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
            connection.execute(update(_UPDATES).where(*mine).values(content=None, queue=None))

    def is_next(self, number: int) -> bool:
        """Tell whether no other process has yet to deal with what came before an update in its queue.

        Raises:
            StoreError: The file cannot be read.

        """
        mine = _UPDATES.alias()
        this = (mine.c.bot == self._bot, mine.c.update_id == number)
        earlier = (_UPDATES.c.place < mine.c.place, _UPDATES.c.queue == mine.c.queue, _UPDATES.c.seat != mine.c.seat)
        wanted = select(_UPDATES.c.place).where(*this, *earlier, *self._waiting()).limit(1)
        with self._database.connection() as connection:
            return connection.execute(wanted).first() is None

    def step_aside(self, number: int) -> None:
        """Have nothing wait for an update any more that cannot be dealt with for now.

        Raises:
            StoreError: The file cannot be written.

        """
        this = (_UPDATES.c.bot == self._bot, _UPDATES.c.update_id == number)
        with self._database.connection() as connection:
            connection.execute(update(_UPDATES).where(*this).values(queue=None))

    def erase(self) -> bool:
        """Overwrite what is dealt with, in the file and its log; tell whether no other process was reading them.

        Raises:
            StoreError: The file cannot be written.

        """
        return self._database.truncate_log()

    def pending(self) -> tuple[tuple[int, str], ...]:
        """Return the updates that this process is to deal with, each with its id and its JSON, the oldest first.

        Raises:
            StoreError: The file cannot be read.

        """
        return tuple(row[1:] for row in self._rows(self._seats.mine))

    def inherit(self) -> tuple[tuple[int, str], ...]:
        """Take over what processes that are gone have left; return it as `pending` does, which has it from now on.

        Raises:
            StoreError: The file or a lock beside it cannot be used.

        """
        seats = select(_UPDATES.c.seat).where(*self._waiting()).distinct()
        with self._database.connection() as connection:
            others = {int(row[0]) for row in connection.execute(seats)} - {self._seats.mine}
        inherited: list[tuple[int, int, str]] = []
        for number in others:
            try:
                with self._seats.left(number) as left:
                    inherited += self._taken_over(number) if left else ()
            except OSError as error:
                raise self._unusable(error.strerror or str(error)) from error
        return tuple(row[1:] for row in sorted(inherited))

    def purge(self) -> None:
        """Forget the ids that Telegram cannot send again, and leave no trace of what is dealt with.

        What is pending stays, however old: whether it is still to be answered is not told here.

        Raises:
            StoreError: The file cannot be written.

        """
        last = select(func.max(_UPDATES.c.place)).scalar_subquery()
        old = (_UPDATES.c.at < self._now() - KNOWN_FOR) | (_UPDATES.c.place <= last - MOST_KNOWN)
        with self._database.connection() as connection:
            connection.execute(delete(_UPDATES).where(_UPDATES.c.content.is_(None), old))
        self._database.erase()

    def close(self) -> None:
        """Close the file, and leave what is pending to other processes or to the next."""
        self._database.close()
        self._seats.leave()

    def _taken_over(self, seat: int) -> tuple[tuple[int, int, str], ...]:
        rows = self._rows(seat)
        with self._database.connection() as connection:
            connection.execute(update(_UPDATES).where(*self._waiting(seat)).values(seat=self._seats.mine))
        return rows

    def _rows(self, seat: int) -> tuple[tuple[int, int, str], ...]:
        """Return what waits at a seat: the place in the order of all, the id, the JSON."""
        columns = (_UPDATES.c.place, _UPDATES.c.update_id, _UPDATES.c.content)
        wanted = select(*columns).where(*self._waiting(seat)).order_by(_UPDATES.c.place)
        with self._database.connection() as connection:
            return tuple((int(row[0]), int(row[1]), str(row[2])) for row in connection.execute(wanted))

    def _waiting(self, *seat: int) -> tuple[ColumnElement[bool], ...]:
        """Return what holds of the updates not yet dealt with, at one seat or at any."""
        return (
            _UPDATES.c.bot == self._bot,
            _UPDATES.c.content.is_not(None),
            *(_UPDATES.c.seat == each for each in seat),
        )


def _unusable(path: Path, reason: str) -> StoreError:
    return StoreError(
        f"The inbox, in which questions wait until they are answered, cannot be used: {path}: {reason}. Mend that, or "
        "name another folder in ARTICLE_BOT_DATA_DIR."
    )
