from __future__ import annotations

import random
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import BotError, StoreError
from bot.store.model import MISSES, Event, Kind
from bot.store.noting import thumb
from bot.store.store import Store, everything
from tests.store.events import NOON, missed

ADA, BOB = 15550001, 15550002


class Clock:
    """Tells the time that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "misses.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(path: Path, clock: Clock) -> Store:
    return Store(path, 30, clock)


def texts(store: Store, *kinds: Kind) -> list[str]:
    return [event.text for _, event in store.events(kinds or tuple(Kind))]


def written(folder: Path) -> bytes:
    """Return all bytes of all files of the store."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))


def test_an_event_comes_back_as_it_was_kept(store: Store) -> None:
    event = Event(NOON, Kind.CLARIFY, "Маск 🙂 'x'\"; --", "musk", "clarify", (("a", 0.1234567), ("b", 0.0)), "c")
    number = store.note(ADA, event)
    assert store.events([Kind.CLARIFY]) == ((number, event),)


def test_events_are_chosen_by_kind_and_come_the_oldest_first(store: Store) -> None:
    store.note(ADA, missed("one", Kind.UNSURE))
    store.note(ADA, thumb("altman-age", True))
    store.note(BOB, missed("two", Kind.OFF_TOPIC))
    assert texts(store, *MISSES) == ["one", "two"]
    assert texts(store, Kind.OFF_TOPIC) == ["two"]
    assert store.events([]) == ()


def test_what_is_kept_outlives_the_store(store: Store, path: Path, clock: Clock) -> None:
    number = store.note(ADA, missed("one"))
    again = Store(path, 30, clock)
    assert again.events(Kind) == ((number, missed("one")),)
    assert again.forget(ADA) == 1


def test_none_of_these_turns_a_question_back_into_a_miss(store: Store) -> None:
    number = store.note(ADA, missed("altman?", Kind.CLARIFY))
    store.note_none_of_these(ADA, number)
    assert texts(store, Kind.NONE_OF_THESE) == ["altman?"]
    assert texts(store, Kind.CLARIFY) == []


def test_none_of_these_changes_nothing_else(store: Store) -> None:
    number = store.note(ADA, missed("altman?", Kind.OFF_TOPIC))
    theirs = store.note(BOB, missed("musk?", Kind.CLARIFY))
    for each in (number, theirs, theirs + 1):
        store.note_none_of_these(ADA, each)
    assert texts(store, Kind.OFF_TOPIC) == ["altman?"]
    assert texts(store, Kind.NONE_OF_THESE) == []


def test_one_event_can_be_deleted_for_good(store: Store, path: Path) -> None:
    number = store.note(ADA, missed("ochre veranda"))
    store.note(ADA, missed("musk?"))
    store.drop(number)
    store.drop(number)
    assert texts(store) == ["musk?"]
    assert b"ochre" not in written(path.parent)


def test_no_number_is_given_twice(store: Store) -> None:
    number = store.note(ADA, missed("altman?", Kind.CLARIFY))
    store.forget(ADA)
    assert store.note(BOB, missed("musk?", Kind.CLARIFY)) > number


def test_a_thumb_takes_the_place_of_the_same_persons_earlier_one(store: Store) -> None:
    store.note(ADA, thumb("altman-age", True))
    store.note(ADA, thumb("musk-sued", True))
    store.note(BOB, thumb("altman-age", True))
    store.note(ADA, thumb("altman-age", False))
    kept = [(event.entry, event.kind) for _, event in store.events(Kind)]
    assert kept == [("musk-sued", Kind.GOOD), ("altman-age", Kind.GOOD), ("altman-age", Kind.BAD)]


def test_to_forget_deletes_all_of_one_person_and_nothing_of_others(store: Store) -> None:
    for text in ("one", "two"):
        store.note(ADA, missed(text))
    store.note(BOB, missed("three"))
    assert store.forget(ADA) == 2
    assert texts(store) == ["three"]
    assert store.forget(ADA) == 0


def test_what_is_forgotten_is_in_no_file_any_more(store: Store, path: Path) -> None:
    # Rows of these lengths, growing in this order, make SQLite leave copies behind that deleting does not overwrite.
    chance = random.Random(3)  # noqa: S311 (no secret)
    numbers: list[tuple[int, int]] = []
    for number in range(120):
        who, name = (ADA, "ada-said") if chance.random() < 0.5 else (BOB, "bob-said")
        numbers.append((who, store.note(who, missed(f"{name}-{number} " + "x" * chance.randrange(480), Kind.CLARIFY))))
        if chance.random() < 0.4:
            store.note_none_of_these(*chance.choice(numbers))
    before = len(store.events(Kind))
    assert b"ada-said" in written(path.parent)
    deleted = store.forget(ADA)
    assert b"ada-said" not in written(path.parent)
    assert len(store.events(Kind)) == before - deleted > 0


def test_nothing_that_is_written_tells_who_it_was(store: Store, path: Path) -> None:
    store.note(ADA, missed("one"))
    assert str(ADA).encode() not in written(path.parent)
    assert ADA.to_bytes(4, "big") not in written(path.parent)


