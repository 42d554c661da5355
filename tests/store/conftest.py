from __future__ import annotations

from pathlib import Path

import pytest

from bot.store.store import Store
from tests.store.kept import Clock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "misses.sqlite"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(path: Path, clock: Clock) -> Store:
    return Store(path, 30, clock)
