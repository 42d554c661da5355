"""What becomes of chats in which the bot can write no more, and of groups that become other ones."""

from __future__ import annotations

import logging

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram.memory import Memory, Speaker
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person

QUESTION = "How old is Altman?"


@pytest.fixture
def memories(monkeypatch: pytest.MonkeyPatch) -> list[Memory]:
    """Return what the bots of this test remember, as one cannot see from outside that something is forgotten."""
    found: list[Memory] = []

    def noted(self: Memory, make: object = Memory.__init__) -> None:
        make(self)  # type: ignore[operator]
        found.append(self)

    monkeypatch.setattr(Memory, "__init__", noted)
    return found


async def test_who_blocks_the_bot_is_forgotten_and_nobody_else(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    memories: list[Memory],
    caplog: pytest.LogCaptureFixture,
) -> None:
    bea = Person(api, 900)
    async with running(conversation):
        for person in (ada, bea):
            await person.asks(QUESTION)
        speakers = [Speaker(each.chat["id"], 0, each.user["id"]) for each in (ada, bea)]
        await api.until(lambda: all(memories[0].last(each) for each in speakers))
        api.blocked_by = {ada.chat["id"]}
        await ada.says("/topics")
        await api.until(lambda: memories[0].last(speakers[0]) is None)
        assert memories[0].last(speakers[1])
    assert not [each for each in caplog.records if each.levelno > logging.INFO]


async def test_a_chat_that_sends_the_bot_away_is_forgotten(
    api: BotApi, conversation: Conversation, running: Running, memories: list[Memory]
) -> None:
    ada = Person(api, group=True)
    async with running(conversation):
        await ada.asks(f"@{api.me['username']} {QUESTION}")
        speaker = Speaker(ada.chat["id"], 0, ada.user["id"])
        await api.until(lambda: memories[0].last(speaker) is not None)
        await ada.adds("member", "kicked")
        await api.until(lambda: memories[0].last(speaker) is None)


@pytest.mark.usefixtures("bot")
async def test_a_group_that_becomes_a_supergroup_is_followed_in_the_middle_of_its_conversation(
    api: BotApi,
) -> None:
    ada, name = Person(api, group=True), f"@{api.me['username']}"
    await ada.asks(f"{name} Who is JD Vance?")
    expected = await ada.asks(f"{name} and Musk?")
    await ada.asks(f"{name} Who is JD Vance?")
    new = api.upgrade(ada.chat, -1_000_777)
    reply = await ada.asks(f"{name} and Musk?")  # sent before the change, fetched after it
    assert reply["chat"] == new
    assert reply["text"] == expected["text"]
    ada.chat = new
    assert "Musk" in (await ada.asks("/why"))["text"]
    assert len([each for each in api.called("sendMessage") if each["chat_id"] == new["id"]]) >= 2


@pytest.mark.usefixtures("bot")
async def test_what_a_group_says_of_becoming_a_supergroup_is_heeded(api: BotApi) -> None:
    ada, name = Person(api, group=True), f"@{api.me['username']}"
    await ada.asks(f"{name} Who is JD Vance?")
    expected = await ada.asks("/why")
    old = ada.chat["id"]
    new = api.upgrade(ada.chat, -1_000_777)
    await ada.sends(migrate_to_chat_id=new["id"])
    ada.chat = new
    await ada.sends(migrate_from_chat_id=old)
    before = len(api.called("sendMessage"))
    assert (await ada.asks("/why"))["text"] == expected["text"]
    assert [each["chat_id"] for each in api.called("sendMessage")[before:]] == [new["id"]]


@pytest.mark.usefixtures("bot")
async def test_where_the_bot_may_not_write_it_keeps_silent(
    api: BotApi, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    group = Person(api, 44, group=True)
    api.mutes_in = {group.chat["id"]}
    await group.says("@ArticleTestBot how old is Altman?")
    await ada.asks(QUESTION)
    await api.until(lambda: "A reply was not allowed" in caplog.text)
    assert len([each for each in api.called("sendMessage") if each["chat_id"] == group.chat["id"]]) == 1
    assert "Traceback" not in caplog.text


@pytest.mark.usefixtures("bot")
async def test_the_greeting_follows_a_group_that_has_become_a_supergroup(api: BotApi, base: Base) -> None:
    ada = Person(api, group=True)
    new = api.upgrade(ada.chat, -1_000_777)
    await ada.adds("left", "member")
    greeting = await api.shows()
    assert greeting["chat"] == new
    assert greeting["text"] == base.messages["hello_group"].strip()


@pytest.mark.usefixtures("bot")
async def test_a_press_in_a_chat_that_has_blocked_the_bot_is_acknowledged_and_no_more(
    api: BotApi, ada: Person, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await ada.asks(QUESTION)
    api.blocked_by = {ada.chat["id"]}
    assert await ada.presses_data(answer, f"e:{base.entries['altman-age'].follow_ups[0]}") == ""
    await api.until(lambda: "A reply was dropped: Forbidden" in caplog.text)
    assert "Traceback" not in caplog.text
