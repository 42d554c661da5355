import numpy as np
import pytest

from bot.dialogue.conversation import Conversation
from bot.evaluation.labelled import Labelled
from bot.learning.calibration import AGAINST, FOR, Example, examples, fit
from bot.matching.score import NOTHING, PARTS
from tests.evaluation.replies import asked

WIDTH = len(PARTS) + len(NOTHING)


def row(**values: float) -> list[float]:
    return [values.get(name, 0.0) for name in (*PARTS, *NOTHING)]


def example(*rows: list[float], right: int) -> Example:
    """Return an example in which the row at place `right` is right; the last row is that of "nothing"."""
    return Example(np.array(rows), np.array([place == right for place in range(len(rows))]))


def test_what_tells_right_from_wrong_gets_weight_and_what_does_not_gets_none() -> None:
    good, bad = row(odds=1.0, swap=0.0), row(odds=0.0, swap=1.0)
    weights = fit([example(good, bad, row(nothing=1.0), right=0)] * 10)
    assert weights["odds"] > 0.5
    assert weights["swap"] < -0.5
    assert weights["linked"] == 0.0


def test_no_part_is_turned_against_what_it_stands_for() -> None:
    odd = example(row(odds=0.0, swap=1.0), row(odds=1.0, swap=0.0), row(nothing=1.0), right=0)
    weights = fit([odd] * 10)
    assert weights["odds"] == 0.0
    assert weights["swap"] == 0.0


def test_where_nothing_is_meant_nothing_gets_the_weight() -> None:
    refused = example(row(), row(nothing=1.0, nothing_unknown=1.0), right=1)
    answered = example(row(odds=1.0), row(nothing=1.0), right=0)
    weights = fit([refused, answered] * 5)
    assert weights["nothing_unknown"] > 0.0
    assert weights["odds"] > weights["nothing"]


def test_few_messages_do_not_bend_the_weights_far() -> None:
    weights = fit([example(row(odds=1.0), row(nothing=1.0), right=0)])
    assert all(abs(weight) < 10.0 for weight in weights.values())


def test_every_part_has_a_weight_and_its_direction_is_of_a_known_part() -> None:
    weights = fit([example(row(odds=1.0), row(nothing=1.0), right=0)])
    assert list(weights) == [*PARTS, *NOTHING]
    assert set(PARTS) >= FOR | AGAINST
    assert not FOR & AGAINST


def test_the_parts_are_those_of_a_score(talk: Conversation) -> None:
    (considered,) = talk.respond("How old is Altman?").considered
    assert set(considered.match.scores[0].parts) == set(PARTS)


def test_an_example_has_a_row_for_each_candidate_and_one_for_nothing(talk: Conversation) -> None:
    message = asked(q="How old is Altman?", lines=[9])
    (found,) = examples(talk, [message])
    (considered,) = talk.respond(message.q).considered
    assert found.rows.shape == (len(considered.match.scores) + 1, WIDTH)
    assert found.right.tolist() == [score.id == "altman-age" for score in considered.match.scores] + [False]
    assert found.rows[-1].tolist() == row(nothing=1.0)


def test_all_entries_that_quote_a_gold_line_are_right(talk: Conversation) -> None:
    (found,) = examples(talk, [asked(q="What did Musk do to OpenAI?", lines=[3])])
    assert found.right.sum() == 2


def test_for_a_refusal_the_untold_and_nothing_are_right(talk: Conversation) -> None:
    (found,) = examples(talk, [asked(q="Is Musk married?", expect="refuse")])
    assert found.right[-1]
    (considered,) = talk.respond("Is Musk married?").considered
    assert found.right[:-1].tolist() == [score.id in ("wife", "verdict") for score in considered.match.scores]


def test_a_message_within_a_chat_is_taken_as_a_follow_up(talk: Conversation) -> None:
    chat = [
        asked("1", q="What does Altman expect of Trump?", lines=[1], chat="x"),
        asked("2", q="and his age?", lines=[9], chat="x"),
    ]
    _, follow_up = examples(talk, chat)
    assert follow_up.rows[-1].tolist() == row(nothing=1.0, nothing_next=1.0)
    assert follow_up.rows[:, PARTS.index("linked")].max() == 1.0


@pytest.mark.parametrize(
    "message",
    [
        asked(q="How old is Altman? How much did Musk donate?", lines=[9], lines2=[3]),
        asked(q="hello", expect="smalltalk"),
        asked(q="How old is Altman?", lines=[99]),
    ],
    ids=["two questions", "recognised at once", "no entry quotes the gold line"],
)
def test_what_cannot_teach_is_passed_over(talk: Conversation, message: Labelled) -> None:
    assert examples(talk, [message]) == []


def test_fitted_weights_serve_the_matcher(talk: Conversation) -> None:
    messages = [
        asked("1", q="How old is Altman?", lines=[9]),
        asked("2", q="Who sued OpenAI?", lines=[3]),
        asked("3", q="Altman's hope for Trump", lines=[1]),
        asked("4", q="Is Musk married?", expect="refuse"),
        asked("5", q="Which zebras graze in Kenya?", expect="refuse"),
        asked("6", q="How old is Musk?", expect="refuse"),
    ]
    found = examples(talk, messages)
    weights = fit(found * 3)
    for each in found:
        scores = each.rows @ np.array(list(weights.values()))
        assert each.right[int(scores.argmax())]
