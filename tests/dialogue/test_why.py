from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.model import Answer, Clarify, Context, Fact


def account(conversation: Conversation, text: str) -> list[str]:
    return conversation.account(conversation.respond(text)).splitlines()


def test_an_answer_tells_how_it_was_read_and_how_sure_it_is(conversation: Conversation) -> None:
    read, took = account(conversation, "how old iz altman??")[:2]
    assert read.endswith("how old is altman")
    assert conversation.base.entries["altman-age"].label in took
    assert "%" in took


def test_two_questions_are_accounted_for_one_after_the_other(conversation: Conversation) -> None:
    lines = account(conversation, "How old is Altman? Who is JD Vance?")
    assert len([line for line in lines if line.startswith("I read")]) == 2


def test_a_guess_names_all_that_it_could_have_been(conversation: Conversation) -> None:
    turn = conversation.respond("How old is Altman?")
    decision = Clarify(("altman-age", "altman-job"))
    guessed = replace(turn, decision=decision, considered=(replace(turn.considered[0], decision=decision),))
    lines = conversation.account(guessed).splitlines()
    assert len(lines) == 4
    assert conversation.base.entries["altman-job"].label in lines[3]


@pytest.mark.parametrize(
    ("text", "context", "key"),
    [("hello", Context(), "why_smalltalk"), ("no", Context(offered=("summary",), unsure=True), "why_declined"),
     ("5", Context(offered=("summary",), unsure=True), "why_unsure"), ("x" * 601, Context(), "why_too_long")],
)  # fmt: skip
def test_what_was_not_held_against_the_entries_has_one_line(
    conversation: Conversation, text: str, context: Context, key: str
) -> None:
    assert conversation.account(conversation.respond(text, context)) == conversation.base.messages[key]


def test_what_came_second_is_of_another_line_and_worth_a_word(conversation: Conversation) -> None:
    turn = conversation.respond("How old is Altman?")
    (considered,) = turn.considered
    first = considered.match.scores[0]
    others = [replace(first, id=id_, chance=chance) for id_, chance in (("musk-sued", 0.2), ("musk-donated", 0.004))]
    scores = (first, *others)
    lines = conversation.account(
        replace(turn, considered=(replace(considered, match=replace(considered.match, scores=scores)),))
    ).splitlines()
    assert conversation.base.entries["musk-sued"].label in lines[-1]
    scores = (first, others[1])
    lines = conversation.account(
        replace(turn, considered=(replace(considered, match=replace(considered.match, scores=scores)),))
    ).splitlines()
    assert len(lines) == 2


def test_a_chosen_entry_is_called_chosen(conversation: Conversation) -> None:
    turn = conversation.state("summary")
    assert turn.decision == Answer((Fact("summary", 1.0),))
    assert "by a button" in conversation.account(turn)
