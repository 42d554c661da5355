import re
from pathlib import Path

import pytest

from bot.base.load import load
from bot.base.model import Evidence, Lead, Slip
from bot.errors import BaseError
from tests.base.editing import FILES, PHRASINGS, append, change, only, problems


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
