from pathlib import Path

import pytest

from bot.base.model import Continuation
from bot.base.phrasings import Phrasings, continuation_files, continuations_of, phrasing_files, phrasings_of
from bot.base.problems import Problem


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    (tmp_path / "phrasings").mkdir()
    return tmp_path


def write(knowledge: Path, file: str, text: str) -> None:
    (knowledge / "phrasings" / file).write_text(text, encoding="utf-8")


def listed(id_: str, number: int) -> str:
    return f"{id_}:\n" + "".join(f"  - way {each} to ask for {id_}\n" for each in range(number))


def phrasings(knowledge: Path, found: list[Problem]) -> Phrasings:
    return phrasings_of(phrasing_files(knowledge, found), ["age"], ["wife"], found)


def problems(knowledge: Path) -> list[str]:
    found: list[Problem] = []
    phrasings(knowledge, found)
    return [str(problem) for problem in found]


def test_phrasings_of_all_files_are_read_by_id(knowledge: Path) -> None:
    write(knowledge, "1.yaml", listed("age", 12))
    write(knowledge, "2.yaml", listed("wife", 5))
    found: list[Problem] = []
    read = phrasings(knowledge, found)
    assert found == []
    assert {id_: len(texts) for id_, texts in read.items()} == {"age": 12, "wife": 5}
    assert read["wife"][0] == "way 0 to ask for wife"


def test_too_few_phrasings_are_told_of_each(knowledge: Path) -> None:
    write(knowledge, "1.yaml", listed("age", 11))
    assert problems(knowledge) == [
        "phrasings/: age: It has 11 phrasings; at least 12 are needed. Write more ways to ask for it.",
        "phrasings/: wife: It has 0 phrasings; at least 5 are needed. Write more ways to ask for it.",
    ]


def test_an_id_that_nothing_has_is_told(knowledge: Path) -> None:
    write(knowledge, "1.yaml", listed("age", 12) + listed("wife", 5) + listed("wif", 5))
    assert problems(knowledge) == [
        "phrasings/1.yaml: wif: There is no entry or unstated thing of this id. Mend the id."
    ]


def test_phrasings_that_are_no_list_are_told(knowledge: Path) -> None:
    write(knowledge, "1.yaml", "age: how old\n")
    assert problems(knowledge)[0].startswith("phrasings/1.yaml: age: Here should be a list, but there is")


def continuations(knowledge: Path, text: str) -> tuple[tuple[Continuation, ...], list[str]]:
    (knowledge / "conversations").mkdir()
    (knowledge / "conversations" / "1.yaml").write_text(text, encoding="utf-8")
    found: list[Problem] = []
    going_on = continuation_files(knowledge, found)
    return continuations_of(going_on, ["age", "firm"], ["wife"], found), [str(problem) for problem in found]


def test_how_people_go_on_is_read_by_what_was_answered(knowledge: Path) -> None:
    found, problems_ = continuations(knowledge, "age:\n  wife: [and his wife?]\n  firm: [where, his firm?]\n")
    assert problems_ == []
    assert found == (
        Continuation("age", "wife", ("and his wife?",)),
        Continuation("age", "firm", ("where", "his firm?")),
    )


def test_a_continuation_of_what_does_not_exist_is_told(knowledge: Path) -> None:
    _, problems_ = continuations(knowledge, "agee:\n  wife: [and?]\nage:\n  wif: [and?]\n")
    assert problems_ == [
        "conversations/1.yaml: agee: There is no entry of this id. Mend the id.",
        "conversations/1.yaml: age: There is no entry or unstated thing 'wif'. Mend the id.",
    ]


def test_a_base_without_continuations_has_none(knowledge: Path) -> None:
    found: list[Problem] = []
    assert (continuation_files(knowledge, found), found) == ({}, [])
    assert continuations_of({}, ["age"], ["wife"], found) == ()
