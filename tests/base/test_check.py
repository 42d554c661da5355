from pathlib import Path

import pytest

from bot.base.check import FILLED_MESSAGES, NEEDED_MESSAGES, sound, structure
from bot.base.model import Base
from bot.base.problems import Problem
from bot.errors import BaseError
from tests.base.copied import Copy


def test_the_real_base_is_sound(usual: list[Problem]) -> None:
    assert [str(problem) for problem in usual] == []


def test_an_entry_with_nothing_wrong_is_no_problem(copied: Copy) -> None:
    copied.add_entry(follow_ups=["summary"])
    copied.add_unstated(id="fine", phrasings=[f"fine {number}" for number in range(5)])
    assert copied.problems() == []


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
