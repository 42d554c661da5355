from typing import cast

from bot.dialogue.conversation import Conversation
from bot.evaluation.evaluate import Judged, Totals, by_style, run, totals
from bot.evaluation.labelled import Labelled, Outcome
from tests.evaluation.replies import Scripted, answer, asked, refusal

MESSAGES = (
    asked("1", q="a", lines=[1]),
    asked("2", q="b", lines=[2], style="odd"),
    asked("3", q="c", expect="refuse"),
    asked("4", q="d", expect="refuse", style="odd"),
    asked("5", q="e", expect="smalltalk"),
)


def ran(*messages: Labelled) -> list[Judged]:
    scripted = Scripted(
        a=answer("Yes.", 1), b=answer("No.", 1), c=refusal(), d=refusal("clarify"), e=refusal("smalltalk")
    )
    return run(cast(Conversation, scripted), messages)


def test_every_message_is_judged_and_timed_in_order() -> None:
    judged = ran(*MESSAGES)
    assert [each.message for each in judged] == list(MESSAGES)
    assert [each.outcome for each in judged] == [
        Outcome.RIGHT,
        Outcome.HARM,
        Outcome.RIGHT,
        Outcome.CLARIFIED,
        Outcome.RIGHT,
    ]
    assert all(0.0 <= each.seconds < 10.0 for each in judged)


def test_messages_of_one_chat_are_one_conversation_and_others_stand_alone() -> None:
    scripted = Scripted(a=refusal(), b=refusal(), c=refusal())
    messages = [asked("1", q="a", chat="x"), asked("2", q="b"), asked("3", q="c", chat="x"), asked("4", q="a")]
    run(cast(Conversation, scripted), messages)
    assert scripted.heard == [("a",), ("b",), ("a", "c"), ("a",)]


def test_totals_are_shares_of_each_kind_and_harm_of_all() -> None:
    assert totals(ran(*MESSAGES)) == Totals(5, answers=0.5, refusals=0.5, smalltalk=1.0, harm=0.2)


def test_a_kind_that_does_not_occur_counts_as_right() -> None:
    assert totals(ran(MESSAGES[1])) == Totals(1, answers=0.0, refusals=1.0, smalltalk=1.0, harm=1.0)
    assert totals([]) == Totals(0, answers=1.0, refusals=1.0, smalltalk=1.0, harm=0.0)


def test_outcomes_are_counted_by_style_in_the_order_they_occur() -> None:
    styles = by_style(ran(*MESSAGES))
    assert list(styles) == ["plain", "odd"]
    assert styles["plain"] == {Outcome.RIGHT: 3}
    assert styles["odd"] == {Outcome.HARM: 1, Outcome.CLARIFIED: 1}


def test_the_bot_itself_is_run(talk: Conversation) -> None:
    messages = [
        asked("1", q="How old is Altman?", lines=[9], must=["39"]),
        asked("2", q="What does Altman expect of Trump?", lines=[1], chat="x"),
        asked("3", q="how old is he?", lines=[9], chat="x"),
        asked("4", q="Is Musk married?", expect="refuse"),
        asked("5", q="hello", expect="smalltalk"),
    ]
    assert totals(run(talk, messages)) == Totals(5, answers=1.0, refusals=1.0, smalltalk=1.0, harm=0.0)
