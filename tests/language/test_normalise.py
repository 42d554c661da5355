import unicodedata

import pytest

from bot.language.model import Word
from bot.language.normalise import MAX_LENGTH, fold, words_of

ABBREVIATIONS = {"wat": "what", "r": "are", "u": "you", "whats": "what is", "dont": "do not"}


def texts(message: str) -> list[str]:
    return [word.text for word in words_of(message, ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("How OLD is Altman?", "how old is altman?"),
        ("Zückerberg", "zuckerberg"),
        ("Ｍｕｓｋ", "musk"),
        ("M\u200bu\u00ads\ufeffk", "musk"),
        ("Musk’s “deal”", 'musk\'s "deal"'),
        ("U.S.A. and the E.U.", "usa and the eu"),
        ("Mr. Musk vs. Dr. No", "mr musk vs dr no"),
        ("chips & power + data", "chips  and  power  and  data"),
        ("M\u0336u\u0336s\u0336k\u0336", "musk"),
        ("İstanbul", "istanbul"),
        ("ﬁrm", "firm"),
    ],
)
def test_text_is_folded_to_one_plain_spelling(typed: str, plain: str) -> None:
    assert fold(typed) == plain


@pytest.mark.parametrize("space", ["\n", "\t", "\u00a0", "\u2003", "\u2028", "\r\n"])
def test_every_kind_of_space_parts_words(space: str) -> None:
    assert texts(f"data{space}center") == ["data", "center"]


@pytest.mark.parametrize("emoji", ["😀", "👩🏽\u200d💻", "🇺🇸", "❤️", "1️⃣"])
def test_emoji_are_set_aside(emoji: str) -> None:
    assert texts(f"who is{emoji}Vance {emoji}") == ["who", "is", "vance"]


def test_what_is_no_text_at_all_disappears() -> None:
    assert texts("\x00mu\x07sk\x1b \ud800") == ["musk"]


def test_only_so_much_of_a_message_is_read() -> None:
    assert fold("a" * MAX_LENGTH + "b") == "a" * MAX_LENGTH


def test_folding_folded_text_changes_nothing() -> None:
    once = fold("What’s the CEO’s Ｐlan — “chips” & Zückerberg’s… 😀 U.S.A.?")
    assert fold(once) == once
    assert unicodedata.is_normalized("NFKD", once)


def test_chat_spellings_are_written_out_and_what_was_typed_is_kept() -> None:
    words = words_of("wat r u", ABBREVIATIONS)
    assert [(word.text, word.typed) for word in words] == [("what", "wat"), ("are", "r"), ("you", "u")]


@pytest.mark.parametrize("typed", ["whats", "what's", "What’s", "WHATS"])
def test_an_abbreviation_is_known_with_and_without_its_apostrophe(typed: str) -> None:
    assert texts(f"{typed} it") == ["what", "is", "it"]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("don't", ["do", "not"]),
        ("can't", ["can", "not"]),
        ("won't", ["will", "not"]),
        ("ain't", ["is", "not"]),
        ("hasn’t", ["has", "not"]),
    ],
)
def test_negations_are_taken_apart(typed: str, read: list[str]) -> None:
    assert texts(typed) == read


def test_a_possessive_loses_its_ending_but_is_remembered() -> None:
    assert words_of("Musk's car", {}) == (Word("musk", "musk's", possessive=True), Word("car", "car"))


def test_a_letter_held_down_is_cut_to_two() -> None:
    assert texts("whaaaaat is coool") == ["whaat", "is", "cool"]


def test_the_first_punctuation_after_a_word_is_kept_and_any_before_the_first_word_is_dropped() -> None:
    words = words_of("... who?! Altman, and", {})
    assert [(word.text, word.stop) for word in words] == [("who", "?"), ("altman", ","), ("and", "")]


def test_a_title_ends_no_sentence() -> None:
    assert [word.stop for word in words_of("Mr. Musk left.", {})] == ["", "", "."]


def test_a_handle_is_read_as_its_name_and_a_lone_sign_as_the_word() -> None:
    assert texts("@sama posted") == ["sama", "posted"]
    assert texts("What's Sam's @?") == ["what", "is", "sam", "handle"]


@pytest.mark.parametrize("typed", ["sam_altman", "sam-altman", "sam/altman", "sam–altman", "sam…altman", "(sam)altman"])
def test_signs_between_words_part_them(typed: str) -> None:
    assert texts(typed) == ["sam", "altman"]


@pytest.mark.parametrize("message", ["", "   ", "?!", "😀", "---", "\u200b", "_", "'", "''''", "@@"])
def test_a_message_without_words_has_none(message: str) -> None:
    assert [text for text in texts(message) if text != "handle"] == []


def test_other_scripts_are_words_too() -> None:
    assert texts("Кто такой 马斯克?") == ["кто", "такои", "马斯克"]


def test_an_apostrophe_too_many_leaves_no_trace() -> None:
    assert [word.text for word in words_of("does'n't", {})] == ["does", "not"]
