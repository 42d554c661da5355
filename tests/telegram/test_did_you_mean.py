"""Did you mean: what may have been meant is offered, and chosen by a press, a number, a place or words."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running, serving
from tests.telegram.people import Person, labels

QUESTION = "Is Musk a critic?"


@pytest.fixture
async def _bot(api: BotApi, wavering: Conversation) -> AsyncIterator[None]:
    async with serving(api, wavering):
        yield


def told(base: Base, label: str) -> str:
    entry = next(each for each in base.entries.values() if each.label == label)
    return " ".join(entry.answer.split())


def options(asked_back: dict[str, object], base: Base) -> list[str]:
    *offered, none = labels(asked_back)
    assert none == base.messages["none_of_these"]
    assert 2 <= len(offered) <= 3
    assert [each[:3] for each in offered] == [f"{number}. " for number in range(1, len(offered) + 1)]
    return [each[3:] for each in offered]


@pytest.mark.usefixtures("_bot")
async def test_a_question_back_offers_up_to_three_and_none_of_these(api: BotApi, ada: Person, base: Base) -> None:
    asked_back = await ada.asks(QUESTION)
    assert asked_back["text"] == base.messages["clarify"]
    for number, label in enumerate(options(asked_back, base), 1):
        assert await ada.presses(asked_back, f"{number}. {label}") == ""
        assert told(base, label) in (await api.shows())["text"]


@pytest.mark.usefixtures("_bot")
@pytest.mark.parametrize("typed", ["2", "the second one", "two", "#2", "option 2"])
async def test_typing_works_as_well_as_pressing(ada: Person, base: Base, typed: str) -> None:
    second = options(await ada.asks(QUESTION), base)[1]
    assert told(base, second) in (await ada.asks(typed))["text"]


@pytest.mark.usefixtures("_bot")
async def test_the_words_of_an_option_choose_it(ada: Person, base: Base) -> None:
    first = options(await ada.asks(QUESTION), base)[0]
    assert told(base, first) in (await ada.asks(first.casefold().rstrip("?")))["text"]


@pytest.mark.usefixtures("_bot")
@pytest.mark.parametrize("typed", ["", "none of these", "Neither.", "no"])
async def test_none_of_these_says_what_the_bot_can_do(api: BotApi, ada: Person, base: Base, typed: str) -> None:
    asked_back = await ada.asks(QUESTION)
    if typed:
        shown = await ada.asks(typed)
    else:
        await ada.presses(asked_back, base.messages["none_of_these"])
        shown = await api.shows()
    assert shown["text"] == base.messages["declined"]
    offers = [base.entries[each].label for each in base.article.offers]
    assert labels(shown) == [*offers, base.messages["all_topics"]]


@pytest.mark.usefixtures("_bot")
async def test_a_number_beyond_the_options_is_asked_about_again(ada: Person, base: Base) -> None:
    asked_back = await ada.asks(QUESTION)
    again = await ada.asks("9")
    assert again["text"] == base.messages["clarify"]
    assert labels(again) == labels(asked_back)


@pytest.mark.usefixtures("_bot")
async def test_thanks_in_between_leave_the_choice_open(ada: Person, base: Base) -> None:
    second = options(await ada.asks(QUESTION), base)[1]
    await ada.asks("thanks")
    assert told(base, second) in (await ada.asks("2"))["text"]


async def test_after_a_restart_pressing_and_replying_still_choose(
    api: BotApi, wavering: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(wavering):
        asked_back = await ada.asks(QUESTION)
    first, second = options(asked_back, base)[:2]
    async with running(wavering):
        await ada.says("the second one", reply_to_message=asked_back)
        assert told(base, second) in (await api.shows())["text"]
        await ada.presses(asked_back, f"1. {first}")
        assert told(base, first) in (await api.shows())["text"]
        await ada.presses(asked_back, base.messages["none_of_these"])
        assert (await api.shows())["text"] == base.messages["declined"]


async def test_what_comes_nearest_to_a_question_that_is_not_told_can_be_chosen_or_declined(
    guessing: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(guessing):
        refusal = await ada.asks(QUESTION)
        assert base.messages["nearest"] in refusal["text"]
        offered = labels(refusal)
        assert offered[-1] == base.messages["none_of_these"]
        assert (await ada.asks("none of them"))["text"] == base.messages["declined"]
