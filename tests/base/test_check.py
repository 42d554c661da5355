import json
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from bot.base.check import FILLED_MESSAGES, NEEDED_MESSAGES, sound, structure
from bot.base.load import read_base
from bot.base.model import Base
from bot.base.places import data_folder
from bot.base.problems import Problem
from bot.errors import BaseError

ENTRY = {
    "id": "broken",
    "label": "What is broken?",
    "answer": "Nothing.",
    "evidence": [{"line": 15, "quote": "I look forward to working with his administration on this."}],
}
UNSTATED = {
    "id": "broken",
    "says": "The article does not say.",
    "nearest": ["summary"],
}
PHRASINGS = [f"broken question number {number}" for number in range(12)]


class Copy:
    """A copy of the real base to break, and what is wrong with it that is not wrong with the real one."""

    def __init__(self, folder: Path, usual: list[Problem]) -> None:
        self.folder = folder
        self._usual = usual
        for part in ("knowledge", "seeds"):
            copytree(data_folder() / part, folder / part)

    def add_entry(
        self,
        topic: str = "9-broken",
        phrasings: Sequence[str] = PHRASINGS,
        **changes: Any,  # noqa: ANN401 (any value of YAML)
    ) -> None:
        entry = {**ENTRY, **changes}
        self._write(f"entries/{topic}.yaml", {"topic": "Broken", "entries": [entry]})
        self._write(f"phrasings/{topic}.yaml", {entry["id"]: phrasings})

    def add_unstated(self, phrasings: Sequence[str] = PHRASINGS, **changes: Any) -> None:  # noqa: ANN401
        thing = {**UNSTATED, **changes}
        self._write("unstated/9-broken.yaml", [thing])
        if phrasings:
            self._write("phrasings/9-unstated.yaml", {thing["id"]: phrasings})

    def _write(self, file: str, content: Any) -> None:  # noqa: ANN401
        # JSON is YAML too.
        (self.folder / "knowledge" / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def append(self, file: str, item: Any, indent: str = "") -> None:  # noqa: ANN401
        with (self.folder / "knowledge" / file).open("a", encoding="utf-8") as out:
            out.write(f"\n{indent}- {json.dumps(item)}\n")

    def rename(self, file: str, old: str, new: str) -> None:
        path = self.folder / "knowledge" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> list[str]:
        found: list[Problem] = []
        base = read_base(self.folder, found)
        assert base is not None, found
        return [str(problem) for problem in [*found, *structure(base)] if problem not in self._usual]


@pytest.fixture(scope="session")
def usual(base: Base) -> list[Problem]:
    return structure(base)


@pytest.fixture
def copied(tmp_path: Path, usual: list[Problem]) -> Copy:
    return Copy(tmp_path, usual)


def test_the_real_base_is_sound(usual: list[Problem]) -> None:
    assert [str(problem) for problem in usual] == []


def test_an_entry_with_nothing_wrong_is_no_problem(copied: Copy) -> None:
    copied.add_entry(follow_ups=["summary"])
    copied.add_unstated(id="fine", phrasings=[f"fine {number}" for number in range(5)])
    assert copied.problems() == []


def test_a_quote_of_another_line_is_told_which(copied: Copy) -> None:
    copied.add_entry(evidence=[{"line": 13, "quote": "I look forward to working with his administration"}])
    (problem,) = copied.problems()
    assert problem.startswith("entries/9-broken.yaml: broken: Line 13 of the article does not hold the quote")
    assert problem.endswith("It stands in line 15: change the number.")


def test_a_quote_with_a_word_changed_is_told_what_comes_closest(copied: Copy) -> None:
    copied.add_entry(evidence=[{"line": 15, "quote": "I look ahead to working with his administration"}])
    (problem,) = copied.problems()
    assert 'The closest is line 15, "I look forward to working with his administration' in problem


def test_a_quote_from_nowhere_is_told_so(copied: Copy) -> None:
    copied.add_entry(evidence=[{"line": 999, "quote": "Zebras graze quietly."}])
    (problem,) = copied.problems()
    assert problem.endswith("No line comes near it: quote the article word for word.")


def test_a_slip_whose_words_are_not_in_its_line_is_found(copied: Copy) -> None:
    copied.append("article.yaml", {"line": 5, "words": "Mercenary Seven", "note": "Odd."}, indent="  ")
    (problem,) = copied.problems()
    assert problem == (
        'article.yaml: slips: Line 5 of the article does not hold the words "Mercenary Seven". '
        "It stands in line 43: change the number."
    )


def test_a_line_that_no_entry_cites_is_found(copied: Copy) -> None:
    (seed,) = (copied.folder / "seeds").glob("*.txt")
    lines = [*seed.read_text(encoding="utf-8").splitlines(), "Something new."]
    seed.write_text("\n".join(lines), encoding="utf-8")
    (problem,) = copied.problems()
    assert problem.startswith(f'article.yaml: line {len(lines)}: No entry cites this line: "Something new.".')


def test_a_follow_up_that_does_not_exist_is_found(copied: Copy) -> None:
    copied.add_entry(follow_ups=["no-such-entry"])
    (problem,) = copied.problems()
    assert "entries/9-broken.yaml: broken: The follow-up 'no-such-entry' is no entry." in problem


def test_an_entry_that_follows_up_itself_is_found(copied: Copy) -> None:
    copied.add_entry(follow_ups=["broken"])
    (problem,) = copied.problems()
    assert "broken: The entry follows up itself." in problem


def test_a_lead_that_is_no_concept_is_found_whether_yes_or_no(copied: Copy) -> None:
    copied.add_entry(lead={"yes": ["no-concept"], "no": ["nor-this"]})
    assert ["'no-concept'" in each or "'nor-this'" in each for each in copied.problems()] == [True, True]


def test_a_lead_may_be_a_concept_or_a_word_of_the_phrasings(copied: Copy, base: Base) -> None:
    copied.add_entry(lead={"yes": [next(iter(base.concepts))], "no": ["broken"]})
    assert copied.problems() == []


def test_a_nearest_that_does_not_exist_is_found(copied: Copy) -> None:
    copied.add_unstated(nearest=["no-such-entry"])
    (problem,) = copied.problems()
    assert "unstated/: broken: The nearest 'no-such-entry' is no entry." in problem


def test_a_who_that_is_no_entity_is_found(copied: Copy) -> None:
    copied.add_unstated(who=["nobody"])
    (problem,) = copied.problems()
    assert "unstated/: broken: The who 'nobody' is no entity." in problem


def test_a_who_that_nobody_fills_is_found(copied: Copy) -> None:
    copied.add_unstated(says="The article does not say it of {who}.")
    (problem,) = copied.problems()
    assert "unstated/: broken: It speaks of {who}, but has no `who`." in problem


def test_a_tie_to_nothing_is_found(copied: Copy) -> None:
    ties = [{"role": "head", "of": "nothing"}]
    copied.append("entities.yaml", {"id": "broken", "name": "Broken", "type": "person", "ties": ties})
    (problem,) = copied.problems()
    assert "entities.yaml: broken: The tie to 'nothing' leads to no entity." in problem


def test_an_id_of_two_files_is_found(copied: Copy) -> None:
    copied.add_unstated(id="summary", phrasings=[])
    copied.append("smalltalk.yaml", {"id": "summary", "reply": "Hm.", "phrasings": ["summary of a broken base"]})
    files = sorted(problem.split(":")[0] for problem in copied.problems() if "This id stands in entries/" in problem)
    assert files == ["smalltalk.yaml", "unstated/"]


def test_a_phrasing_of_two_entries_is_found_whatever_its_case_and_punctuation(copied: Copy, base: Base) -> None:
    entry = next(iter(base.entries.values()))
    phrasing = f"…{entry.phrasings[0].upper()}!!"
    copied.add_entry(phrasings=[*PHRASINGS, phrasing])
    (problem,) = copied.problems()
    assert f'phrasings/: broken: The phrasing "{phrasing}" stands in {entry.id} (phrasings/' in problem


def test_a_label_that_is_a_phrasing_of_another_entry_is_found(copied: Copy, base: Base) -> None:
    entry = base.entries["summary"]
    copied.add_entry(label=entry.label)
    (problem,) = copied.problems()
    assert f'broken: The phrasing "{entry.label}" stands in summary' in problem


def test_a_phrasing_of_an_unstated_thing_that_an_entry_has_is_found_with_its_name_filled_in(copied: Copy) -> None:
    copied.add_entry(id="musician", phrasings=[*"abcdefghijkl", "Does Musk play the tuba?"])
    copied.add_unstated(who=["altman", "musk"], phrasings=["does {who} play the tuba", *"mnop"])
    (problem,) = copied.problems()
    assert problem.startswith('phrasings/: broken: The phrasing "does {who} play the tuba" stands in musician')
    assert 'as "does Musk play the tuba".' in problem


def test_smalltalk_of_two_blocks_is_found(copied: Copy) -> None:
    copied.append("smalltalk.yaml", {"id": "broken", "reply": "Hm.", "phrasings": ["Hello!"]})
    (problem,) = copied.problems()
    assert 'smalltalk.yaml: broken: The phrasing "Hello!" stands in greeting (smalltalk.yaml) too.' in problem


def test_a_label_too_long_for_a_phone_is_found(copied: Copy) -> None:
    copied.add_entry(label="x" * 39)
    (problem,) = copied.problems()
    assert "has 39 characters; a phone shows 38. Shorten it." in problem


def test_a_label_that_just_fits_is_no_problem(copied: Copy) -> None:
    copied.add_entry(label="x" * 38)
    assert copied.problems() == []


def test_an_answer_too_long_for_a_message_is_found_by_its_utf16_units(copied: Copy) -> None:
    copied.add_entry(answer="😀" * 2030)
    (problem,) = copied.problems()
    assert "broken: The answer with its quotes comes to 41" in problem


def test_an_answer_that_just_fits_is_no_problem(copied: Copy) -> None:
    copied.add_entry(answer="x" * 4000)
    assert copied.problems() == []


def test_a_topic_whose_name_is_too_long_for_a_button_is_found(copied: Copy) -> None:
    copied.add_entry(topic="9-" + "b" * 60)
    (problem,) = copied.problems()
    assert "The name makes a button's data of 66 bytes; Telegram takes 64." in problem


@pytest.mark.parametrize("key", ["off_topic", "chat_goodbye"])
def test_a_missing_message_is_found(copied: Copy, key: str) -> None:
    copied.rename("messages.yaml", f"\n{key}:", "\nunheard_of:")
    (problem,) = copied.problems()
    assert problem.startswith(f"messages.yaml: {key}: The message is missing")


def test_a_message_with_a_brace_that_nothing_fills_is_found(copied: Copy) -> None:
    copied.rename("messages.yaml", "took it for “{label}”", "took it for “{lable}”")
    problems = copied.problems()
    assert any(problem.startswith("messages.yaml: why_took: Only {label} and {sure} can be") for problem in problems)


@pytest.mark.parametrize("key", ["cast: ", "timeline: ", "people: ["])
def test_an_entry_that_the_article_names_and_nobody_wrote_is_found(copied: Copy, key: str) -> None:
    copied.rename("article.yaml", key, f"{key}no-such-")
    assert any("The entry is missing; the program asks for it by name." in problem for problem in copied.problems())


def test_a_missing_block_of_smalltalk_is_found(copied: Copy) -> None:
    copied.rename("smalltalk.yaml", "id: nothing-said", "id: nothing-much")
    (problem,) = copied.problems()
    assert problem.startswith("smalltalk.yaml: nothing-said: The block is missing")


def test_a_missing_entry_that_the_program_names_is_found(copied: Copy, base: Base) -> None:
    topic = next(topic for topic in base.topics if "summary" in topic.entries)
    copied.rename(f"entries/{topic.id}.yaml", "id: summary\n", "id: summing-up\n")
    assert any(problem.startswith("entries/: summary: The entry is missing") for problem in copied.problems())


def test_every_message_that_the_program_reads_is_needed() -> None:
    package = Path(structure.__code__.co_filename).parents[1]
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    read = {piece.split('"]', 1)[0] for piece in code.split('messages["')[1:]}
    read |= {piece.split("']", 1)[0] for piece in code.split("messages['")[1:]}
    assert read - set(NEEDED_MESSAGES) - set(FILLED_MESSAGES) == set()


def test_a_sound_base_is_returned(tiny: Path) -> None:
    assert set(sound(tiny).entries) == {"altman-expects-of-trump", "altman-age", "summary"}


def test_all_problems_are_raised_at_once(copied: Copy) -> None:
    copied.add_entry(follow_ups=["no-such-entry"], label="x" * 39)
    copied.rename("messages.yaml", "\noff_topic:", "\nunheard_of:")
    with pytest.raises(BaseError) as raised:
        sound(copied.folder)
    assert all(each in str(raised.value) for each in ("no-such-entry", "has 39 characters", "messages.yaml: off_topic"))


def test_a_file_that_cannot_be_read_is_a_problem_like_others(copied: Copy) -> None:
    copied.rename("entities.yaml", "- id:", "- id: [")
    with pytest.raises(BaseError, match=r"entities\.yaml: .*not valid YAML"):
        sound(copied.folder)


def test_a_folder_without_a_base_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BaseError, match="There is no knowledge base in"):
        sound(tmp_path)
