"""The sign of life: written whole and privately, and told in one sentence with an exit code."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.errors import HealthError
from bot.health import age, alive, beat


def asked(folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["health", *options], env={"ARTICLE_BOT_DATA_DIR": str(folder)})


def test_a_beat_is_whole_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "data" / "health.json"
    before = os.umask(0)
    try:
        beat(path, 5)
        beat(path, 7.5)
    finally:
        os.umask(before)
    assert json.loads(path.read_text(encoding="utf-8")) == {"polled": 7.5}
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(path.parent.iterdir()) == [path]
    assert age(path, 10) == 2.5


def test_a_beat_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "health.json"
    path.mkdir()
    with pytest.raises(OSError, match=r"health\.json"):
        beat(path, 5)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("seconds", "lives"), [(0, True), (119, True), (120, False), (-60, True), (-120, False)])
def test_only_a_young_beat_counts(tmp_path: Path, seconds: float, lives: bool) -> None:
    path = tmp_path / "health.json"
    beat(path, 1000)
    if lives:
        assert alive(path, 1000 + seconds).startswith("The bot is alive")
    else:
        with pytest.raises(HealthError):
            alive(path, 1000 + seconds)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"7", b'{"polled": "7"}', b'{"polled": true}', b'{"polled": NaN}', b"\xff", b"{}"]
)
def test_a_garbled_beat_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "health.json").write_bytes(content)
    with pytest.raises(HealthError, match="garbled"):
        alive(tmp_path / "health.json", 7)


def test_the_command_says_that_the_bot_is_alive(tmp_path: Path) -> None:
    beat(tmp_path / "health.json", time.time())
    result = asked(tmp_path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("The bot is alive: its last sign of life is 0 s old.")


@pytest.mark.parametrize(("options", "code"), [((), 1), (("--older-than", "900"), 0)])
def test_the_command_fails_once_the_beat_is_too_old(tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    beat(tmp_path / "health.json", time.time() - 600)
    assert asked(tmp_path, *options).exit_code == code


def test_the_command_fails_in_one_sentence_where_there_was_no_beat(tmp_path: Path) -> None:
    result = asked(tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr
        == f"There is no sign of life in {tmp_path / 'health.json'}: the bot has stopped, or only just begun.\n"
    )
