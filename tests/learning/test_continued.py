from dataclasses import replace

import pytest

from bot.base.model import Base, Continuation
from bot.dialogue.context import BORROWED_SHARE
from bot.language.model import Understanding
from bot.language.understand import Understander
from bot.learning.continued import continued
from bot.matching.index import Index
from tests.world import learned


@pytest.fixture(scope="module")
def index(world: Base, understander: Understander) -> Index:
    return Index(world, learned(world, understander).counts)


def understood(
    world: Base, index: Index, understander: Understander, *continuations: Continuation
) -> list[Understanding]:
    base = replace(world, continuations=continuations)
    return [each.understanding for each in continued(base, index, understander)]


def test_a_continuation_borrows_from_the_question_before_it(
    world: Base, index: Index, understander: Understander
) -> None:
    (found,) = understood(world, index, understander, Continuation("altman-age", "wife", ("and Musk?",)))
    assert found.entities == ("musk",)
    assert [unit.text for unit in found.composed if unit.share == 1.0] == ["musk", "how old"]


def test_one_that_stands_alone_borrows_nothing(world: Base, index: Index, understander: Understander) -> None:
    (found,) = understood(world, index, understander, Continuation("altman-age", "musk-sued", ("Who sued OpenAI?",)))
    assert found == understander.phrasing("Who sued OpenAI?")


def test_each_follows_another_phrasing_of_the_same_entry(world: Base, index: Index, understander: Understander) -> None:
    texts = ("in court?", "in court?")
    first, second = understood(world, index, understander, Continuation("musk-donated", "musk-sued", texts))
    assert first != second
    assert {unit.share for each in (first, second) for unit in each.composed} == {1.0, BORROWED_SHARE}


def test_it_speaks_for_what_it_asks_for(world: Base, index: Index, understander: Understander) -> None:
    base = replace(world, continuations=(Continuation("altman-age", "wife", ("and his wife?",)),))
    assert [each.candidate for each in continued(base, index, understander)] == ["wife"]
