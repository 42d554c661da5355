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
        (
            ENTRIES,
            "line: 3,",
            "line: 0,",
            "entries > altman-age > evidence > item 1 > line: Here is the number 0; the least is 1.",
        ),
        (
            ENTRIES,
            "id: altman-age\n",
            "id: Altman Age\n",
            "entries > Altman Age > id: An id is made of small letters and digits, with",
        ),
        (
            ENTRIES,
            "label: How old is Altman?",
            "label: '  '",
            "entries > altman-age > label: There is nothing in this text.",
        ),
        (
            ENTRIES,
            "follow_ups: [altman-age]",
            "follow_ups: [a, b, c, d]",
            "follow_ups: The list has 4 items; at most 3 may be.",
        ),
        ("entities.yaml", "sex: m", "sex: x", "altman > sex: Here is the text \"x\"; it can only be 'm', 'f' or ''."),
        ("lexicon.yaml", "words: [hope,", "word: [hope,", "hope > word: This key is unknown."),
        (
            "unstated/1-all.yaml",
            "nearest: [altman-age]",
            "nearest: altman-age",
            'wife > nearest: Here should be a list, but there is the text "altman-age".',
        ),
        (
            "article.yaml",
            "line: 3,",
            "line: three,",
            'slips > item 1 > line: Here should be a whole number, but there is the text "three".',
        ),
        ("article.yaml", "offers: [summary]", "offers: []", "offers: The list has 0 items; it needs at least 1."),
        ("messages.yaml", '"yes": "Yes."', '"yes": 1', "yes: Here should be text, but there is the number 1."),
        (
            "messages.yaml",
            '"yes": "Yes."',
            'yes: "Yes."',
            "True: A key should be text, but this one is yes or true without quotes. Put it in quotes.",
        ),
        ("calibration.yaml", "answer: ", "answer: x", 'answer: Here should be a number, but there is the text "x'),
        (
            "wording.yaml",
            "asking:\n",
            "asking:\n  colour: [what colour]\n",
            "asking > colour: Here is the text \"colour\"; it can only be 'when', ",
        ),
    ],
)
def test_a_value_of_the_wrong_shape_is_told_with_its_place(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    change(folder, file, old, new)
    found = problems(folder)
    assert any(problem.startswith(f"{file}: ") and told in problem for problem in found), found


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("just words", 'the text "just words"'),
        ("- a list", "a list"),
        ("5", "the number 5"),
        ("2024-05-06", "the date"),
    ],
)
def test_a_file_of_another_shape_altogether_is_told(folder: Path, text: str, there: str) -> None:
    (folder / "knowledge/article.yaml").write_text(text, encoding="utf-8")
    start = "article.yaml: Here should be a block of keys, each with a colon and its value, but there is "
    assert only(folder).startswith(start + there)


@pytest.mark.parametrize("text", ["", "null", "# Only a remark.\n"])
def test_an_empty_file_is_told(folder: Path, text: str) -> None:
    for file in ("article.yaml", ENTRIES):
        (folder / "knowledge" / file).write_text(text, encoding="utf-8")
    assert problems(folder) == [
        "article.yaml: The file is empty. Put back what stood in it.",
        "entries/1-all.yaml: The file is empty. Write into it, or delete it.",
    ]


@pytest.mark.parametrize(
    "text", ["a: [", "a: 'b", "\tb: c", "a: b: c", "!!python/object:os.system {}", "*x", "a: 2024-13-45"]
)
def test_what_is_no_yaml_is_told(folder: Path, text: str) -> None:
    (folder / "knowledge/article.yaml").write_text(text, encoding="utf-8")
    assert only(folder).startswith("article.yaml: line ")
    assert ": This is not valid YAML: " in only(folder)


@pytest.mark.parametrize("value", ["2024-13-45", "2024-02-30 25:00:00", "9" * 5000])
def test_a_date_or_number_that_does_not_exist_is_told_with_its_line(folder: Path, value: str) -> None:
    change(folder, "article.yaml", "title: A tiny article", f"title: {value}")
    assert "article.yaml: line " in only(folder)
    assert f"'{value[:40]}' looks like a date or a number, but is none; put it in quotes." in only(folder)


@pytest.mark.parametrize("char", [0, 7])
def test_a_character_that_no_text_has_is_told_with_its_line(folder: Path, char: int) -> None:
    text = f"title: Ä\noffers: [é]\ncast: {chr(char)}\n"
    (folder / "knowledge/article.yaml").write_text(text, encoding="utf-8")
    assert only(folder) == (
        f"article.yaml: line 3: Here is a character that no text has (number {char}). "
        "Delete it, or write the line anew."
    )


@pytest.mark.parametrize("file", ["article.yaml", "entries/1-all.yaml"])
def test_a_letter_that_is_no_utf_8_is_told_with_its_line(folder: Path, file: str) -> None:
    (folder / "knowledge" / file).write_bytes("topic: é\ntitle: Café".encode() + b"\n\nb: caf\xe9\n")
    assert only(folder) == (
        f"{file}: line 4: Here is a letter that is not in UTF-8, the encoding of all files. "
        "Save the file as UTF-8, and look whether the line is right."
    )


def test_a_folder_in_place_of_a_file_is_told(folder: Path) -> None:
    (folder / "knowledge/lexicon.yaml").unlink()
    (folder / "knowledge/lexicon.yaml").mkdir()
    assert only(folder) == "lexicon.yaml: This is a folder, but should be a file. Put the file in its place."


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (PermissionError(13, "Permission denied"), "You have no permission to read the file. Change its permissions."),
        (OSError(5, "Input/output error"), "The disk does not give the file (Input/output error). Look at the disk."),
    ],
)
def test_a_file_that_the_machine_does_not_give_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, told: str
) -> None:
    def read_text(path: Path, encoding: str) -> str:
        if path.name == "lexicon.yaml":
            raise error
        return path.read_bytes().decode(encoding)

    monkeypatch.setattr(Path, "read_text", read_text)
    assert only(folder) == f"lexicon.yaml: {told}"


def test_an_article_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "seeds/tiny.txt").unlink()
    assert only(folder) == "article.yaml: seed: There is no readable file seeds/tiny.txt. Name the article's file."
