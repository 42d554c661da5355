import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import run


def test_ask_prints_the_answer_with_its_quote_note_and_what_else_can_be_asked(tiny: Path) -> None:
    result = run("ask", "How old is Altman?", folder=tiny)
    assert result.exit_code == 0
    assert result.stdout == (
        "Altman is 39.\n"
        "  ¶ 3   The 39-year-old CEO is rich; he likes [small] firms.\n"
        "  Curator's note: Nobody knows how rich.\n"
    )


def test_ask_takes_a_question_without_quotation_marks(tiny: Path) -> None:
    assert run("ask", "how", "old", "is", "altman", folder=tiny).stdout.startswith("Altman is 39.\n")


@pytest.mark.parametrize("arguments", [(), ("",), ("  ",), ("question", "--jsonl")])
def test_ask_without_a_question_or_with_too_much_is_a_usage_error(tiny: Path, arguments: tuple[str, ...]) -> None:
    result = run("ask", *arguments, folder=tiny)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Usage:" in result.stderr


def test_ask_with_jsonl_answers_lines_and_exits_with_1_after_a_bad_one(tiny: Path) -> None:
    line = '{"id": 1, "chat": "a", "text": "How old is Altman?"}\n'
    good = run("ask", "--jsonl", folder=tiny, typed=line)
    assert (good.exit_code, json.loads(good.stdout)["text"]) == (0, "Altman is 39.")
    bad = run("ask", "--jsonl", folder=tiny, typed=b"\xff\n" + line.encode())
    assert bad.exit_code == 1
    assert [("error" in json.loads(each)) for each in bad.stdout.splitlines()] == [True, False]


def test_explain_tells_how_a_question_was_decided(tiny: Path) -> None:
    result = run("explain", "how", "old is altmann", folder=tiny)
    assert result.exit_code == 0
    assert "altmann -> altman" in result.stdout
    assert "Decided" in result.stdout


def test_explain_needs_a_question(tiny: Path) -> None:
    assert run("explain", folder=tiny).exit_code == 2


def test_chat_over_a_pipe_answers_and_ends_with_the_input(tiny: Path) -> None:
    result = run("chat", folder=tiny, typed="How old is Altman?\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("Altman is 39.\n")


def test_ask_imports_nothing_that_only_others_need(tiny: Path) -> None:
    code = (
        "import sys; from bot.cli import app\n"
        f"app(['--base', {str(tiny)!r}, 'ask', 'How old is Altman?'], standalone_mode=False)\n"
        "print(sorted({'telegram', 'rich', 'scipy', 'sklearn', 'httpx', 'asyncio', 'sqlalchemy'} & set(sys.modules)))"
    )
    process = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert process.stdout.splitlines()[0] == "Altman is 39."
    assert process.stdout.splitlines()[-1] == "[]"


def test_the_program_runs_as_a_module_and_leaves_a_closed_pipe_quietly(tiny: Path) -> None:
    with subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "--base", str(tiny), "ask", "How old is Altman?"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def shell(folder: Path, command: str) -> tuple[int, str, str]:
    """Return how a line of shell ends in which `bot` is the program, with what it says and its complaints."""
    program = shlex.join([sys.executable, "-m", "bot", "--base", str(folder)])
    process = subprocess.run(  # noqa: S602 (our own program)
        command.replace("bot", program, 1),
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "ARTICLE_BOT_DATA_DIR": str(folder / "none")},
    )
    return process.returncode, process.stdout, process.stderr


@pytest.mark.parametrize("command", ["bot ask --jsonl <&-", "bot chat <&-"])
def test_a_closed_standard_input_is_told_in_a_sentence(tiny: Path, command: str) -> None:
    assert shell(tiny, command) == (1, "", "There is nothing to read from: standard input is closed.\n")


@pytest.mark.parametrize(
    "command", ["bot ask 'how old' >&-", "bot ask --jsonl >&-", "bot chat >&-", "bot explain hi >&-", "bot doctor >&-"]
)
def test_a_closed_standard_output_is_told_in_a_sentence(tiny: Path, command: str) -> None:
    assert shell(tiny, command) == (1, "", "There is nowhere to write to: standard output is closed.\n")


def test_what_needs_neither_runs_with_both_closed(tiny: Path) -> None:
    assert shell(tiny, "bot check <&- >&-") == (0, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the device that is always full")
@pytest.mark.parametrize(
    "command",
    [
        "bot ask 'how old' >/dev/full",
        'echo \'{"id": 1, "chat": "a", "text": "hi"}\' | bot ask --jsonl >/dev/full',
        "echo hi | bot chat >/dev/full",
        "bot explain hi >/dev/full",
        "bot check >/dev/full",
        "bot --help >/dev/full",
        "bot ask --help >/dev/full",
    ],
)
def test_a_full_disk_is_told_in_a_sentence(tiny: Path, command: str) -> None:
    assert shell(tiny, command) == (1, "", "Not everything could be written: No space left on device.\n")


def test_help_leaves_a_closed_pipe_quietly(tiny: Path) -> None:
    assert shell(tiny, "(bot --help; echo $? >&2) | true") == (0, "", "0\n")
