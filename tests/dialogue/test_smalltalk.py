import pytest

from bot.base.model import Base
from bot.dialogue.smalltalk import MAX_WORDS, SmalltalkMatcher
from bot.language.model import Word
from bot.language.prepared import prepare


@pytest.fixture(scope="module")
def smalltalk(world: Base) -> SmalltalkMatcher:
    return SmalltalkMatcher(world, prepare(world).smalltalk)


@pytest.mark.parametrize(
    ("message", "block"),
    [
        ("hi", "greeting"),
        ("  HELLO!!! ", "greeting"),
        ("Hello 😀", "greeting"),
        ("thanks!", "thanks"),
        ("wat r u?", "who-are-you"),
        ("😀", "emoji"),
        ("❤️❤️", "emoji"),
        ("👩🏽\u200d💻", "emoji"),
        ("", "nothing-said"),
        ("...", "nothing-said"),
        ("?!", "nothing-said"),
        ("\u200b\n", "nothing-said"),
        ("/start", "start"),
        ("/START@SomeBot now", "start"),
    ],
)
def test_what_is_said_to_a_bot_is_recognised(smalltalk: SmalltalkMatcher, message: str, block: str) -> None:
    assert smalltalk.find(message) == block


@pytest.mark.parametrize(
    ("message", "block"),
    [
        ("thank you so much, very helpful", "thanks"),
        ("hello there friend", "greeting"),
        ("good morning all", "greeting"),
    ],
)
def test_pleasantries_around_it_make_it_no_more(smalltalk: SmalltalkMatcher, message: str, block: str) -> None:
    assert smalltalk.find(message) == block


@pytest.mark.parametrize(
    "message",
    [
        "hi, who is Vance",
        "hello Altman",
        "thanks for the zebras",
        "what friend, hello",
        "Altman",
        "so very much",
        "/unknown",
        "/",
    ],
)
def test_what_says_more_or_nothing_of_the_kind_is_none(smalltalk: SmalltalkMatcher, message: str) -> None:
    assert smalltalk.find(message) == ""


def test_long_messages_are_none(smalltalk: SmalltalkMatcher) -> None:
    assert smalltalk.find("hello " + "so " * (MAX_WORDS - 1)) == "greeting"
    assert smalltalk.find("hello " + "so " * MAX_WORDS) == ""


@pytest.mark.parametrize(
    ("message", "block"),
    [
        ("hello, a retired teacher here", "greeting"),
        ("Good morning from Warsaw", "greeting"),
        ("a retired teacher here, hello", ""),
        ("", ""),
    ],
)
def test_what_a_message_opens_with_is_recognised(smalltalk: SmalltalkMatcher, message: str, block: str) -> None:
    assert smalltalk.opens(message) == block


def test_words_whose_slips_are_mended_are_recognised(smalltalk: SmalltalkMatcher) -> None:
    assert smalltalk.find("thnak yuo") == ""
    assert smalltalk.among((Word("thank", "thnak"), Word("you", "yuo"))) == "thanks"
