import pytest

from bot.store.misses import grouped
from bot.store.model import Kind
from bot.store.noting import thumb
from tests.store.events import missed

ENTRIES = ("altman-age", "musk-sued")


def test_like_messages_stand_together_the_most_frequent_first() -> None:
    asked = [
        "Who won the war?",
        "is altman married",
        "Is Sam Altman maried??",
        "is altman married",
        "IS ALTMAN MARRIED!",
    ]
    first, second = grouped([missed(text) for text in asked], ENTRIES)
    assert (first.times, first.texts) == (4, ("is altman married", "IS ALTMAN MARRIED!", "Is Sam Altman maried??"))
    assert (second.times, second.texts) == (1, ("Who won the war?",))


@pytest.mark.parametrize(
    ("one", "other"), [("how old is musk", "how old is altman"), ("why?", "who?"), ("???", "!!!"), ("Сколько?", "何歳")]
)
def test_what_is_not_alike_stands_apart(one: str, other: str) -> None:
    assert [group.times for group in grouped([missed(one), missed(other)], ENTRIES)] == [1, 1]


def test_the_order_of_the_words_does_not_matter() -> None:
    (group,) = grouped([missed("altman married, is he"), missed("is he married, altman")], ENTRIES)
    assert group.times == 2


def test_the_nearest_entry_is_the_likeliest_over_the_whole_group() -> None:
    (group,) = grouped(
        [
            missed("altman years", Kind.CLARIFY, ("musk-sued", 0.5), ("altman-age", 0.4)),
            missed("altmans years", Kind.CLARIFY, ("altman-age", 0.6)),
        ],
        ENTRIES,
    )
    assert group.nearest == "altman-age"
    assert group.chance == pytest.approx(0.5)


def test_unstated_things_and_what_has_left_the_base_are_no_nearest_entry() -> None:
    gone = missed("is altman married", Kind.NOT_IN_ARTICLE, ("wife", 0.9), ("no-more", 0.05), ("musk-sued", 0.01))
    (group,) = grouped([gone], ENTRIES)
    assert (group.nearest, group.chance) == ("musk-sued", 0.01)
    (group,) = grouped([missed("zebras")], ENTRIES)
    assert (group.nearest, group.chance) == ("", 0.0)


def test_what_became_of_the_messages_is_told_the_most_frequent_first() -> None:
    kinds = (Kind.CLARIFY, Kind.UNSURE, Kind.UNSURE)
    (group,) = grouped([missed("altman?", kind) for kind in kinds], ENTRIES)
    assert group.kinds == (Kind.UNSURE, Kind.CLARIFY)


def test_what_holds_no_message_is_in_no_group() -> None:
    assert grouped([thumb("altman-age", True)], ENTRIES) == ()
