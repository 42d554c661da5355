"""What goes wrong with what the bot sends: each question is answered all the same, and twice only where it must be."""

from __future__ import annotations

import logging
import re

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Context
from bot.telegram import patience, poller
from bot.telegram.delivery import Delivery
from bot.telegram.gate import Gate
from bot.telegram.logs import guarded
from bot.telegram.memory import Memory, Speaker
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.methods import Json
from tests.telegram.people import Person, labels, marked

QUESTION = "How old is Altman?"


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


@pytest.fixture
def memories(monkeypatch: pytest.MonkeyPatch) -> list[Memory]:
    """Return what the bots of this test remember, as one cannot see from outside that something is forgotten."""
    found: list[Memory] = []

    def noted(self: Memory, make: object = Memory.__init__) -> None:
        make(self)  # type: ignore[operator]
        found.append(self)

    monkeypatch.setattr(Memory, "__init__", noted)
    return found


def sent(api: BotApi) -> list[Json]:
    """Return what the chats got, and forget it."""
    return [api.shown.get_nowait() for _ in range(api.shown.qsize())]


@pytest.mark.parametrize(
    ("faults", "copies"),
    [
        (["500"] * 5, 1),
        (["502"] * 2, 1),
        (["reset before"], 1),
        (["502", "reset before", "500"], 1),
        (["reset after"], 2),
        (["cut"], 2),
        (["garbage"], 2),
        (["reset after", "reset after", "none"], 2),
    ],
    ids=str,
)
@pytest.mark.usefixtures("bot")
async def test_a_reply_arrives_and_twice_only_where_the_response_was_lost(
    api: BotApi,
    ada: Person,
    base: Base,
    faults: list[str],
    copies: int,
) -> None:
    api.send_faults["sendMessage"] = faults
    await ada.says("/topics")
    expected = [base.messages["topics"]] * copies + [base.messages["help"].strip()]
    await ada.says("/help")
    assert [(await api.shows())["text"] for _ in expected] == expected
    assert api.shown.empty()


async def test_a_response_past_the_timeout_is_waited_for_once_more_and_no_oftener(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "READ_TIMEOUT", 0.4)
    async with running(conversation):
        api.send_faults["sendMessage"] = ["late", "late"]
        await ada.says("/topics")
        await ada.says("/help")
        expected = [base.messages["topics"]] * 2 + [base.messages["help"].strip()]
        assert [(await api.shows())["text"] for _ in expected] == expected


@pytest.mark.parametrize("fault", ["500", "502", "reset before", "reset after", "cut", "garbage"])
@pytest.mark.parametrize("method", ["editMessageText", "answerCallbackQuery"])
@pytest.mark.usefixtures("bot")
async def test_a_page_is_turned_whatever_befalls_the_press(
    api: BotApi,
    ada: Person,
    base: Base,
    method: str,
    fault: str,
) -> None:
    menu = await ada.asks("/topics")
    api.send_faults[method] = [fault] * 2
    assert await ada.presses(menu, base.topics[0].title) == ""
    assert base.messages["back"] in labels(await api.shows())
    await ada.asks("/help")
    assert len(api.called("sendMessage")) == 2


@pytest.mark.usefixtures("bot")
async def test_what_is_to_be_sent_while_nobody_listens_is_sent_afterwards(
    api: BotApi,
    ada: Person,
    base: Base,
    caplog: pytest.LogCaptureFixture,
) -> None:
    api.send_faults["sendMessage"] = ["500"]
    await ada.says("/topics")
    await api.until(lambda: "sendMessage failed" in caplog.text)
    await api.goes_down()
    await api.until(lambda: "sendMessage failed (httpx.ConnectError" in caplog.text)
    await api.comes_back()
    assert (await api.shows())["text"] == base.messages["topics"]
    assert api.shown.empty()


@pytest.mark.usefixtures("bot")
async def test_too_many_requests_in_a_chat_is_waited_out(api: BotApi, ada: Person, base: Base) -> None:
    api.chat_floods[ada.chat["id"]] = 1
    assert (await ada.asks("/topics"))["text"] == base.messages["topics"]
    assert len(api.called("sendMessage")) == 2


@pytest.mark.usefixtures("bot")
async def test_too_many_requests_in_a_chat_hold_up_no_other(api: BotApi, ada: Person, base: Base) -> None:
    ben = Person(api, 900)
    api.chat_floods[ada.chat["id"]] = 3
    await ada.says("/topics")
    await api.until(lambda: not api.chat_floods)
    for _ in range(3):
        assert (await ben.asks("/topics"))["chat"] == ben.chat
    late = await api.shows()
    assert (late["chat"], late["text"]) == (ada.chat, base.messages["topics"])
    assert len(api.called("sendMessage")) == 5


async def test_html_that_telegram_cannot_read_is_sent_without_its_tags_and_told_of_once(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        good = await ada.asks(QUESTION)
        await ada.says("/start")
        await api.shows()
        api.reads_no_html = True
        plain = [await ada.asks(QUESTION) for _ in range(2)]
        question = await ada.says("/topics")
        await api.shows()
        await ada.edits(question, QUESTION)
        assert (await api.shows())["text"] == good["text"]
    assert marked(good, "expandable_blockquote")
    for each in plain:
        assert each["text"] == good["text"]
        assert not marked(each, "expandable_blockquote")
        assert labels(each) == labels(good)
    about_the_answer = [each for each in caplog.records if "The HTML of a reply is broken" in each.message]
    assert [each.levelname for each in about_the_answer] == ["ERROR"] * 2  # the answer, and the topics
    assert "Traceback" not in caplog.text


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


@pytest.mark.usefixtures("bot")
async def test_a_press_that_has_too_many_before_it_waits_and_is_followed(api: BotApi, ada: Person, base: Base) -> None:
    answer = await ada.asks(QUESTION)
    follow_up = base.entries["altman-age"].follow_ups[0]
    api.chat_floods[ada.chat["id"]] = 1
    assert await ada.presses_data(answer, f"e:{follow_up}") == ""
    assert (await api.shows())["text"].startswith(" ".join(base.entries[follow_up].answer.split())[:40])
