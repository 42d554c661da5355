import pytest

from bot.base.model import Base, Lead
from bot.dialogue.opening import opening
from bot.language.understand import Understander
from tests.world import with_entry


def opens(base: Base, understander: Understander, message: str, entry: str) -> str:
    return opening(understander.phrasing(message), base.entries[entry], base)


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Does Altman expect much of Trump?", "yes"),
        ("Altman believes in Trump, right?", "yes"),
        ("Does Altman doubt Trump?", "no"),
        ("What does Altman expect of Trump?", ""),
        ("Does Altman like Trump?", ""),
        ("Does Altman expect or doubt?", ""),
    ],
)
def test_a_yes_no_question_is_answered_by_what_the_entry_affirms_and_denies(
    world: Base, understander: Understander, message: str, word: str
) -> None:
    assert opens(world, understander, message, "altman-expects") == word


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Did Musk donate?", "yes"),
        ("Did Musk donate hundreds of millions?", "yes"),
        ("Did Musk donate a few thousand?", ""),
        ("Did Musk donate a hundred billions?", ""),
        ("Did only Musk donate?", ""),
    ],
)
def test_to_a_smaller_claim_than_the_article_makes_yes_is_not_said(
    world: Base, understander: Understander, message: str, word: str
) -> None:
    base = with_entry(world, "musk-donated", lead=Lead(yes=("donate",)))
    assert opens(base, understander, message, "musk-donated") == word


def test_where_both_are_named_neither_word_is_safe(world: Base, understander: Understander) -> None:
    assert opens(world, understander, "Does Altman doubt his hope for Trump?", "altman-expects") == ""


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Does Altman believe that Trump will not champion it?", ""),
        ("Did Altman never say he believes in Trump's people?", ""),
        ("Isn't Altman hoping for Trump?", "yes"),
        ("Altman hopes for Trump, no?", "yes"),
    ],
)
def test_a_negation_inside_the_question_is_not_risked(
    world: Base, understander: Understander, message: str, word: str
) -> None:
    assert opens(world, understander, message, "altman-expects") == word


def test_a_lead_may_be_a_word_that_is_no_concept(world: Base, understander: Understander) -> None:
    base = with_entry(world, "altman-expects", lead=Lead(no=("zebras",)))
    assert opens(base, understander, "Does Altman like zebras?", "altman-expects") == "no"


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Is Altman 39?", "yes"),
        ("Is he 45?", "no"),
        ("Was it on November 6?", "yes"),
        ("Was it in May?", "no"),
        ("Was it in November 2023?", "no"),
        ("Was it 6 May?", "no"),
        ("May he be 39?", "yes"),
        ("Might he be 39, may I ask?", "yes"),
        ("How old is he, 39?", ""),
        ("Is he old?", ""),
    ],
)
def test_numbers_and_months_are_held_against_the_quotes(
    world: Base, understander: Understander, message: str, word: str
) -> None:
    evidence = world.entries["altman-age"].evidence[0]
    whole = type(evidence)(9, "The 39-year-old CEO spoke on November 6.")
    base = with_entry(world, "altman-age", evidence=(whole,))
    assert opens(base, understander, message, "altman-age") == word


def test_numbers_say_nothing_where_the_quotes_hold_none(world: Base, understander: Understander) -> None:
    assert opens(world, understander, "Did Musk pay 45 millions?", "musk-sued") == ""


@pytest.mark.parametrize(
    ("message", "word"),
    [
        ("Was it Altman or Musk who sued?", "Elon Musk"),
        ("Did Musk or Vance sue?", "Elon Musk"),
        ("Did Altman or Vance sue?", ""),
        ("Musk or OpenAI?", ""),
        ("Did Musk sue or what?", ""),
        ("or Musk", ""),
    ],
)
def test_of_two_offered_the_one_the_answer_speaks_of_is_named(
    world: Base, understander: Understander, message: str, word: str
) -> None:
    assert opens(world, understander, message, "musk-sued") == word


def test_where_the_answer_speaks_of_both_offered_none_is_named(world: Base, understander: Understander) -> None:
    assert opens(world, understander, "Does Altman or Trump expect it?", "altman-expects") == ""
