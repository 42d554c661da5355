import pytest

from bot.base.model import Base
from bot.language.understand import Understander
from bot.matching.index import Index
from bot.matching.weigh import Reading, Scales
from tests.world import learned


class Weighing:
    """Weighs messages by the hand-made base."""

    def __init__(self, base: Base, understander: Understander) -> None:
        self._understander = understander
        self._scales = Scales(Index(base, learned(base, understander).counts), understander.english)

    def __call__(self, text: str) -> Reading:
        understanding = self._understander.understand(self._understander.read(text))
        return self._scales.read(understanding.units, asks=understanding.asks)


@pytest.fixture(scope="module")
def weighing(world: Base, understander: Understander) -> Weighing:
    return Weighing(world, understander)


def test_the_whole_is_what_the_units_weigh_together(weighing: Weighing) -> None:
    reading = weighing("did Musk donate zebras")
    assert reading.whole == pytest.approx(sum(each.weight for each in reading.units))
    assert reading.whole - reading.besides_names == pytest.approx(
        sum(each.weight for each in reading.units if each.named)
    )


def test_names_are_told_from_the_rest(weighing: Weighing) -> None:
    reading = weighing("did Musk sue Altman")
    assert reading.names == {"e:musk", "e:altman"}
    assert [each.unit.text for each in reading.units if each.named] == ["musk", "altman"]


def test_a_word_the_base_never_heard_of_is_unknown_and_the_heavier_the_rarer_it_is(weighing: Weighing) -> None:
    rare, frequent = (weighing(f"is Musk a {word}").units[-1] for word in ("zebra", "person"))
    assert (rare.known, frequent.known) == (False, False)
    assert rare.weight > frequent.weight > 0


def test_an_empty_message_has_nothing_unknown_and_can_be_divided_by(weighing: Weighing) -> None:
    reading = weighing("")
    assert (reading.units, reading.unknown, reading.asks) == ((), 0.0, False)
    assert reading.whole == reading.besides_names == 1.0
