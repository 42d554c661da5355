from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.store.model import MISSES, Event, Kind
from bot.store.noting import thumb
from bot.store.store import Store, everything
from tests.store.events import ADA, BOB, NOON, missed
from tests.store.kept import Clock, texts


def test_an_event_comes_back_as_it_was_kept(store: Store) -> None:
    event = Event(NOON, Kind.CLARIFY, "Маск 🙂 'x'\"; --", "musk", "clarify", (("a", 0.1234567), ("b", 0.0)), "c")
    number = store.note(ADA, event)
    assert store.events([Kind.CLARIFY]) == ((number, event),)


def test_events_are_chosen_by_kind_and_come_the_oldest_first(store: Store) -> None:
    store.note(ADA, missed("one", Kind.UNSURE))
    store.note(ADA, thumb("altman-age", True))
    store.note(BOB, missed("two", Kind.OFF_TOPIC))
    assert texts(store, *MISSES) == ["one", "two"]
    assert texts(store, Kind.OFF_TOPIC) == ["two"]
    assert store.events([]) == ()


def test_what_is_kept_outlives_the_store(store: Store, path: Path, clock: Clock) -> None:
    number = store.note(ADA, missed("one"))
    again = Store(path, 30, clock)
    assert again.events(Kind) == ((number, missed("one")),)
    assert again.forget(ADA) == 1


def test_none_of_these_turns_a_question_back_into_a_miss(store: Store) -> None:
    number = store.note(ADA, missed("altman?", Kind.CLARIFY))
    store.note_none_of_these(ADA, number)
    assert texts(store, Kind.NONE_OF_THESE) == ["altman?"]
    assert texts(store, Kind.CLARIFY) == []


def test_none_of_these_changes_nothing_else(store: Store) -> None:
    number = store.note(ADA, missed("altman?", Kind.OFF_TOPIC))
    theirs = store.note(BOB, missed("musk?", Kind.CLARIFY))
    for each in (number, theirs, theirs + 1):
        store.note_none_of_these(ADA, each)
    assert texts(store, Kind.OFF_TOPIC) == ["altman?"]
    assert texts(store, Kind.NONE_OF_THESE) == []


def test_no_number_is_given_twice(store: Store) -> None:
    number = store.note(ADA, missed("altman?", Kind.CLARIFY))
    store.forget(ADA)
    assert store.note(BOB, missed("musk?", Kind.CLARIFY)) > number


def test_a_thumb_takes_the_place_of_the_same_persons_earlier_one(store: Store) -> None:
    store.note(ADA, thumb("altman-age", True))
    store.note(ADA, thumb("musk-sued", True))
    store.note(BOB, thumb("altman-age", True))
    store.note(ADA, thumb("altman-age", False))
    kept = [(event.entry, event.kind) for _, event in store.events(Kind)]
    assert kept == [("musk-sued", Kind.GOOD), ("altman-age", Kind.GOOD), ("altman-age", Kind.BAD)]


def test_reading_everything_makes_no_file_where_there_is_none(path: Path) -> None:
    assert everything(path, 30) == ()
    assert not path.parent.exists()


def test_reading_everything_gives_all_events_the_oldest_first(path: Path) -> None:
    now = datetime.now(NOON.tzinfo)
    store = Store(path, 30)
    store.note(ADA, missed("one", at=now))
    store.note(ADA, missed("two", Kind.CLARIFY, at=now))
    assert [event.text for event in everything(path, 30)] == ["one", "two"]
