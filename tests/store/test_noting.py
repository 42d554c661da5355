from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Answer, Clarify, Decision, Fact, NotInArticle, Reply
from bot.store.model import Event, Kind
from bot.store.noting import LONGEST, SURE, event_of, printable, thumb
from bot.store.private import HIDDEN


def turn_of(decision: Decision) -> Turn:
    return Turn(Reply("", "", (), ()), EMPTY, decision, ())


def noted(talk: Conversation, text: str) -> Event:
    event = event_of(talk.respond(text), text)
    assert event is not None
    return event


def test_what_the_article_does_not_tell_is_kept_with_what_it_was_taken_for(talk: Conversation) -> None:
    event = noted(talk, "Is  Musk MARRIED?")
    assert (event.kind, event.decision, event.entry) == (Kind.NOT_IN_ARTICLE, "not in article", "wife")
    assert (event.text, event.understood) == ("Is Musk MARRIED?", "is musk married")
    assert abs(datetime.now(UTC) - event.at) < timedelta(minutes=1)


def test_the_candidates_are_the_likeliest_entries_and_unstated_things_of_the_message(talk: Conversation) -> None:
    match = talk.respond("Is Musk married?").considered[0].match
    event = noted(talk, "Is Musk married?")
    assert dict(event.candidates) == {each.id: each.chance for each in (*match.stated[:3], *match.unstated[:3])}
    assert [chance for _, chance in event.candidates] == sorted((c for _, c in event.candidates), reverse=True)
    assert event.candidates[0][0] == "wife"


def test_what_is_off_topic_is_kept(talk: Conversation) -> None:
    assert noted(talk, "zebras of the savannah").kind is Kind.OFF_TOPIC


def test_a_question_back_is_kept() -> None:
    event = event_of(turn_of(Clarify(("altman-age", "musk-sued"))), "altman?")
    assert event is not None
    assert (event.kind, event.entry) == (Kind.CLARIFY, "")


@pytest.mark.parametrize(("confidence", "kept"), [(SURE - 0.01, True), (SURE, False), (1.0, False)])
def test_an_answer_is_kept_only_if_its_first_fact_is_not_sure(confidence: float, kept: bool) -> None:
    event = event_of(turn_of(Answer((Fact("altman-age", confidence),))), "altman age?")
    assert (event is not None) is kept
    assert event is None or (event.kind, event.entry, event.decision) == (Kind.UNSURE, "altman-age", "answer")


def test_an_answer_of_several_facts_is_taken_for_none_of_them() -> None:
    event = event_of(turn_of(Answer((Fact("altman-age", 0.5), Fact("musk-sued", 1.0)))), "altman age? who sued?")
    assert event is not None
    assert (event.kind, event.entry) == (Kind.UNSURE, "")
    assert event_of(turn_of(Answer((Fact("altman-age", 1.0), Fact("musk-sued", 0.5)))), "altman age? sued?") is None


@pytest.mark.parametrize("text", ["How old is Altman?", "hello", "thanks"])
def test_sure_answers_and_smalltalk_are_not_kept(talk: Conversation, text: str) -> None:
    assert event_of(talk.respond(text), text) is None


def test_a_chosen_entry_is_not_kept(talk: Conversation) -> None:
    assert event_of(talk.state("altman-age"), "") is None


def test_what_may_tell_who_asked_is_hidden_and_how_it_was_read_left_out(talk: Conversation) -> None:
    event = noted(talk, "Is Musk married? Tell me at ada@example.org")
    assert (event.text, event.understood) == (f"Is Musk married? Tell me at {HIDDEN}", "")
    assert "ada" not in repr(event)


def test_a_long_message_is_cut_after_what_is_private_was_hidden() -> None:
    text = f"{'why ' * (LONGEST // 4 - 1)}ada@example.org"
    event = event_of(turn_of(NotInArticle("", "", ())), text)
    assert event is not None
    assert len(event.text) == LONGEST
    assert "ada" not in event.text


def test_what_plays_tricks_on_a_terminal_is_not_kept() -> None:
    event = event_of(turn_of(NotInArticle("", "", ())), "a\x1b[2Jb\x00\u202ec\ud800d\ne")
    assert event is not None
    assert event.text == "a [2Jb c d e"
    assert printable("naïve 🙂 Маск") == "naïve 🙂 Маск"


def test_a_thumb_is_about_an_entry_and_holds_no_text() -> None:
    good, bad = thumb("altman-age", True), thumb("altman-age", good=False)
    assert (good.kind, bad.kind) == (Kind.GOOD, Kind.BAD)
    assert (good.entry, good.text, good.understood, good.candidates) == ("altman-age", "", "", ())
