"""What can go wrong with a poll, over HTTP: the bot goes on, or says why it cannot."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import time

import pytest
from telegram import Update

from bot.dialogue.conversation import Conversation
from bot.errors import SettingsError, TelegramError
from bot.telegram.intake import Intake
from bot.telegram.pace import Pace
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.conftest import served, settings_for
from tests.telegram.http import Answer, Raw
from tests.telegram.people import Person

HASTY = Pace(poll=1, respond=0.5, conflict=1.5, checks=(0.05, 0.05), silence=30)
"""So that no test need wait long."""


@asynccontextmanager
async def serving(api: BotApi, conversation: Conversation, pace: Pace = HASTY) -> AsyncIterator[asyncio.Future[None]]:
    task = asyncio.ensure_future(served(conversation, settings_for(api), pace))
    try:
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError, SettingsError, TelegramError):
            await task


def raw(content: bytes) -> Callable[[], Awaitable[Answer]]:
    """Return a response of just these bytes, after which the connection ends."""

    async def answer() -> Answer:
        return 200, Raw(content)

    return answer


def refusal(code: int, description: str) -> Callable[[], Awaitable[Answer]]:
    async def answer() -> Answer:
        return code, {"ok": False, "error_code": code, "description": description}

    return answer


async def hang() -> Answer:
    await asyncio.sleep(3600)
    raise AssertionError


HTML = b"<html><h1>502 Bad Gateway</h1></html>"

FAULTS = {
    "hanging": hang,
    "cut off": raw(b'HTTP/1.1 200 -\r\nContent-Length: 900\r\n\r\n{"ok": true, "result": [{"upd'),
    "no response": raw(b""),
    "garbage": raw(b'HTTP/1.1 200 -\r\nContent-Length: 7\r\nConnection: close\r\n\r\n{"ok": \xff'),
    "JSON of something else": raw(b"HTTP/1.1 200 -\r\nContent-Length: 4\r\nConnection: close\r\n\r\n[42]"),
    "no HTTP": raw(b"\x00\x01\x02\r\n\r\n"),
    "502 with HTML": raw(b"HTTP/1.1 502 -\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(HTML), HTML)),
    "500": refusal(500, "Internal Server Error"),
    "401": refusal(401, "Unauthorized"),
    "404": refusal(404, "Not Found"),
    "409": refusal(409, "Conflict: terminated by other getUpdates request"),
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_poll_that_goes_wrong_is_got_over_within_seconds(
    api: BotApi, conversation: Conversation, ada: Person, fault: str
) -> None:
    async with serving(api, conversation):
        assert (await ada.asks("/help"))["text"]
        api.polls_with = [FAULTS[fault]] * 2
        await api.until(lambda: not api.polls_with)
        begun = time()
        assert (await ada.asks("/topics"))["text"]
        assert time() - begun < 6
    assert len(api.called("sendMessage")) == 2


async def test_an_outage_of_the_whole_server_is_got_over(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(api, conversation):
        assert (await ada.asks("/help"))["text"]
        await api.goes_down()
        await api.until(lambda: caplog.text.count("Polling failed") >= 2)
        await api.comes_back()
        assert (await ada.asks("/topics"))["text"]


async def test_another_poller_is_borne_with_for_a_while_only(api: BotApi, conversation: Conversation) -> None:
    api.conflicts = 10**6
    begun = time()
    async with serving(api, conversation) as task:
        with pytest.raises(TelegramError, match="another one polls for this bot") as caught:
            await asyncio.wait_for(task, PATIENCE)
    assert caught.value.exit_code == 3
    assert time() - begun >= HASTY.conflict


async def test_a_webhook_set_meanwhile_is_told_as_what_it_is(api: BotApi, conversation: Conversation) -> None:
    told = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete it first"
    api.polls_with = [refusal(409, told)] * 1000
    async with serving(api, conversation) as task:
        with pytest.raises(TelegramError, match="to a webhook"):
            await asyncio.wait_for(task, PATIENCE)


async def test_polls_that_are_refused_for_good_while_the_token_is_valid_end_it(
    api: BotApi, conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    api.polls_with = [FAULTS["500"]] * 1000
    async with serving(api, conversation, Pace(poll=1, respond=0.5, silence=1)) as task:
        with pytest.raises(TelegramError, match="No poll for messages has been completed"):
            await asyncio.wait_for(task, PATIENCE)
    assert "polling is begun anew" in caplog.text


async def test_while_nothing_can_be_reached_it_is_waited_for(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(api, conversation, Pace(poll=1, respond=0.5, silence=0.5)):
        assert (await ada.asks("/help"))["text"]
        await api.goes_down()
        await api.until(lambda: caplog.text.count("polling is begun anew") >= 2)
        await api.comes_back()
        assert (await ada.asks("/topics"))["text"]


async def test_polling_that_has_died_in_silence_is_begun_anew(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(api, conversation, Pace(poll=1, respond=0.5, silence=4)):
        assert (await ada.asks("/help"))["text"]
        (task,) = (each for each in asyncio.all_tasks() if each.get_name() == "Updater:start_polling:polling_task")
        task.cancel()
        assert (await ada.asks("/topics"))["text"]  # may still come of the poll under way
        assert (await ada.asks("/start"))["text"]
    assert caplog.text.count("polling is begun anew") == 1


async def test_what_waits_for_room_in_the_queue_is_no_silence(
    api: BotApi,
    conversation: Conversation,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    take, gate = Intake.take, asyncio.Event()

    async def slow(self: Intake, updates: Sequence[Update], waited: bool) -> None:
        await gate.wait()
        await take(self, updates, waited)

    monkeypatch.setattr(Intake, "take", slow)
    async with serving(api, conversation, Pace(poll=1, respond=0.5, silence=2)):
        await ada.says("/help")
        await asyncio.sleep(3)
        gate.set()
        assert (await api.shows())["text"]
    assert "polling is begun anew" not in caplog.text


async def test_as_long_as_telegram_asks_to_wait_polling_waits(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(api, conversation, Pace(poll=1, respond=0.5, silence=3)):
        assert (await ada.asks("/help"))["text"]
        api.floods = {"getUpdates": 5}
        await api.until(lambda: "Telegram asks to wait" in caplog.text)
        polls = len(api.called("getUpdates"))
        assert (await ada.asks("/topics"))["text"]
        assert len(api.called("getUpdates")) <= polls + 2
    assert "polling is begun anew" not in caplog.text


@pytest.mark.parametrize("result", [{}, []])
async def test_a_server_that_answers_at_once_with_nothing_is_not_asked_without_end(
    api: BotApi, conversation: Conversation, ada: Person, result: object
) -> None:
    polls = 0

    async def nothing() -> Answer:
        nonlocal polls
        polls += 1
        return 200, {"ok": True, "result": result}

    async with serving(api, conversation):
        assert (await ada.asks("/help"))["text"]
        api.polls_with = [nothing] * 10_000
        await ada.says("/topics")
        await asyncio.sleep(2)
        api.polls_with = []
        assert (await api.shows())["text"]
    assert 1 <= polls <= 6


async def test_a_start_that_took_long_is_no_silence_of_the_polls(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await api.goes_down()
    async with serving(api, conversation, Pace(poll=1, respond=0.5, silence=2.5)):
        await api.until(lambda: caplog.text.count("Telegram cannot be reached at") == 2)
        await api.comes_back()
        assert (await ada.asks("/help"))["text"]
    assert "polling is begun anew" not in caplog.text


@pytest.mark.parametrize("fault", ["401", "404"])
async def test_a_token_refused_for_a_moment_at_the_start_is_survived(
    api: BotApi, conversation: Conversation, ada: Person, fault: str
) -> None:
    api.send_faults["getMe"] = [fault]
    async with serving(api, conversation):
        assert (await ada.asks("/help"))["text"]


async def test_a_small_file_tells_when_the_last_poll_was_completed(
    api: BotApi, conversation: Conversation, ada: Person, kept: Path
) -> None:
    begun, file = time(), kept / "health.json"
    async with serving(api, conversation):
        assert (await ada.asks("/help"))["text"]
        health = json.loads(file.read_text(encoding="utf-8"))
        assert set(health) == {"polled"}
        assert begun <= health["polled"] <= time()
        assert file.stat().st_mode & 0o777 == 0o600
    assert not file.exists()
