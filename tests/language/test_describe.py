import pytest

from bot.language.describe import Describer, Item
from bot.language.understand import Understander


def meant(understander: Understander, message: str) -> tuple[str, ...]:
    return understander.phrasing(message).entities


@pytest.mark.parametrize(
    ("message", "entities"),
    [
        ("the boss of the firm that makes ChatGPT", ("altman",)),
        ("the guy who runs the company behind ChatGPT", ("altman",)),
        ("the guy who heads OpenAI", ("altman",)),
        ("ChatGPT's maker", ("altman", "openai")),
        ("the company that made ChatGPT", ("openai",)),
        ("the ChatGPT firm", ("openai",)),
        ("the creator of ChatGPT", ("altman", "openai")),
        ("Tesla's boss", ("musk",)),
        ("the Tesla CEO", ("musk",)),
        ("the owner of Tesla", ("musk",)),
        ("the man who owns Tesla", ("musk",)),
        ("the Tesla guy", ("musk",)),
        ("the founder of OpenAI", ("altman", "musk")),
        ("the head of Meta", ("zuckerberg",)),
    ],
)
def test_a_description_stands_for_what_it_describes(
    understander: Understander, message: str, entities: tuple[str, ...]
) -> None:
    assert meant(understander, message) == entities


def test_a_description_inside_a_question_leaves_the_rest_alone(understander: Understander) -> None:
    understanding = understander.phrasing("How old is the boss of the firm that makes ChatGPT?")
    assert [(unit.text, unit.features[0]) for unit in understanding.composed] == [
        ("how old", "k:age"),
        ("boss of the firm that makes chatgpt", "e:altman"),
    ]


def test_the_plain_reading_is_kept_beside_the_composed_one(understander: Understander) -> None:
    understanding = understander.phrasing("Tesla's boss")
    assert [unit.text for unit in understanding.units] == ["tesla", "boss"]
    assert [unit.text for unit in understanding.composed] == ["tesla boss"]


def test_without_a_description_there_is_one_reading(understander: Understander) -> None:
    understanding = understander.phrasing("Who sued OpenAI?")
    assert understanding.composed == understanding.units


def test_who_is_named_needs_no_describing(understander: Understander) -> None:
    assert meant(understander, "Tesla CEO Elon Musk") == ("tesla", "musk")
    assert meant(understander, "Elon Musk, boss of Tesla") == ("musk", "tesla")


def test_a_firm_of_whose_people_nothing_is_known_stays_a_firm(understander: Understander) -> None:
    assert meant(understander, "the boss of Microsoft") == ("microsoft",)


@pytest.mark.parametrize("message", ["does Musk like Tesla", "the boss", "a firm that makes cars", "Altman on Meta"])
def test_what_describes_nobody_is_left_alone(understander: Understander, message: str) -> None:
    understanding = understander.phrasing(message)
    assert understanding.composed == understanding.units


def test_a_row_without_names_is_given_back_as_it_is() -> None:
    row = (Item((0,), stem="boss", word="boss"), Item((1,), stem="of", word="of"))
    assert Describer({}, {}).compose(row) == row
