"""What goes wrong with what the bot sends: each question is answered all the same, and twice only where it must be."""

from __future__ import annotations

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram import poller
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person, labels, marked

QUESTION = "How old is Altman?"


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
        (["strange"], 1),
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


@pytest.mark.usefixtures("bot")
async def test_a_press_that_has_too_many_before_it_waits_and_is_followed(api: BotApi, ada: Person, base: Base) -> None:
    answer = await ada.asks(QUESTION)
    follow_up = base.entries["altman-age"].follow_ups[0]
    api.chat_floods[ada.chat["id"]] = 1
    assert await ada.presses_data(answer, f"e:{follow_up}") == ""
    assert (await api.shows())["text"].startswith(" ".join(base.entries[follow_up].answer.split())[:40])
