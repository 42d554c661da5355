import pytest

from bot.language.long import first_question
from bot.language.normalise import MAX_LENGTH

STORY = "I read it on the train, twice. " * 30


@pytest.mark.parametrize(
    ("text", "question"),
    [(f"{STORY}How old is Altman? And Musk, how old is he?", "How old is Altman?"),
     (f"{STORY}Right? So who is JD Vance?\n{STORY}", "So who is JD Vance?"),
     (f"{STORY}\nhow old is altman?", "how old is altman?"),
     (STORY, ""), ("why " * 1_000 + "?", ""), ("x" * 1_000_000, ""), ("? " * 100_000, ""), ("", "")],
)  # fmt: skip
def test_the_first_question_that_can_be_read_is_found(text: str, question: str) -> None:
    assert first_question(text) == question
    assert len(question) <= MAX_LENGTH
