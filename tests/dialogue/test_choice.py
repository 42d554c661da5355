from collections.abc import Callable

import pytest

from bot.dialogue.choice import Chooser, Other, place
from bot.dialogue.conversation import Conversation
from bot.dialogue.model import Context

Choose = Callable[..., str | Other | None]

OFFERED = ("altman-age", "musk-donated", "vance-fears")


@pytest.fixture(scope="module")
def chooser(conversation: Conversation) -> Chooser:
    return Chooser(conversation.base, conversation.understander)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), (" 2. ", 2), ("#2", 2), ("option 2", 2), ("the second one", 2), ("Second!", 2), ("2nd please", 2),
     ("number 3", 3), ("I mean the third", 3), ("the last one", 3), ("2️⃣", 2), ("9", 9), ("no. 1", 1)],
)  # fmt: skip
def test_a_place_chooses(text: str, number: int) -> None:
    assert place(text, 3, bare=False) == number


@pytest.mark.parametrize(
    "text", ["", "1 2", "39 years", "two", "one more", "the second biggest firm", "1" * 5_000, "second to none", "why?"]
)
def test_what_is_no_place_chooses_nothing(text: str) -> None:
    assert place(text, 3, bare=False) is None


def test_a_number_written_out_chooses_only_where_one_is_expected() -> None:
    assert place("two", 3, bare=True) == 2
    assert place("number one", 3, bare=True) == 1


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("2", "musk-donated"), ("two", "musk-donated"), ("the last one", "vance-fears"), ("his age", "altman-age"),
     ("the age of altmann", "altman-age"), ("what vance fears", "vance-fears"), ("his donation", "musk-donated"),
     ("4", Other.NO_SUCH), ("0", Other.NO_SUCH), ("None of these!", Other.NONE_OF_THESE), ("nope", Other.NONE_OF_THESE),
     ("neither", Other.NONE_OF_THESE), ("How old is Musk?", None),
     ("77", None), ("Altman", None), ("thanks", None), ("", None),
     ("why does musk fear vance", None)],
)  # fmt: skip
def test_a_guess_is_answered_by_place_by_words_or_not_at_all(
    chooser: Chooser, text: str, chosen: str | Other | None
) -> None:
    assert chooser.choose(text, Context(offered=OFFERED, unsure=True)) == chosen


@pytest.mark.parametrize("text", ["two", "his age", "no", "7", "none of these"])
def test_follow_ups_are_chosen_by_place_alone(chooser: Chooser, text: str) -> None:
    context = Context(offered=OFFERED)
    assert chooser.choose("the second one", context) == "musk-donated"
    assert chooser.choose(text, context) is None or text == "7"
