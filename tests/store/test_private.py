import time

import pytest

from bot.store.private import HIDDEN, hidden, holds_token, tells_who


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("write to Ada.Love+x@mail.example.org please", f"write to {HIDDEN} please"),
        ("call +49 (170) 123-45-67 now", f"call {HIDDEN} now"),
        ("call 0170/1234567", f"call {HIDDEN}"),
        ("my number is 15551234567.", f"my number is {HIDDEN}."),
        ("٠١٧٠١٢٣٤٥٦٧", HIDDEN),
        ("see https://example.org/me?x=1 there", f"see {HIDDEN} there"),
        ("tg://user?id=12", HIDDEN),
        ("I am t.me/ada", f"I am {HIDDEN}"),
        ("www.example.net", HIDDEN),
        ("ask @ada_l or ＠bob", f"ask {HIDDEN} or {HIDDEN}"),
        (f"it is 123456789:{'aB3-_' * 7}!", f"it is {HIDDEN}!"),
        ("https://u:p@example.org and a@b.cc", f"{HIDDEN} and {HIDDEN}"),
    ],
)
def test_what_may_tell_who_wrote_it_is_hidden(text: str, kept: str) -> None:
    assert hidden(text) == kept
    assert tells_who(text)
    assert tells_who(kept)


@pytest.mark.parametrize(
    "text",
    ["How old is Altman?", "did he win on November 6, 2024", "500 billion or 500,000?", "he won.why?", "3.5 or 4.0",
     "50/50 @ best", "GPT-4o vs GPT-3.5", "is 39 his age", ""],
)  # fmt: skip
def test_ordinary_questions_stay_as_they_are(text: str) -> None:
    assert hidden(text) == text
    assert not tells_who(text)


@pytest.mark.parametrize("piece", ["a", "1", ".", "@", "a.", "1-", "w.", "a@b."])
def test_the_longest_message_takes_no_time_to_speak_of(piece: str) -> None:
    started = time.perf_counter()
    hidden((piece * 4096)[:4096])
    assert time.perf_counter() - started < 0.5  # it takes a hundredth of that; a square of its length would take longer


@pytest.mark.parametrize("text", ["123456789:short", "12345:" + "a" * 35, "at 10:30", "1" * 4096, "1:" * 2000])
def test_what_is_no_token_is_taken_for_none(text: str) -> None:
    assert not holds_token(text)
