from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.model import Kind
from bot.store.store import Store
from tests.store.events import ADA, BOB, NOON, missed
from tests.store.kept import Clock, texts, written


def test_one_event_can_be_deleted_for_good(store: Store, path: Path) -> None:
    number = store.note(ADA, missed("ochre veranda"))
    store.note(ADA, missed("musk?"))
    store.drop(number)
    store.drop(number)
    assert texts(store) == ["musk?"]
    assert b"ochre" not in written(path.parent)


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


def test_of_too_many_the_oldest_are_deleted_for_good(
    store: Store, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.store.MOST", 3)
    for text in ("ochre veranda", "two", "three", "four"):
        store.note(ADA, missed(text))
    assert len(texts(store)) == 4
    clock.now += timedelta(hours=1)
    store.note(BOB, missed("five"))
    assert texts(store) == ["two", "three", "four", "five"]
    assert b"ochre" not in written(path.parent)


def test_opening_deletes_what_is_too_old(store: Store, path: Path, clock: Clock) -> None:
    store.note(ADA, missed("one"))
    clock.now += timedelta(days=8)
    assert texts(Store(path, 7, clock)) == []


def test_a_bot_that_runs_for_long_deletes_what_gets_too_old(store: Store, clock: Clock) -> None:
    store.note(ADA, missed("one"))
    clock.now += timedelta(days=31)
    store.note(BOB, missed("two", at=clock.now))
    assert texts(store) == ["two"]


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
