import pytest

from bot.language.model import Word
from bot.language.spelling import COMMON_WORDS, ENGLISH_WORDS, MOST_MISSPELT, Speller, english_ranks
from bot.language.stems import Stemmer

OWN = (
    "altman musk vance zuckerberg openai tesla regulation infrastructure intelligence artificial criticise "
    "administration feud company problem billionaire center data about the donate could whether does doge name"
).split()


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller({**dict.fromkeys(OWN, 10), "ai": 100}, english_ranks(), Stemmer(), {"congrats": "congratulations"})


def mended(speller: Speller, text: str) -> list[str]:
    return [word.text for word in speller.mend(tuple(Word(each, each) for each in text.split()))]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("whree", "where"),
        ("hwo", "how"),
        ("coud", "could"),
        ("altmam", "altman"),
        ("vnace", "vance"),
        ("zukerberg", "zuckerberg"),
        ("zuckerburg", "zuckerberg"),
        ("oepnai", "openai"),
        ("regualtion", "regulation"),
        ("infrastucture", "infrastructure"),
        ("inteligence", "intelligence"),
        ("prblm", "problem"),
        ("compny", "company"),
        ("bilionaire", "billionaire"),
        ("adminstration", "administration"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_meant(speller: Speller, typed: str, meant: str) -> None:
    assert mended(speller, typed) == [meant]


def test_a_rare_word_one_slip_from_a_frequent_one_of_the_base_is_read_as_that_one() -> None:
    own = ["handle", "channel", "trump"]
    assert mended(Speller(dict.fromkeys(own, 10), english_ranks(), Stemmer()), "handel chanel tramp") == [
        "handle",
        "channel",
        "tramp",
    ]
    assert mended(Speller({"other": 10}, english_ranks(), Stemmer()), "handel") == ["handel"]


def test_of_two_words_as_near_the_one_that_the_base_uses_more_is_meant() -> None:
    assert mended(Speller({"chips": 500, "cops": 1}, {}, Stemmer()), "cips") == ["chips"]


def test_a_letter_left_out_of_two_is_a_likely_slip() -> None:
    assert mended(Speller({"boss": 5, "box": 5}, {}, Stemmer()), "bos") == ["boss"]


@pytest.mark.parametrize(("typed", "meant"), [("bplt", "bolt"), ("bwlt", "belt")])
def test_of_two_words_as_near_the_one_with_the_neighbouring_key_is_meant(typed: str, meant: str) -> None:
    assert mended(Speller({"belt": 1, "bolt": 1}, {}, Stemmer()), typed) == [meant]


@pytest.mark.parametrize(
    "word",
    [
        "korean",
        "mask",
        "advance",
        "elephant",
        "photosynthesis",
        "feuding",
        "39",
        "gpt4",
        "2024",
        "x",
        "马斯克",
        "кто",
        "xqzvkjwpt",
    ],
)
def test_a_word_that_is_right_or_beyond_guessing_stays(speller: Speller, word: str) -> None:
    assert mended(speller, word) == [word]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("aboutthe", "about the"),
        ("datacenter", "data center"),
        ("whois", "who is"),
        ("aproblm", "a problem"),
        ("doesai", "does ai"),
    ],
)
def test_words_typed_as_one_are_taken_apart(speller: Speller, typed: str, meant: str) -> None:
    assert mended(speller, typed) == meant.split()


def test_a_word_typed_apart_is_joined(speller: Speller) -> None:
    assert mended(speller, "the regu lation of") == ["the", "regulation", "of"]


@pytest.mark.parametrize(("typed", "meant"), [("doesd oge", "does doge"), ("mus kdonate", "musk donate")])
def test_a_space_a_letter_too_early_or_late_is_moved(speller: Speller, typed: str, meant: str) -> None:
    assert mended(speller, typed) == meant.split()


def test_a_misspelt_abbreviation_is_written_out(speller: Speller) -> None:
    assert mended(speller, "the congrast") == ["the", "congratulations"]


def test_two_good_words_are_never_joined() -> None:
    speller = Speller(dict.fromkeys([*OWN, "together"], 10), english_ranks(), Stemmer())
    assert mended(speller, "to get her whree") == ["to", "get", "her", "where"]


def test_words_parted_by_punctuation_are_not_joined(speller: Speller) -> None:
    words = speller.mend((Word("regu", "regu", stop="."), Word("lation", "lation")))
    assert "regulation" not in [word.typed.replace(" ", "") for word in words]


def test_what_was_mended_keeps_what_was_typed_its_stop_and_its_possessive(speller: Speller) -> None:
    (word,) = speller.mend((Word("altmam", "Altmam's", stop="?", possessive=True),))
    assert word == Word("altman", "Altmam's", stop="?", possessive=True, corrected=True)


def test_of_words_taken_apart_the_last_keeps_the_stop(speller: Speller) -> None:
    first, second = speller.mend((Word("aboutthe", "aboutthe", stop="?"),))
    assert (first.text, first.stop, first.corrected) == ("about", "", True)
    assert (second.text, second.stop) == ("the", "?")


def test_correct_words_are_given_back_as_they_are(speller: Speller) -> None:
    words = (Word("who", "Who"), Word("criticised", "criticised"), Word("vance", "Vance", stop="?"))
    assert speller.mend(words) is words


def test_no_words_are_no_problem(speller: Speller) -> None:
    assert speller.mend(()) == ()


@pytest.mark.parametrize(("typed", "near"), [("mask", "musk"), ("musl", "musk"), ("telsa", "tesla"), ("musk", None)])
def test_a_name_one_slip_away_is_near_a_word(speller: Speller, typed: str, near: str | None) -> None:
    assert speller.near(typed, ["altman", "musk", "tesla"]) == near


@pytest.mark.parametrize("word", ["dust", "desk", "mosaic"])
def test_a_name_two_slips_away_is_not(speller: Speller, word: str) -> None:
    assert speller.near(word, ["altman", "musk", "tesla"]) is None


def test_short_names_are_near_nothing(speller: Speller) -> None:
    assert speller.near("sad", ["sam"]) is None


def test_english_words_are_ranked_by_how_frequent_they_are() -> None:
    ranks = english_ranks()
    assert len(ranks) == ENGLISH_WORDS
    assert ranks["the"] == 0
    assert ranks["the"] < ranks["where"] < COMMON_WORDS < ranks["photosynthesis"]


def test_of_very_many_misspelt_words_only_the_first_are_mended(speller: Speller) -> None:
    many = MOST_MISSPELT + 3
    assert mended(speller, "altmam " * many) == ["altman"] * MOST_MISSPELT + ["altmam"] * 3


def test_a_word_longer_than_any_is_left_alone(speller: Speller) -> None:
    assert mended(speller, "inteligence" + "x" * 600) == ["inteligence" + "x" * 600]
