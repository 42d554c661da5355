import re
from pathlib import Path
from shutil import copytree

import pytest

from bot.base.load import load, read_base
from bot.base.model import Evidence, Lead, Slip
from bot.base.problems import Problem
from bot.errors import BaseError

FILES = (
    "article.yaml",
    "calibration.yaml",
    "entities.yaml",
    "languages.yaml",
    "lexicon.yaml",
    "messages.yaml",
    "smalltalk.yaml",
    "wording.yaml",
)


ENTRIES = "entries/1-all.yaml"
PHRASINGS = "phrasings/1-all.yaml"


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(folder: Path, file: str, text: str) -> None:
    with (folder / "knowledge" / file).open("a", encoding="utf-8") as out:
        out.write(text)


def problems(folder: Path) -> list[str]:
    found: list[Problem] = []
    read_base(folder, found)
    return [str(problem) for problem in found]


def only(folder: Path) -> str:
    (problem,) = problems(folder)
    return problem


def test_a_sound_base_is_read_whole(folder: Path) -> None:
    base = load(folder)
    assert base.article.title == "A tiny article"
    assert base.article.line(1).startswith("Altman believes")
    assert base.article.told_lines == (1, 3)
    assert base.article.slips == (Slip(3, "rich", "Nobody knows how rich."),)
    assert base.article.offers == ("summary",)
    assert [(topic.id, topic.title) for topic in base.topics] == [("1-all", "All there is")]
    assert base.topics[0].entries == tuple(base.entries) == ("altman-expects-of-trump", "altman-age", "summary")
    entry = base.entries["altman-age"]
    assert (entry.label, entry.answer) == ("How old is Altman?", "Altman is 39.")
    assert entry.evidence == (Evidence(3, "The 39-year-old CEO is rich; he likes [small] firms."),)
    assert (len(entry.phrasings), entry.lead, entry.follow_ups) == (12, Lead(), ())
    assert base.unstated["wife"].nearest == ("altman-age",)
    assert base.entities["altman"].aliases == ("altman",)
    assert base.concepts["hope"].words[0] == "hope"
    assert base.smalltalk["greeting"].phrasings == ("hi", "hello")
    assert "the" in base.wording.filler
    assert base.messages["yes"] == "Yes."
    assert base.calibration["answer"] > 0


def test_lines_outside_the_article_are_empty(folder: Path) -> None:
    article = load(folder).article
    assert [article.line(number) for number in (-1, 0, 2, 4, 99)] == [""] * 5


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


def test_problems_of_every_sort_in_every_file_are_told_at_once(folder: Path) -> None:
    (folder / "knowledge/wording.yaml").unlink()
    change(folder, "article.yaml", "title:", "titel:")
    change(folder, "entities.yaml", "type: person", "type: planet")
    change(folder, "languages.yaml", "script: cyrillic", "script: runes")
    change(folder, "lexicon.yaml", "- {id: hope", "- {id: [hope")
    change(folder, "entries/1-all.yaml", "answer: Altman is 39.", "answer: ''")
    change(folder, "unstated/1-all.yaml", "says:", "said:")
    change(folder, "smalltalk.yaml", "phrasings: [hi, hello]", "phrasings: []")
    append(folder, "messages.yaml", "\nodd: [1]\n")
    append(folder, "calibration.yaml", "\nodd: much\n")
    with pytest.raises(BaseError) as raised:
        load(folder)
    told = [line.split(": ")[0] for line in str(raised.value).splitlines()[1:]]
    assert sorted(set(told)) == sorted({*FILES, "entries/1-all.yaml", "unstated/1-all.yaml"})
    assert told == sorted(told)
    assert len([line for line in told if line == "article.yaml"]) == 2


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


@pytest.mark.parametrize(
    ("file", "text", "id_"),
    [
        ("entities.yaml", "\n- {id: altman, name: Another, type: person}\n", "altman"),
        ("lexicon.yaml", "\n- {id: hope, means: hope, words: [hope]}\n", "hope"),
        ("smalltalk.yaml", "\n- {id: greeting, reply: Hi., phrasings: [hey]}\n", "greeting"),
    ],
)
def test_an_id_given_twice_is_told(folder: Path, file: str, text: str, id_: str) -> None:
    append(folder, file, text)
    assert only(folder) == f"{file}: {id_}: This id is given twice. Give each its own id."


def test_an_entry_that_stands_in_two_files_is_told_with_the_second(folder: Path) -> None:
    text = (folder / "knowledge/entries/1-all.yaml").read_text(encoding="utf-8")
    (folder / "knowledge/entries/2-more.yaml").write_text(text, encoding="utf-8")
    assert [problem.split(": ")[:2] for problem in problems(folder)] == [
        ["entries/2-more.yaml", "altman-expects-of-trump"],
        ["entries/2-more.yaml", "altman-age"],
        ["entries/2-more.yaml", "summary"],
    ]


def test_a_base_needs_entries_but_nothing_unstated(folder: Path) -> None:
    (folder / "knowledge/unstated/1-all.yaml").unlink()
    change(folder, PHRASINGS, "wife: ", "# wife: ")
    assert problems(folder) == []
    (folder / "knowledge/entries/1-all.yaml").unlink()
    assert only(folder).startswith("entries/: There is no file of entries.")


def test_topics_come_in_the_order_of_their_files(folder: Path) -> None:
    text = (folder / "knowledge/entries/1-all.yaml").read_text(encoding="utf-8").replace("id: ", "id: x-")
    (folder / "knowledge/entries/0-first.yaml").write_text(text, encoding="utf-8")
    asked = (folder / "knowledge" / PHRASINGS).read_text(encoding="utf-8").split("wife:")[0]
    asked = re.sub("^(?=[a-z])", "x-", asked, flags=re.MULTILINE)
    (folder / "knowledge/phrasings/0-first.yaml").write_text(asked, encoding="utf-8")
    assert [topic.id for topic in load(folder).topics] == ["0-first", "1-all"]
    assert next(iter(load(folder).entries)) == "x-altman-expects-of-trump"
