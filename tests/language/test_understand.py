import pytest

from bot.base.model import Kind
from bot.language.model import Understanding
from bot.language.understand import MAX_WORDS, Understander


def read(understander: Understander, message: str) -> Understanding:
    return understander.understand(understander.read(message))


def pieces(understanding: Understanding) -> list[tuple[str, str]]:
    """Return what the units say, each with its foremost meaning."""
    return [(unit.text, unit.features[0]) for unit in understanding.units]


def test_a_question_is_its_names_meanings_and_kinds(understander: Understander) -> None:
    understanding = read(understander, "How much did Elon Musk donate, please?")
    assert pieces(understanding) == [("how much", "k:how_much"), ("elon musk", "e:musk"), ("donate", "c:donate")]
    assert understanding.kinds == {Kind.HOW_MUCH}


def test_words_that_never_matter_are_passed_over(understander: Understander) -> None:
    assert pieces(read(understander, "please tell me about the regulation")) == [("regulation", "c:regulation")]
    assert pieces(read(understander, "what is it about")) == []


def test_a_word_without_a_meaning_of_its_own_is_its_stem(understander: Understander) -> None:
    (unit,) = read(understander, "elephants").units
    assert unit.features == ("w:eleph",)


def test_an_expression_of_several_words_is_one_piece_that_still_knows_its_words(understander: Understander) -> None:
    (unit,) = read(understander, "data center").units
    assert (unit.text, unit.features) == ("data center", ("c:data-centers", "w:data", "w:center"))


@pytest.mark.parametrize("message", ["data centers", "the data centre", "datacenter", "server farms", "dataa center"])
def test_one_meaning_has_many_spellings(understander: Understander, message: str) -> None:
    assert read(understander, message).units[0].features[0] == "c:data-centers"


def test_an_expression_with_room_in_it_is_found_around_what_stands_there(understander: Understander) -> None:
    understanding = read(understander, "who takes OpenAI to court")
    assert ("takes to court", "c:sue") in pieces(understanding)
    assert ("openai", "e:openai") in pieces(understanding)


@pytest.mark.parametrize("typed", ["Sam Altman", "sam altman", "SamAltman", "@sama", "altmam", "Altman's", "Sam"])
def test_a_name_is_known_in_every_form(understander: Understander, typed: str) -> None:
    assert read(understander, f"how old is {typed}").entities == ("altman",)


def test_what_is_said_twice_counts_once(understander: Understander) -> None:
    assert pieces(read(understander, "Musk Musk Musk")) == [("musk", "e:musk")]


def test_all_numbers_of_a_length_mean_the_same(understander: Understander) -> None:
    assert read(understander, "45").units[0].features == read(understander, "52").units[0].features == ("n:2-digits",)
    assert read(understander, "2024").units[0].features == ("n:4-digits",)
    assert read(understander, "1" * 50).units[0].features == ("n:5-digits",)


def test_a_word_one_slip_from_a_name_is_that_name_beside_what_belongs_to_it(understander: Understander) -> None:
    understanding = read(understander, "the mask who owns Tesla")
    assert understanding.entities[0] == "musk"
    assert understanding.units[0].features == ("e:musk", "w:mask")


@pytest.mark.parametrize("message", ["a mask against dust", "the mask who owns Meta", "a mask"])
def test_elsewhere_it_is_what_it_says(understander: Understander, message: str) -> None:
    assert "musk" not in read(understander, message).entities


def test_misspelt_words_are_mended_and_told(understander: Understander) -> None:
    understanding = read(understander, "whree is Altmam?")
    assert understanding.text == "where is altman"
    assert understanding.corrections == (("whree", "where"), ("altmam", "altman"))
    assert understanding.kinds == {Kind.WHERE}


@pytest.mark.parametrize(
    "message", ["is he rich", "did Musk sue", "and will they", "he is rich, right", "he sued, no?"]
)
def test_yes_or_no_is_asked(understander: Understander, message: str) -> None:
    assert read(understander, message).yes_no


@pytest.mark.parametrize("message", ["who is rich", "how rich is he", "Musk", ""])
def test_yes_or_no_is_not_asked(understander: Understander, message: str) -> None:
    assert not read(understander, message).yes_no


def test_pronouns_and_a_linking_word_at_the_start_are_noticed(understander: Understander) -> None:
    understanding = read(understander, "and why did he sue them")
    assert understanding.pronouns == ("he", "them")
    assert understanding.opens_with_link
    assert not read(understander, "why and how").opens_with_link


def test_only_so_many_words_are_read(understander: Understander) -> None:
    assert len(understander.read("is " * 1_000)) == MAX_WORDS


def test_a_message_without_words_says_nothing(understander: Understander) -> None:
    understanding = read(understander, "?!")
    assert (understanding.units, understanding.composed, understanding.asks) == ((), (), False)


def test_a_phrasing_is_not_mended(understander: Understander) -> None:
    assert understander.phrasing("whree is it").text == "whree is it"


def test_two_questions_are_parted(understander: Understander) -> None:
    parts = understander.questions(understander.read("How old is Altman n who sued OpenAI?"))
    assert [[word.text for word in part] for part in parts] == [
        ["how", "old", "is", "altman"],
        ["who", "sued", "openai"],
    ]
