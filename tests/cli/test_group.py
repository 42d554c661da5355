from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner

from bot.cli import app
from tests.cli.commands import run

TOKEN = "123456:AAE-this_opens_nothing"


@pytest.fixture
def broken(tiny: Path, tmp_path: Path) -> Path:
    """Return a folder with a base that has two problems, in two files."""
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    article = tmp_path / "knowledge/article.yaml"
    article.write_text(article.read_text(encoding="utf-8").replace("words: rich", "words: poor"), encoding="utf-8")
    unstated = tmp_path / "knowledge/unstated/1-all.yaml"
    unstated.write_text(unstated.read_text(encoding="utf-8").replace("altman-age", "no-such"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "command", [(), *((name,) for name in "chat ask explain check evaluate misses webhook doctor health".split())]
)
def test_every_command_has_help(command: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, [*command, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    cut_short = [line for line in result.stdout.splitlines() if line.endswith("...") and "Usage:" not in line]
    assert cut_short == []


def test_the_base_can_be_named_by_the_environment(tiny: Path) -> None:
    result = CliRunner().invoke(app, ["ask", "How old is Altman?"], env={"ARTICLE_BOT_BASE": str(tiny)})
    assert result.stdout.startswith("Altman is 39.\n")


@pytest.mark.parametrize("command", [("ask", "hi"), ("chat",), ("explain", "hi"), ("check",), ("ask", "--jsonl")])
def test_no_command_uses_a_broken_base_and_all_problems_are_listed(broken: Path, command: tuple[str, ...]) -> None:
    result = run(*command, folder=broken)
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'article.yaml: slips: Line 3 of the article does not hold the words "poor"' in result.stderr
    assert "unstated/: wife: The nearest 'no-such' is no entry." in result.stderr


def test_a_folder_without_a_base_is_told_in_a_sentence(tmp_path: Path) -> None:
    result = run("ask", "hi", folder=tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "There is no knowledge base in" in result.stderr


def test_without_a_token_and_a_terminal_the_start_is_a_settings_error(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where no .env is
    result = run(folder=tiny, TELEGRAM_BOT_TOKEN=None)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "@BotFather" in result.stderr


def test_with_a_token_the_start_refuses_a_broken_base_and_never_shows_the_token(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(folder=broken, TELEGRAM_BOT_TOKEN=TOKEN)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "article.yaml: slips:" in result.stderr
    assert "unstated/: wife:" in result.stderr
    assert TOKEN not in result.output


def test_an_unknown_command_is_a_usage_error(tiny: Path) -> None:
    assert run("dance", folder=tiny).exit_code == 2
