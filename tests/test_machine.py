"""What the bot needs of its machine: each trouble is found, and nothing is left behind."""

from __future__ import annotations

import os
from pathlib import Path
from shutil import copytree

import pytest

from bot.base.places import data_folder as package
from bot.finding import Level
from bot.machine import data_folder, env_file, knowledge, setting_names


@pytest.mark.parametrize(
    ("mode", "level"),
    [(0o600, Level.OK), (0o640, Level.OK), (0o644, Level.WARNING), (0o602, Level.WARNING), (0o604, Level.WARNING)],
)
def test_a_file_of_secrets_that_all_can_read_is_warned_about(tmp_path: Path, mode: int, level: Level) -> None:
    path = tmp_path / ".env"
    path.touch()
    path.chmod(mode)
    assert env_file(path).level is level


def test_where_there_is_no_file_of_secrets_nothing_is_amiss(tmp_path: Path) -> None:
    assert env_file(tmp_path / ".env").level is Level.OK


def test_a_misspelt_setting_is_warned_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTICLE_BOT_BASE", "elsewhere")
    (tmp_path / ".env").write_text("ARTICLE_BOT_KEEP_MISSES=false\nOTHER=1\n", encoding="utf-8")
    assert setting_names().level is Level.OK
    (tmp_path / ".env").write_text("ARTICLE_BOT_KEEP_MISES=false\nARTICLE_BOT_BASE=x\n", encoding="utf-8")
    monkeypatch.setenv("TELEGRAM_BOT_TOKN", "123:secret")
    monkeypatch.setenv("TELEGRAM_API_ID", "1")  # of a Bot API server on the same machine
    finding = setting_names()
    assert finding.level is Level.WARNING
    assert "ARTICLE_BOT_BASE or ARTICLE_BOT_KEEP_MISES or TELEGRAM_BOT_TOKN," in finding.what
    assert "secret" not in finding.what


def test_git_leaves_the_file_of_secrets_out() -> None:
    ignored = (Path(__file__).parent.parent / ".gitignore").read_text(encoding="utf-8")
    assert ".env" in ignored.splitlines()


def test_a_private_folder_is_well_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "misses.sqlite").touch(0o600)
    assert data_folder(tmp_path).level is Level.OK
    assert [each.name for each in tmp_path.iterdir()] == ["misses.sqlite"]


def test_a_folder_that_is_not_there_yet_is_well_and_not_made(tmp_path: Path) -> None:
    assert data_folder(tmp_path / "a" / "b").level is Level.OK
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_it_that_others_can_read_is_wrong_and_an_open_folder_warned_about(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    assert data_folder(tmp_path).level is Level.WARNING
    (tmp_path / "inbox.sqlite").touch()
    (tmp_path / "inbox.sqlite").chmod(0o640)
    finding = data_folder(tmp_path)
    assert (finding.level, "inbox.sqlite" in finding.what) == (Level.WRONG, True)


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_what_cannot_be_a_folder_is_wrong(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    assert data_folder(tmp_path / name).level is Level.WRONG


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="to root, every folder is open")
def test_a_folder_that_cannot_be_written_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert data_folder(tmp_path).level is Level.WRONG
    assert data_folder(tmp_path / "new").level is Level.WRONG


def test_the_base_is_well_or_not_learned_or_wrong(tiny: Path, tmp_path: Path) -> None:
    assert knowledge(tiny).level is Level.OK
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    smalltalk = tmp_path / "knowledge" / "smalltalk.yaml"
    smalltalk.write_text(smalltalk.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    finding = knowledge(tmp_path)
    assert (finding.level, finding.mend) == (Level.WARNING, "Run `python -m bot learn`.")
    smalltalk.unlink()
    assert knowledge(tmp_path).level is Level.WRONG
    assert knowledge(tmp_path / "seeds").level is Level.WRONG


def test_the_base_that_comes_with_the_bot_can_be_used() -> None:
    assert knowledge(package()).level is not Level.WRONG
