"""What a bug costs: one apology where it can be made, and one record without the words."""

from __future__ import annotations

import logging
import re

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Context
from bot.telegram import patience
from bot.telegram.delivery import Delivery
from bot.telegram.gate import Gate
from bot.telegram.logs import guarded
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person


class Buggy(Conversation):
    """A conversation that fails over some words, and says them."""

    def __init__(self, sound: Conversation) -> None:
        self.base = sound.base
        self._sound = sound

    def respond(self, text: str, context: Context = EMPTY, language: str = "") -> Turn:  # noqa: ARG002
        if "kryptonite" in text:
            raise KeyError(text)
        return self._sound.respond(text, context)

    def account(self, turn: Turn) -> str:
        return self._sound.account(turn)


async def test_a_bug_costs_one_apology_and_one_record_without_the_words(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    with guarded(api.token):
        async with running(Buggy(conversation)):
            api.send_faults["sendMessage"] = ["500", "502", "reset before"]
            assert (await ada.asks("kryptonite?"))["text"] == base.messages["trouble"]
            assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert re.search(r"\(update [0-9]+, private chat, words\)", record.message)
    assert "in respond" in record.message
    assert "KeyError: (not shown" in record.message
    assert "kryptonite" not in caplog.text
    assert api.token not in caplog.text


async def test_a_bug_costs_no_apology_where_the_bot_is_blocked(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(Buggy(conversation)):
        api.blocked_by = {ada.chat["id"]}
        await ada.says("kryptonite")
        assert (await Person(api, 900).asks("/help"))["text"]
    assert len([each for each in api.called("sendMessage") if each["chat_id"] == ada.chat["id"]]) == 1
    assert len([each for each in caplog.records if each.levelno >= logging.WARNING]) == 1


@pytest.mark.usefixtures("bot")
async def test_a_reply_given_up_is_followed_by_no_apology(
    api: BotApi,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.send_faults["sendMessage"] = ["cut"] * patience.UNSURE_ATTEMPTS
    await ada.says("/topics")
    await ada.says("/help")
    assert ["What would" in (await api.shows())["text"] for _ in range(3)] == [True, True, False]
    assert "A reply could not be sent: " in caplog.text
    assert "private chat, /topics)" in caplog.text
    assert len(api.called("sendMessage")) == 3


async def test_a_bug_in_the_apology_too_costs_one_record_without_the_words(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def fails(*_: object) -> None:
        raise RuntimeError("about kryptonite")

    async with running(Buggy(conversation)):
        with monkeypatch.context() as broken:
            broken.setattr(Delivery, "send", fails)
            await ada.says("kryptonite")
            await api.until(lambda: "An apology was not sent: RuntimeError." in caplog.text)
        assert (await ada.asks("/help"))["text"]
    assert len([each for each in caplog.records if each.levelno >= logging.WARNING]) == 1
    assert "kryptonite" not in caplog.text


async def test_a_bug_before_all_answers_costs_one_apology_and_no_answer(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*_: object) -> bool:
        raise RuntimeError

    async with running(conversation):
        with monkeypatch.context() as broken:
            broken.setattr(Gate, "lets_pass", fails)
            assert (await ada.asks("/help"))["text"] == base.messages["trouble"].strip()
        assert (await ada.asks("/topics"))["text"] == base.messages["topics"]
    assert len(api.called("sendMessage")) == 2
