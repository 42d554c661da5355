from pathlib import Path
from shutil import copytree

import pytest

from bot.base.check import structure
from bot.base.model import Base
from bot.base.problems import Problem
from tests.base.copied import Copy


@pytest.fixture(scope="session")
def usual(base: Base) -> list[Problem]:
    """Return what is wrong with the real base, which is not to be counted against a copy."""
    return structure(base)


@pytest.fixture
def copied(tmp_path: Path, usual: list[Problem]) -> Copy:
    return Copy(tmp_path, usual)


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    """Return a folder with the tiny base, to be spoilt."""
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    return tmp_path
