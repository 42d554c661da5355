from dataclasses import replace
from pathlib import Path

from bot.assemble import conversation
from bot.base.load import load
from bot.base.problems import Problem
from bot.dialogue.conversation import Conversation
from bot.evaluation.overmatch import matching


def problems_with(folder: Path, phrasing: str) -> list[Problem]:
    """Return the problems when the phrasing is one of the entry `summary`, which cites line 1."""
    base = load(folder)
    summary = base.entries["summary"]
    summary = replace(summary, phrasings=(*summary.phrasings, phrasing))
    return matching(conversation(folder, replace(base, entries={**base.entries, "summary": summary})))


def test_a_base_whose_phrasings_are_all_answered_has_no_problem(tiny_conversation: Conversation) -> None:
    assert matching(tiny_conversation) == []


def test_a_phrasing_that_another_entry_takes_is_named_with_the_taker_and_the_margin(tiny: Path) -> None:
    (problem,) = problems_with(tiny, "How old is Altman, then?")
    assert (problem.file, problem.where) == ("phrasings/", "summary")
    assert '"How old is Altman, then?" is answered by altman-age (altman-age is ahead by 0.' in problem.what
    assert "move it" in problem.mend


def test_a_phrasing_answered_from_the_same_first_line_is_fine(tiny: Path) -> None:
    assert problems_with(tiny, "What does Altman hope from Trump, then?") == []


def test_a_phrasing_that_nothing_answers_is_a_problem(tiny: Path) -> None:
    (problem,) = problems_with(tiny, "Which zebras graze in Kenya?")
    assert '"Which zebras graze in Kenya?" is not answered: nothing comes near enough' in problem.what


def test_a_phrasing_that_an_unstated_thing_takes_is_a_problem(tiny: Path) -> None:
    (problem,) = problems_with(tiny, "who is his wife")
    assert "is not answered: wife of unstated/ takes it (wife is ahead by 0." in problem.what


def test_a_phrasing_taken_for_smalltalk_is_a_problem(tiny: Path) -> None:
    (problem,) = problems_with(tiny, "hello")
    assert '"hello" is not answered: it is taken for smalltalk, greeting.' in problem.what
