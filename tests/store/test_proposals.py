from __future__ import annotations

import pytest

from bot.store.model import Event, Kind
from bot.store.proposals import NEAR, Proposal, Proposals, proposals
from tests.store.events import missed

ENTRIES = ("altman-age", "musk-sued")
UNSTATED = ("wife",)


def proposed(*events: Event, known: tuple[str, ...] = ()) -> Proposals:
    return proposals(events, ENTRIES, UNSTATED, known)


def test_a_message_belongs_to_its_likeliest_entry() -> None:
    found = proposed(missed("altman years", Kind.CLARIFY, ("wife", 0.5), ("altman-age", 0.3), ("musk-sued", 0.2)))
    assert found.by_id == {"altman-age": (Proposal("altman years", 1, Kind.CLARIFY, 0.3),)}


def test_a_message_belongs_to_what_it_was_taken_for_told_or_not() -> None:
    found = proposed(
        missed("altman spouse", Kind.NOT_IN_ARTICLE, ("altman-age", 0.1), entry="wife"),
        missed("musk court", Kind.UNSURE, ("musk-sued", 0.8), entry="musk-sued"),
    )
    assert {id_: [each.text for each in texts] for id_, texts in found.by_id.items()} == {
        "wife": ["altman spouse"],
        "musk-sued": ["musk court"],
    }


@pytest.mark.parametrize(("chance", "near"), [(NEAR, True), (NEAR - 0.001, False)])
def test_a_message_near_no_entry_belongs_nowhere(chance: float, near: bool) -> None:
    found = proposed(missed("zebras", Kind.OFF_TOPIC, ("altman-age", chance)))
    assert ("altman-age" in found.by_id, bool(found.homeless)) == (near, not near)


def test_what_somebody_wanted_none_of_belongs_nowhere() -> None:
    found = proposed(missed("altman?", Kind.NONE_OF_THESE, ("altman-age", 0.4)))
    assert not found.by_id
    assert [each.text for each in found.homeless] == ["altman?"]


def test_the_same_message_is_proposed_once_with_how_often_it_came_the_most_frequent_first() -> None:
    asked = ["altman birthday", "Altman years", "altman years?"]
    found = proposed(*(missed(text, Kind.CLARIFY, ("altman-age", 0.3)) for text in asked))
    assert [(each.text, each.times) for each in found.by_id["altman-age"]] == [
        ("altman years?", 2),
        ("altman birthday", 1),
    ]


def test_what_is_a_phrasing_already_is_not_proposed() -> None:
    found = proposed(missed("Altman's age?!", Kind.UNSURE, entry="altman-age"), known=("altman's AGE",))
    assert (found.by_id, found.homeless, found.private) == ({}, (), 0)


@pytest.mark.parametrize(
    "text", ["ask me at a@b.org", "call 0170 1234567", "see http://x.org", "ask @ada", "ask [hidden]"]
)
def test_what_may_tell_who_asked_is_never_proposed_but_counted(text: str) -> None:
    found = proposed(missed(text, Kind.CLARIFY, ("altman-age", 0.9)))
    assert (found.by_id, found.homeless, found.private) == ({}, (), 1)


def test_what_holds_no_words_is_not_proposed() -> None:
    assert proposed(missed("???"), missed("")) == Proposals({}, (), 0)