def test_another_folder_has_another_key_so_that_persons_cannot_be_matched(tmp_path: Path) -> None:
    names = set()
    for folder in ("a", "b"):
        Store(tmp_path / folder / "misses.sqlite", 30).note(ADA, missed("one", at=datetime.now(NOON.tzinfo)))
        with closing(sqlite3.connect(tmp_path / folder / "misses.sqlite")) as connection:
            names.update(connection.execute("SELECT person FROM events").fetchall())
    assert len(names) == 2


def test_what_is_too_old_is_deleted_for_good(store: Store, path: Path) -> None:
    store.note(ADA, missed("too-old", at=NOON - timedelta(days=30, seconds=1)))
    store.note(ADA, missed("young-enough", at=NOON - timedelta(days=30)))
    assert store.purge(NOON) == 1
    assert texts(store) == ["young-enough"]
    assert b"too-old" not in written(path.parent)


def test_opening_deletes_what_is_too_old(store: Store, path: Path, clock: Clock) -> None:
    store.note(ADA, missed("one"))
    clock.now += timedelta(days=8)
    assert texts(Store(path, 7, clock)) == []


def test_a_bot_that_runs_for_long_deletes_what_gets_too_old(store: Store, clock: Clock) -> None:
    store.note(ADA, missed("one"))
    clock.now += timedelta(days=31)
    store.note(BOB, missed("two", at=clock.now))
    assert texts(store) == ["two"]


def test_only_the_owner_can_read_any_of_it(store: Store, path: Path) -> None:
    store.note(ADA, missed("one"))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        connection.execute("DELETE FROM events")
        files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert files == dict.fromkeys(("misses.sqlite", "misses.sqlite-shm", "misses.sqlite-wal", "misses.key"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Store(tmp_path / "misses.sqlite", 30)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_many_threads_may_use_it_at_once(store: Store) -> None:
    def use(person: int) -> int:
        for number in range(10):
            store.note(person, missed(f"{person} {number}"))
            store.events([Kind.CLARIFY])
        return store.forget(person) if person % 2 else 0

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(use, range(8))) == 40
    assert len(store.events(Kind)) == 40


def test_two_programs_may_use_it_at_once(store: Store, path: Path, clock: Clock) -> None:
    other = Store(path, 30, clock)
    store.note(ADA, missed("one"))
    other.note(ADA, missed("two"))
    assert other.forget(ADA) == 2
    assert store.events(Kind) == ()


@pytest.fixture
def unreadable(path: Path) -> Path:
    path.parent.mkdir()
    path.write_bytes(b"This is no database, and people's words are not in it." * 100)
    return path


def test_a_file_that_is_no_database_is_told_in_a_sentence(unreadable: Path) -> None:
    with pytest.raises(StoreError, match="file is not a database") as caught:
        Store(unreadable, 30)
    assert isinstance(caught.value, BotError)
    assert str(unreadable) in str(caught.value)
    assert "ARTICLE_BOT_DATA_DIR" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"cannot be used: .*misses\.sqlite: (Not a directory|File exists)\."):
        Store(tmp_path / "file" / "misses.sqlite", 30)


def test_a_broken_key_is_told_in_a_sentence(store: Store, path: Path) -> None:
    assert store.events(Kind) == ()
    path.with_suffix(".key").write_bytes(b"short")
    with pytest.raises(StoreError, match=r"The key in .*misses\.key is broken\. Delete it"):
        Store(path, 30)


def test_a_file_of_a_newer_version_is_left_alone(store: Store, path: Path) -> None:
    assert store.events(Kind) == ()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(StoreError, match="newer version"):
        Store(path, 30)


def test_an_error_holds_nothing_of_what_people_typed(store: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE events")
    with pytest.raises(StoreError, match="no such table") as caught:
        store.note(ADA, missed("my-secret"))
    error: BaseException | None = caught.value
    while error:
        assert "my-secret" not in str(error)
        error = error.__cause__ or error.__context__


def test_text_that_stays_because_another_program_reads_it_is_told_and_deleted_the_next_time(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.PATIENCE", 0.05)
    store = Store(path, 30, clock)
    store.note(ADA, missed("ada-said"))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        with pytest.raises(StoreError, match="close that and try again"):
            store.forget(ADA)
        assert b"ada-said" in written(path.parent)
        reader.execute("COMMIT")
        assert store.forget(ADA) == 0
        assert b"ada-said" not in written(path.parent)


def test_reading_everything_makes_no_file_where_there_is_none(path: Path) -> None:
    assert everything(path, 30) == ()
    assert not path.parent.exists()


def test_reading_everything_gives_all_events_the_oldest_first(path: Path) -> None:
    now = datetime.now(NOON.tzinfo)
    store = Store(path, 30)
    store.note(ADA, missed("one", at=now))
    store.note(ADA, missed("two", Kind.CLARIFY, at=now))
    assert [event.text for event in everything(path, 30)] == ["one", "two"]
