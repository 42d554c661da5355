"""What waited while the bot was away: the last questions of each person are answered, and what is too old is not."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from time import time
from typing import Any

import httpx
import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram import intake
from bot.telegram.backlog import LATE_ANSWERS
from bot.telegram.clock import Clock
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.methods import Json
from tests.telegram.people import Person
from tests.telegram.test_intake import waiting


def ago(**time_since: float) -> int:
    """Return the time so long ago, in seconds since 1970."""
    return int(time() - timedelta(**time_since).total_seconds())


async def told(api: BotApi, count: int) -> list[str]:
    """Return the next texts that the bot shows."""
    return [(await api.shows())["text"] for _ in range(count)]


async def test_only_the_last_three_of_a_person_are_answered_and_what_is_older_than_a_day_is_not(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    ben = Person(api, 900)
    await ben.says("/help", date=ago(hours=25))
    for _ in range(120):  # more than one poll brings
        await ada.says("/help", date=ago(hours=1))
    for text in ("/topics", "/start", "/topics"):
        await ada.says(text, date=ago(hours=1))
    async with running(conversation):
        assert await told(api, 3) == [base.messages["topics"], base.messages["start"].strip(), base.messages["topics"]]
        assert (await ada.asks("/help"))["text"]
        assert (await ben.asks("/help"))["text"]
    assert len(api.called("sendMessage")) == 5


async def test_what_people_in_a_group_said_to_each_other_takes_no_place_of_a_question(
    api: BotApi, conversation: Conversation, running: Running
) -> None:
    people = [Person(api, 510 + number, group=7) for number in range(5)]
    for person in people:
        await person.says("/ask How old is Altman?", date=ago(hours=1))
        for _ in range(LATE_ANSWERS):
            await person.says("you know what?", date=ago(hours=1))
    async with running(conversation):
        assert all("39" in text for text in await told(api, len(people)))
    assert len(api.called("sendMessage")) == len(people)


async def test_an_album_takes_one_place(api: BotApi, conversation: Conversation, running: Running, ada: Person) -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
    await ada.says("How old is Altman?", date=ago(hours=1))
    for _ in range(LATE_ANSWERS + 1):
        await ada.sends(photo=photo, media_group_id="album", date=ago(hours=1))
    async with running(conversation):
        texts = await told(api, 2)
        assert "39" in texts[0]
        assert (await ada.asks("/help"))["text"]
    assert len(api.called("sendMessage")) == 3


async def test_what_was_held_is_answered_before_what_came_after_it(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    await ada.says("/help", date=ago(hours=1))
    await ada.says("/topics")
    async with running(conversation):
        assert await told(api, 2) == [base.messages["help"].strip(), base.messages["topics"]]


async def test_of_many_presses_that_waited_the_last_three_are_answered(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        answer = await ada.asks("How old is Altman?")
    follow_ups = base.entries["altman-age"].follow_ups[:3]
    for number in range(20):
        await api.publish("callback_query", press(ada, answer, f"e:{follow_ups[number % 3]}"))
    async with running(conversation):
        await told(api, LATE_ANSWERS)
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert len(api.called("sendMessage")) == 1 + LATE_ANSWERS + 1


def press(person: Person, message: Json, data: str) -> Json:
    """Return a press of a button, of which nobody looks at how it is answered."""
    return {"id": "7", "from": person.user, "chat_instance": "1", "message": message, "data": data}


async def test_a_stream_of_stale_messages_is_not_held_for_long(
    api: BotApi, conversation: Conversation, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "QUIET", 1.0)
    monkeypatch.setattr(intake, "LONGEST_HELD", 1.5)

    async def stream() -> None:
        for number in range(100):
            await Person(api, 900 + number).says("/help", date=ago(minutes=11))
            await asyncio.sleep(0.1)

    async with running(conversation):
        streaming = asyncio.ensure_future(stream())
        assert (await api.shows())["text"]
        assert not streaming.done()
        streaming.cancel()


@pytest.mark.parametrize("ahead", [timedelta(minutes=11), timedelta(hours=25), timedelta(hours=-25)])
async def test_telegrams_clock_decides_what_is_old(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, ahead: timedelta
) -> None:
    """The machine's clock is that much ahead: to Telegram it is so much earlier."""
    api.clock = -ahead.total_seconds()
    async with running(conversation):
        await ada.says("/help", date=int(time() + api.clock))
        begun = time()
        assert (await api.shows())["text"]
        assert time() - begun < intake.QUIET
        await ada.says("/topics", date=int(time() + api.clock - timedelta(hours=24.5).total_seconds()))
        await Person(api, 900).says("/start", date=int(time() + api.clock))
        assert (await api.shows())["chat"]["id"] == 900
    assert len(api.called("sendMessage")) == 2


@pytest.mark.parametrize(("status", "told"), [(200, True), (429, True), (502, False), (504, False)])
async def test_a_gateway_in_front_of_telegram_does_not_tell_its_time(status: int, told: bool) -> None:
    clock = Clock()
    await clock.note(httpx.Response(status, headers={"Date": "Thu, 01 Jan 1970 00:00:00 GMT"}))
    assert (clock.ahead is not None) == told


async def test_what_is_not_answered_is_kept_no_longer(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    fields: dict[str, Any] = {"date": ago(hours=25)}
    for _ in range(5):
        await ada.says("a question of yesterday", **fields)
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
        await api.until(lambda: waiting(kept) == 0)
    assert b"yesterday" not in b"".join(each.read_bytes() for each in kept.glob("inbox*"))
