import pytest

from bot.language.clauses import MOST_CUTS, MOST_QUESTIONS, halves, is_question, split
from bot.language.normalise import words_of


def parts(message: str) -> list[str]:
    return [" ".join(word.text for word in part) for part in split(words_of(message, {"n": "and"}))]


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("How old is Altman? Who sued OpenAI?", ["how old is altman", "who sued openai"]),
        ("how much did Musk give n what was his reward", ["how much did musk give", "what was his reward"]),
        ("how old is Altman and who is Vance", ["how old is altman", "who is vance"]),
        ("who is Vance, how old is he", ["who is vance", "how old is he"]),
        ("who sued OpenAI and why", ["who sued openai", "why"]),
        ("when did they talk and on what channel", ["when did they talk", "on what channel"]),
        ("what did Musk give and did he sue", ["what did musk give", "did he sue"]),
    ],
)
def test_two_questions_are_taken_apart(message: str, questions: list[str]) -> None:
    assert parts(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "how old is Altman",
        "who are Altman and Musk",
        "the Tesla boss, how old is he",
        "does he criticise OpenAI and Altman",
        "chips, energy and data centers",
        "what do Altman, Musk and Vance want",
        "Altman and Musk",
    ],
)
def test_one_question_stays_whole(message: str) -> None:
    assert parts(message) == [" ".join(word.text for word in words_of(message, {}))]


def test_remarks_beside_a_question_are_left_out() -> None:
    assert parts("I forgot. How old is Altman? Thanks a lot!") == ["how old is altman"]


def test_a_message_that_asks_nothing_is_one_part() -> None:
    assert parts("I like cars. You too.") == ["i like cars you too"]
    assert parts("") == [""]


@pytest.mark.parametrize("message", ["who is it", "is he rich", "Altman's age?", "and what then", "tell me more"])
def test_what_asks_is_a_question(message: str) -> None:
    assert is_question(words_of(message, {}))


@pytest.mark.parametrize("message", ["Altman's age", "I like cars.", "", "and Musk"])
def test_what_asks_nothing_is_none(message: str) -> None:
    assert not is_question(words_of(message, {}))


def test_of_very_many_questions_only_the_first_are_taken() -> None:
    assert parts("who is it? " * 50) == ["who is it"] * MOST_QUESTIONS


def test_a_message_is_cut_in_two_at_the_first_joining_words_only() -> None:
    assert len(halves(words_of("the age of Altman and " * 12, {}))) == MOST_CUTS
