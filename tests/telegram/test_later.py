"""What could not be sent through all the pauses is tried again later, until it is too old, and said once."""

from __future__ import annotations

from pathlib import Path
from time import time

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram import intake
from bot.telegram.patience import ATTEMPTS_TO_REPLY
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Events, Running
from tests.telegram.people import Person, labels
from tests.telegram.test_intake import waiting

OUTAGE = ["502"] * ATTEMPTS_TO_REPLY


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bot try again sooner than people would need."""
    monkeypatch.setattr(intake, "FIRST_PAUSE", 0.2)


async def test_it_is_sent_when_the_outage_is_over_before_what_came_after_it(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = OUTAGE + OUTAGE
        await ada.says("/help")
        await api.until(lambda: "sendMessage failed" in caplog.text)
        await ada.says("/topics")
        texts = [(await api.shows())["text"] for _ in range(2)]
    assert texts == [base.messages["help"].strip(), base.messages["topics"]]
    assert len(api.called("sendMessage")) == 2
    assert "is tried again in 0.4 s" in caplog.text
    assert "Traceback" not in caplog.text


async def test_while_one_chat_waits_for_another_try_the_others_are_answered(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "FIRST_PAUSE", 60)
    async with running(conversation):
        api.spoils = lambda _, chat: "500" if chat == ada.chat["id"] else "none"
        await ada.says("/help")
        for _ in range(3):
            assert (await Person(api, 900).asks("/topics"))["chat"]["id"] == 900


async def test_a_stop_in_between_leaves_it_for_the_next_start(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        await ada.says("/help")
        await api.until(lambda: "is tried again in" in caplog.text)
    assert api.shown.empty()
    async with running(conversation):
        assert (await api.shows())["text"] == base.messages["help"].strip()


async def test_a_token_refused_for_a_moment_costs_no_answer(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = ["401"]
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert api.shown.empty()


async def test_a_long_reply_goes_on_where_it_was_broken_off(
    api: BotApi, wordy: Conversation, running: Running, ada: Person
) -> None:
    async with running(wordy):
        api.send_faults["sendMessage"] = ["none", *OUTAGE]
        await ada.says("How old is Altman?")
        parts = [await api.shows() for _ in range(4)]
        await ada.asks("/help")
    assert len({part["message_id"] for part in parts}) == 4
    assert [bool(labels(part)) for part in parts] == [False, False, False, True]
    assert len(api.called("sendMessage")) == 5


async def test_an_album_is_replied_to_once_and_for_sure(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        for _ in range(3):
            await ada.sends(photo=photo, media_group_id="album")
        assert (await api.shows())["text"] == base.messages["only_photo"].strip()
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


async def test_a_question_that_was_missed_is_kept_once(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, events: Events
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = OUTAGE + OUTAGE
        await ada.asks("How old is Elon Musk?")
        await ada.asks("/help")
        question = await ada.says("How old is JD Vance?")
        await api.shows()
        api.send_faults["editMessageText"] = [*OUTAGE]
        await ada.edits(question, "How tall is JD Vance?")
        await api.shows()
        await ada.asks("/help")
    assert [event.text for event in events()] == ["How old is Elon Musk?", "How tall is JD Vance?"]


async def test_a_press_is_not_tried_again_later(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        menu = await ada.asks("/topics")
        api.send_faults["editMessageText"] = [*OUTAGE]
        await ada.presses(menu, base.topics[0].title)
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


async def test_what_grows_too_old_in_the_meantime_gets_no_answer(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    almost_a_day_ago, tries = int(time()) - 24 * 3600 + 4, []

    def fails_for_her(method: str, chat: int) -> str:
        if method != "sendMessage" or chat != ada.chat["id"]:
            return "none"
        tries.append(method)
        return "500"

    async with running(conversation):
        api.spoils = fails_for_her
        await ada.says("/help", date=almost_a_day_ago)
        await api.until(lambda: len(tries) >= ATTEMPTS_TO_REPLY and waiting(kept) == 0)
        assert (await Person(api, 900).asks("/topics"))["text"]
