import pytest

from bot.language.stems import Stemmer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("regulate", "regulation"),
        ("criticise", "criticised"),
        ("donated", "donations"),
        ("company", "companies"),
        ("won", "winning"),
        ("gave", "giving"),
        ("thought", "think"),
        ("wives", "wife"),
        ("centre", "centers"),
        ("labour", "labor"),
        ("led", "leads"),
    ],
)
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert Stemmer().stem(one) == Stemmer().stem(other)


@pytest.mark.parametrize(("one", "other"), [("musk", "mask"), ("meta", "met"), ("trump", "tramp"), ("start", "star")])
def test_words_that_only_look_alike_do_not(one: str, other: str) -> None:
    assert Stemmer().stem(one) != Stemmer().stem(other)


def test_a_word_has_the_same_stem_whether_learned_or_not() -> None:
    stemmer = Stemmer()
    fresh = stemmer.stem("infrastructures")
    assert stemmer.learn("infrastructures") == fresh
    assert stemmer.stem("infrastructures") == fresh


@pytest.mark.parametrize("word", ["", "39", "马斯克", "a", "x" * 600])
def test_anything_has_a_stem(word: str) -> None:
    assert isinstance(Stemmer().stem(word), str)
