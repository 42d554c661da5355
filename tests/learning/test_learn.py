from pathlib import Path
from shutil import copytree

import pytest
import yaml

from bot.base.load import load
from bot.learning.learn import MEANINGS, THRESHOLDS, calibrate, learn_words, thresholds, written
from bot.matching import learned as file
from bot.matching.score import NOTHING, PARTS
from tests.evaluation.replies import asked

NAMES = (*PARTS, *NOTHING, "answer", "alone", "pair", "least")


@pytest.fixture
def copied(tiny: Path, tmp_path: Path) -> Path:
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_what_was_learned_lies_beside_the_base_and_is_of_it(copied: Path) -> None:
    knowledge = copied / "knowledge"
    (knowledge / file.FILE).unlink()
    learned = learn_words(load(copied), knowledge)
    loaded = file.load(knowledge)
    assert (loaded.counts, loaded.prepared) == (learned.counts, learned.prepared)
    assert [loaded.words.candidates, loaded.words.features] == [learned.words.candidates, learned.words.features]
    assert (loaded.words.linear.weights == learned.words.linear.weights).all()
    assert file.problems_of(knowledge) == []
    assert set(learned.counts) == set(learned.words.candidates) >= {"altman-age", "wife", "greeting"}


def test_learning_again_writes_the_same_bytes(copied: Path) -> None:
    path = copied / "knowledge" / file.FILE
    before = path.read_bytes()
    learn_words(load(copied), copied / "knowledge")
    assert path.read_bytes() == before


def test_the_weights_can_be_kept_while_the_rest_is_learned_of_the_base_as_it_is(copied: Path) -> None:
    knowledge = copied / "knowledge"
    before = file.load(knowledge)
    asked_for = knowledge / "phrasings" / "1-all.yaml"
    asked_for.write_text(
        asked_for.read_text(encoding="utf-8").replace("- Altman age\n", "- Altman in weeks\n"), encoding="utf-8"
    )
    learned = learn_words(load(copied), knowledge, keep_weights=True)
    assert file.problems_of(knowledge) == []
    assert "w:week" in set(learned.counts["altman-age"].features) - set(before.counts["altman-age"].features)
    assert (learned.words.linear.weights == before.words.linear.weights).all()
    assert learned.words.features == before.words.features


def test_calibrating_gives_every_weight_and_what_came_of_messages_left_out(copied: Path) -> None:
    base = load(copied)
    messages = [
        asked("1", q="How old is Altman?", lines=[3]),
        asked("2", q="What does Altman hope from Trump?", lines=[1]),
        asked("3", q="a recap of the article please", lines=[1]),
        asked("4", q="who is his wife", expect="refuse"),
        asked("5", q="Which zebras graze in Kenya?", expect="refuse"),
        asked("6", q="hello", expect="smalltalk"),
    ]
    report = calibrate(base, file.load(copied / "knowledge"), messages)
    assert set(report.calibration) == set(NAMES)
    assert report.calibration["answer"] in THRESHOLDS
    assert report.unseen.messages == len(messages)
    assert report.unseen.smalltalk == 1.0


def test_calibrating_keeps_a_chat_together(copied: Path) -> None:
    chat = [
        asked("1", q="How old is Altman?", lines=[3], chat="x"),
        asked("2", q="his exact age?", lines=[3], chat="x"),
    ]
    report = calibrate(load(copied), file.load(copied / "knowledge"), [*chat, asked("3", q="zebras", expect="refuse")])
    assert report.unseen.messages == 3


def test_the_written_calibration_is_read_back_as_it_was() -> None:
    fitted = {name: number / 8 - 1 for number, name in enumerate(NAMES)}
    text = written(fitted, "python -m bot learn a.jsonl")
    assert yaml.safe_load(text) == fitted
    assert text.endswith("\n")


def test_the_written_calibration_says_how_it_was_made_and_what_each_weight_means() -> None:
    text = written(dict.fromkeys(NAMES, 0.5), "python -m bot learn a.jsonl")
    assert "# Made by `python -m bot learn a.jsonl`; do not edit by hand.\n" in text
    lines = text.splitlines()
    for name, meaning in MEANINGS.items():
        assert lines[lines.index(f"{name}: 0.5") - 1] == f"# {meaning}"


def test_every_weight_is_explained_and_nothing_else() -> None:
    assert sorted(MEANINGS) == sorted(NAMES)


@pytest.mark.parametrize("answer", THRESHOLDS)
def test_what_two_need_to_be_stated_is_less_than_one_needs_alone(answer: float) -> None:
    found = thresholds(answer)
    assert found["answer"] == answer
    assert 0.0 < found["least"] < found["pair"] < found["alone"] < 1.0
