import pytest

from bot.dialogue.conversation import Conversation


def suggested(conversation: Conversation, text: str, limit: int = 10) -> list[str]:
    return [turn.reply.stated[0].entry for turn in conversation.suggest(text, limit)]


def test_the_best_answer_comes_first_and_none_twice(conversation: Conversation) -> None:
    found = suggested(conversation, "How much did Musk donate?")
    assert found[0] == "musk-donated"
    assert len(set(found)) == len(found) > 1


def test_the_answer_keeps_the_word_it_begins_with(conversation: Conversation) -> None:
    assert conversation.suggest("Is Altman 39?", 1)[0].reply.stated[0].text.startswith("Yes.")


@pytest.mark.parametrize(
    ("typed", "entry"),
    [
        ("how old is alt", "altman-age"),
        ("who is van", "who-is-vance"),
        ("zuck", "who-is-zuckerberg"),
        ("front of the li", "musk-front-of-line"),
    ],
)
def test_half_a_question_finds_what_it_may_become(conversation: Conversation, typed: str, entry: str) -> None:
    assert entry in suggested(conversation, typed)[:5]


@pytest.mark.parametrize("typed", ["xyzzy quux", "", "?", "🙂"])
def test_nothing_is_suggested_for_what_is_no_question(conversation: Conversation, typed: str) -> None:
    assert suggested(conversation, typed) == []


def test_no_more_are_suggested_than_wanted(conversation: Conversation) -> None:
    assert len(suggested(conversation, "m", 5)) == 5
