import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.store.model import Event, Kind
from bot.store.store import Store

TOKEN = "123456:AAE-this_opens_nothing"


def run(*arguments: str, folder: Path, typed: str | bytes = "", **environment: str | None) -> Result:
    return CliRunner().invoke(app, ["--base", str(folder), *arguments], input=typed, env=environment)


def labelled(folder: Path, *messages: Mapping[str, object]) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(message) for message in messages), encoding="utf-8")
    return path


RIGHT = {"id": "1", "style": "plain", "q": "How old is Altman?", "expect": "answer", "lines": [3]}
HARM = {"id": "2", "style": "odd", "q": "What does Altman expect of Trump?", "expect": "refuse"}
REFUSED = {"id": "3", "style": "odd", "q": "zebras", "expect": "answer", "lines": [1], "must": ["stripes"]}


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


def test_explain_tells_how_a_question_was_decided(tiny: Path) -> None:
    result = run("explain", "how", "old is altmann", folder=tiny)
    assert result.exit_code == 0
    assert "altmann -> altman" in result.stdout
    assert "Decided" in result.stdout


def test_explain_needs_a_question(tiny: Path) -> None:
    assert run("explain", folder=tiny).exit_code == 2


def test_check_says_in_one_line_that_the_base_is_sound(tiny: Path) -> None:
    result = run("check", folder=tiny)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "The base is sound: 3 entries, 36 phrasings, 1 unstated things, all 2 lines of the article cited.\n"
    )


def test_check_fails_on_a_phrasing_that_another_entry_takes(tiny: Path, tmp_path: Path) -> None:
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    entries = tmp_path / "knowledge/phrasings/1-all.yaml"
    text = entries.read_text(encoding="utf-8")
    entries.write_text(text.replace("- article summary", "- How old is Altman, then?"), encoding="utf-8")
    result = run("check", folder=tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'summary: The phrasing "How old is Altman, then?" is answered by altman-age' in result.stderr
    assert "learned.json.gz: The base has changed since it was learned. Run `python -m bot learn`.\n" in result.stderr


def test_evaluate_counts_by_style_and_in_all(tiny: Path, tmp_path: Path) -> None:
    result = run("evaluate", str(labelled(tmp_path, RIGHT, HARM, REFUSED)), folder=tiny)
    assert result.exit_code == 0
    rows = [[cell.strip() for cell in line.strip("│").split("│")] for line in result.stdout.splitlines()]
    assert ["plain", "1", "1", "0", "0", "0"] in rows
    assert ["odd", "2", "0", "0", "1", "1"] in rows
    assert "3 messages: 50.0% of the answers right, 0.0% of the refusals" in " ".join(result.stdout.split())
    assert "zebras" not in result.stdout


def test_evaluate_shows_failures_with_what_was_said_and_what_was_expected(tiny: Path, tmp_path: Path) -> None:
    result = run("evaluate", "--failures", str(labelled(tmp_path, RIGHT, HARM, REFUSED)), folder=tiny)
    assert "2: What does Altman expect of Trump?" in result.stdout
    assert "He expects Trump to champion artificial intelligence. [altman-expects-of-trump]" in " ".join(
        result.stdout.split()
    )
    assert "a refusal" in result.stdout
    assert "an answer from ¶ 1 with /stripes/" in result.stdout
    assert "How old is Altman?" not in result.stdout


def test_evaluate_writes_json_for_machines(tiny: Path, tmp_path: Path) -> None:
    path = str(labelled(tmp_path, RIGHT, HARM))
    content = json.loads(run("evaluate", "--json", "--failures", path, folder=tiny).stdout)
    assert (content["messages"], content["answers"], content["refusals"], content["harm"]) == (2, 1.0, 0.0, 0.5)
    assert content["styles"]["odd"] == {"right": 0, "clarified": 0, "refused": 0, "harm": 1}
    assert [(each["id"], each["stated"]) for each in content["failures"]] == [("2", ["altman-expects-of-trump"])]
    assert "failures" not in json.loads(run("evaluate", "--json", path, folder=tiny).stdout)


def test_evaluate_of_no_messages_is_no_crash(tiny: Path, tmp_path: Path) -> None:
    assert run("evaluate", str(labelled(tmp_path)), folder=tiny).exit_code == 0
    assert json.loads(run("evaluate", "--json", str(labelled(tmp_path)), folder=tiny).stdout)["seconds"] is None


def test_a_file_that_does_not_exist_is_told_in_a_sentence(tiny: Path, tmp_path: Path) -> None:
    result = run("evaluate", str(tmp_path / "no.jsonl"), folder=tiny)
    assert (result.exit_code, result.stderr) == (1, f"There is no file {tmp_path / 'no.jsonl'}.\n")


def test_a_line_that_is_no_labelled_message_is_told_with_its_number(tiny: Path, tmp_path: Path) -> None:
    result = run("evaluate", str(labelled(tmp_path, RIGHT, {"id": "2"})), folder=tiny)
    assert result.exit_code == 1
    assert "labelled.jsonl, line 2: " in result.stderr


def test_chat_over_a_pipe_answers_and_ends_with_the_input(tiny: Path) -> None:
    result = run("chat", folder=tiny, typed="How old is Altman?\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("Altman is 39.\n")


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
    result = misses(tiny, *options, ARTICLE_BOT_DATA_DIR=str(kept / "other"))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"{start} in the last 30 days")
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


def test_an_unknown_command_is_a_usage_error(tiny: Path) -> None:
    assert run("dance", folder=tiny).exit_code == 2


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


def test_compare_lets_the_alternatives_look_through_the_phrasings(tiny: Path, tmp_path: Path) -> None:
    result = run("compare", str(labelled(tmp_path, RIGHT)), folder=tiny)
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "rapidfuzz" in line and "100.0%" in line.split("│")[2]][:1]
    assert row


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
