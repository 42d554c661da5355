from collections.abc import Sequence

import pytest

from bot.dialogue.conversation import Conversation
from bot.evaluation.alternatives import alternatives
from bot.evaluation.compare import Row, compare
from tests.evaluation.replies import asked

MESSAGES = (
    asked("1", q="How much money did Musk donate to Trump?", lines=[3]),
    asked("2", q="How old is the boss of the firm that makes ChatGPT?", lines=[9]),
    asked("3", q="Is Musk married?", expect="refuse"),
    asked("4", q="Which zebras graze in Kenya?", expect="refuse"),
)


@pytest.fixture(scope="module")
def rows(talk: Conversation) -> Sequence[Row]:
    return list(compare(talk, MESSAGES))


def test_the_bot_comes_first_then_every_alternative(rows: Sequence[Row]) -> None:
    assert [row.name for row in rows] == ["this bot", *(each.name for each in alternatives())]


def test_the_bot_is_measured_as_everywhere_else(rows: Sequence[Row]) -> None:
    assert (rows[0].answers, rows[0].refusals, rows[0].harm) == (1.0, 1.0, 0.0)


def test_what_cannot_run_is_listed_as_missing_and_the_rest_is_measured(rows: Sequence[Row]) -> None:
    for row, alternative in zip(rows[1:], alternatives(), strict=True):
        assert row.missing == alternative.missing
        if row.missing:
            assert (row.answers, row.median) == (0.0, 0.0)
        else:
            assert 0.0 < row.median <= row.slowest
            assert all(0.0 <= share <= 1.0 for share in (row.answers, row.refusals, row.harm))


def test_an_alternative_gets_the_threshold_that_serves_it_best(rows: Sequence[Row]) -> None:
    fuzzy = next(row for row in rows if row.name == "rapidfuzz WRatio")
    # Refusing everything alone would reach a mean of one half.
    assert (fuzzy.answers + fuzzy.refusals) / 2 >= 0.75


def test_comparing_on_nothing_but_refusals_is_no_crash(talk: Conversation) -> None:
    for row in compare(talk, MESSAGES[2:]):
        assert row.missing or (row.answers, row.refusals, row.harm) == (1.0, 1.0, 0.0)
