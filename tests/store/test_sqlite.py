from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import BotError, StoreError
from bot.store.model import Kind
from bot.store.store import Store
from tests.store.events import ADA, missed
from tests.store.kept import Clock


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
