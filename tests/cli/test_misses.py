from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.store.model import Event, Kind
from bot.store.store import Store


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a data folder in which one missed message is kept; it is not in the current one, where no .env is."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "data"
    event = Event(datetime.now(UTC), Kind.CLARIFY, "altman yeers", "", "clarify", (("altman-age", 0.25),), "")
    Store(folder / "misses.sqlite", 30).note(1, event)
    return folder


def misses(folder: Path, *options: str, **environment: str | None) -> Result:
    unset = dict.fromkeys(("TELEGRAM_BOT_TOKEN", "ARTICLE_BOT_KEEP_MISSES", "ARTICLE_BOT_KEEP_DAYS"))
    return CliRunner().invoke(app, ["--base", str(folder), "misses", *options], env={**unset, **environment})


def test_misses_lists_what_was_missed(tiny: Path, kept: Path) -> None:
    result = misses(tiny, ARTICLE_BOT_DATA_DIR=str(kept))
    assert result.exit_code == 0
    assert result.stdout.startswith("   1×  altman yeers\n")
    assert "altman-age" in result.stdout


def test_misses_writes_phrasings_to_paste(tiny: Path, kept: Path) -> None:
    result = misses(tiny, "--yaml", ARTICLE_BOT_DATA_DIR=str(kept))
    assert result.exit_code == 0
    assert "\naltman-age:\n  - altman yeers  # 1 time, asked back" in result.stdout


@pytest.mark.parametrize(("options", "start"), [((), "Nothing was missed"), (("--yaml",), "# Nothing was missed")])
def test_misses_says_so_where_there_are_none(tiny: Path, kept: Path, options: tuple[str, ...], start: str) -> None:
    Store(kept / "empty" / "misses.sqlite", 30).purge(datetime.now(UTC))
    result = misses(tiny, *options, ARTICLE_BOT_DATA_DIR=str(kept / "empty"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{start} in the last 30 days")


@pytest.mark.parametrize(("options", "start"), [((), "There is no file"), (("--yaml",), "# There is no file")])
def test_misses_says_where_it_looked_where_there_is_no_file(
    tiny: Path, kept: Path, options: tuple[str, ...], start: str
) -> None:
    result = misses(tiny, *options, ARTICLE_BOT_DATA_DIR=str(kept / "other"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{start} {kept / 'other' / 'misses.sqlite'} yet")
    assert "missed" not in result.stdout
    assert result.stdout.count("\n") == 1
    assert not (kept / "other").exists()


@pytest.mark.parametrize(("options", "start"), [((), "Nothing is kept"), (("--yaml",), "# Nothing is kept")])
def test_misses_says_so_where_nothing_is_kept(tiny: Path, kept: Path, options: tuple[str, ...], start: str) -> None:
    result = misses(tiny, *options, ARTICLE_BOT_DATA_DIR=str(kept), ARTICLE_BOT_KEEP_MISSES="false")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(start)
    assert "yeers" not in result.stdout


def test_misses_of_a_broken_file_are_told_in_a_sentence(tiny: Path, kept: Path) -> None:
    (kept / "misses.sqlite").write_bytes(b"no database" * 200)
    result = misses(tiny, ARTICLE_BOT_DATA_DIR=str(kept))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "file is not a database" in result.stderr
