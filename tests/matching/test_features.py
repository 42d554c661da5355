import math

import pytest

from bot.language.model import Role, Unit, Word
from bot.matching.features import BARE_WORD, features


def words(text: str) -> tuple[Word, ...]:
    return tuple(Word(each, each) for each in text.split())


def test_features_are_scaled_to_length_one() -> None:
    found = features((Unit("a", ("c:a", "w:a"), 0), Unit("b", ("e:b",), 1, Role.AGENT)), words("a b b"))
    assert math.sqrt(sum(value * value for value in found.values())) == pytest.approx(1.0)


def test_every_meaning_role_and_bare_word_is_a_feature() -> None:
    found = features(
        (Unit("sued", ("c:sue", "w:su"), 0), Unit("openai", ("e:openai",), 1, Role.PATIENT)), words("sued openai")
    )
    assert set(found) == {"c:sue", "w:su", "e:openai", "r:openai:patient", "t:sued", "t:openai"}


def test_who_does_and_who_is_done_to_are_different_features() -> None:
    agent = features((Unit("vance", ("e:vance",), 0, Role.AGENT),), ())
    patient = features((Unit("vance", ("e:vance",), 0, Role.PATIENT),), ())
    assert agent.keys() ^ patient.keys() == {"r:vance:agent", "r:vance:patient"}


def test_bare_words_count_less_and_add_up() -> None:
    found = features((Unit("sue", ("c:sue",), 0),), words("did did sue"))
    assert found["t:sue"] / found["c:sue"] == pytest.approx(BARE_WORD)
    assert found["t:did"] / found["t:sue"] == pytest.approx(2.0)


def test_what_is_borrowed_counts_by_its_share_and_the_larger_share_wins() -> None:
    found = features((Unit("a", ("c:a",), 0), Unit("b", ("c:b",), 1, share=0.4), Unit("a", ("c:a",), 2, share=0.4)), ())
    assert found["c:b"] / found["c:a"] == pytest.approx(0.4)


def test_a_message_without_words_has_no_features() -> None:
    assert features((), ()) == {}
