import json
import os
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest

from tests.cli.commands import run

RIGHT = {"id": "1", "style": "plain", "q": "How old is Altman?", "expect": "answer", "lines": [3]}
HARM = {"id": "2", "style": "odd", "q": "What does Altman expect of Trump?", "expect": "refuse"}
REFUSED = {"id": "3", "style": "odd", "q": "zebras", "expect": "answer", "lines": [1], "must": ["stripes"]}


def labelled(folder: Path, *messages: Mapping[str, object]) -> Path:
    path = folder / "labelled.jsonl"
    path.write_text("\n".join(json.dumps(message) for message in messages), encoding="utf-8")
    return path


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


@pytest.mark.parametrize("command", [("evaluate",), ("evaluate", "--json"), ("compare",)])
@pytest.mark.parametrize("text", ["", "\n \n"])
def test_a_file_without_messages_is_told_rather_than_measured(
    tiny: Path, tmp_path: Path, command: tuple[str, ...], text: str
) -> None:
    path = labelled(tmp_path)
    path.write_text(text, encoding="utf-8")
    result = run(*command, str(path), folder=tiny)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"There are no messages in {path}.\n"


def test_a_file_without_messages_beside_one_with_some_does_not_matter(tiny: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    result = run("evaluate", "--json", str(empty), str(labelled(tmp_path, RIGHT)), folder=tiny)
    assert json.loads(result.stdout)["messages"] == 1


def test_a_file_that_does_not_exist_is_told_in_a_sentence(tiny: Path, tmp_path: Path) -> None:
    result = run("evaluate", str(tmp_path / "no.jsonl"), folder=tiny)
    assert (result.exit_code, result.stderr) == (1, f"There is no file {tmp_path / 'no.jsonl'}.\n")


def test_all_that_are_no_files_are_told_and_why(tiny: Path, tmp_path: Path) -> None:
    missing, file = tmp_path / "no.jsonl", labelled(tmp_path, RIGHT)
    result = run("evaluate", str(missing), str(tmp_path), str(file), str(file / "below"), folder=tiny)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"There is no file {missing}. {tmp_path} is a folder, not a file. There is no file {file / 'below'}.\n"
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_as_good_as_a_file(tiny: Path, tmp_path: Path) -> None:
    pipe, content = tmp_path / "pipe", labelled(tmp_path, RIGHT).read_text(encoding="utf-8")
    os.mkfifo(pipe)
    writer = Thread(target=pipe.write_text, args=(content,), kwargs={"encoding": "utf-8"}, daemon=True)
    writer.start()
    result = run("evaluate", "--json", str(pipe), folder=tiny)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["messages"] == 1
    writer.join()


def test_a_line_that_is_no_labelled_message_is_told_with_its_number(tiny: Path, tmp_path: Path) -> None:
    result = run("evaluate", str(labelled(tmp_path, RIGHT, {"id": "2"})), folder=tiny)
    assert result.exit_code == 1
    assert "labelled.jsonl, line 2: " in result.stderr


def test_compare_lets_the_alternatives_look_through_the_phrasings(tiny: Path, tmp_path: Path) -> None:
    result = run("compare", str(labelled(tmp_path, RIGHT)), folder=tiny)
    assert result.exit_code == 0
    (row,) = [line for line in result.stdout.splitlines() if "rapidfuzz" in line and "100.0%" in line.split("│")[2]][:1]
    assert row
