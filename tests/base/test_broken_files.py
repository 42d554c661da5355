from pathlib import Path

import pytest

from bot.base.load import load
from bot.errors import BaseError
from tests.base.editing import ENTRIES, FILES, append, change, only, problems


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / "knowledge" / file).unlink()
    assert only(folder) == f"{file}: The file is missing. Put it back; every base has one."


def test_all_missing_files_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BaseError) as raised:
        load(tmp_path)
    text = str(raised.value)
    assert all(f"\n{file}: The file is missing." in text for file in FILES)
    assert "\nentries/: There is no file of entries." in text
    assert text.count("\n") == len(FILES) + 1


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("messages.yaml", '\n"yes": Yeah.\n', "yes"),
        ("calibration.yaml", "\nanswer: 0.1\n", "answer"),
        ("article.yaml", "\ntitle: Another\n", "title"),
        ("entities.yaml", "\n- {id: one, name: One, type: person, name: Two}\n", "name"),
        ("entries/1-all.yaml", "    label: Again\n    label: And again\n", "label"),
    ],
)
def test_a_key_given_twice_is_told_with_its_line(folder: Path, file: str, text: str, key: str) -> None:
    append(folder, file, text)
    problem = only(folder)
    assert problem.startswith(f"{file}: line ")
    assert f"the key '{key}' is given twice" in problem


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            ENTRIES,
            "    follow_ups:",
            "    folow_ups:",
            "entries > altman-expects-of-trump > folow_ups: This key is unknown.",
        ),
        (ENTRIES, "    answer: Altman is 39.\n", "", "entries > altman-age > answer: This key is missing. Add it."),
        (ENTRIES, "line: 3,", "line: 0,", "entries > altman-age > evidence > item 1 > line: Input should be greater"),
        (ENTRIES, "id: altman-age\n", "id: Altman Age\n", "entries > Altman Age > id: String should match pattern"),
        (
            ENTRIES,
            "label: How old is Altman?",
            "label: '  '",
            "entries > altman-age > label: String should have at least 1",
        ),
        (ENTRIES, "follow_ups: [altman-age]", "follow_ups: [a, b, c, d]", "follow_ups: List should have at most 3"),
        ("entities.yaml", "sex: m", "sex: x", "altman > sex: Input should be 'm', 'f' or ''"),
        ("lexicon.yaml", "words: [hope,", "word: [hope,", "hope > word: This key is unknown."),
        (
            "unstated/1-all.yaml",
            "nearest: [altman-age]",
            "nearest: altman-age",
            "wife > nearest: Input should be a valid list",
        ),
        ("article.yaml", "line: 3,", "line: three,", "slips > item 1 > line: Input should be a valid integer"),
        ("article.yaml", "offers: [summary]", "offers: []", "offers: List should have at least 1"),
        ("messages.yaml", '"yes": "Yes."', '"yes": 1', "yes: Input should be a valid string"),
        ("messages.yaml", '"yes": "Yes."', 'yes: "Yes."', "Input should be a valid string"),
        ("calibration.yaml", "answer: ", "answer: x", "answer: Input should be a valid number"),
        ("wording.yaml", "asking:\n", "asking:\n  colour: [what colour]\n", "asking > colour"),
    ],
)
def test_a_value_of_the_wrong_shape_is_told_with_its_place(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    change(folder, file, old, new)
    found = problems(folder)
    assert any(problem.startswith(f"{file}: ") and told in problem for problem in found), found


@pytest.mark.parametrize("text", ["", "just words", "- a list", "5", "null"])
def test_a_file_of_another_shape_altogether_is_told(folder: Path, text: str) -> None:
    (folder / "knowledge/article.yaml").write_text(text, encoding="utf-8")
    assert problems(folder)
    assert all(problem.startswith("article.yaml: ") for problem in problems(folder))


@pytest.mark.parametrize(
    "text", ["a: [", "a: 'b", "\tb: c", "a: b: c", "a: \x07", "!!python/object:os.system {}", "*x"]
)
def test_what_is_no_yaml_is_told(folder: Path, text: str) -> None:
    (folder / "knowledge/article.yaml").write_text(text, encoding="utf-8")
    assert only(folder).startswith("article.yaml: ")
    assert "This is not valid YAML: " in only(folder)


def test_a_date_that_does_not_exist_is_told(folder: Path) -> None:
    change(folder, "article.yaml", "title: A tiny article", "title: 2024-13-45")
    assert only(folder).startswith("article.yaml: ")


@pytest.mark.parametrize("file", ["article.yaml", "entries/1-all.yaml"])
def test_a_file_that_is_no_utf_8_is_told(folder: Path, file: str) -> None:
    (folder / "knowledge" / file).write_bytes(b"title: \xff\xfe\n")
    assert only(folder).startswith(f"{file}: The file cannot be read (")
    assert only(folder).endswith("Save it as UTF-8 text.")


def test_a_folder_in_place_of_a_file_is_told(folder: Path) -> None:
    (folder / "knowledge/lexicon.yaml").unlink()
    (folder / "knowledge/lexicon.yaml").mkdir()
    assert only(folder).startswith("lexicon.yaml: The file cannot be read (")


def test_an_article_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "seeds/tiny.txt").unlink()
    assert only(folder) == "article.yaml: seed: There is no readable file seeds/tiny.txt. Name the article's file."
