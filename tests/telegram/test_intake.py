"""No question is lost, and none answered twice: what is fetched is kept on disk until it is answered."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from telegram import Update

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.errors import StoreError
from bot.telegram import floods
from bot.telegram.inbox import KNOWN_FOR, Inbox
from bot.telegram.updates import stored
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.http import Answer
from tests.telegram.people import Person
from tests.telegram.test_command import START, started


@pytest.fixture
def inbox(tmp_path: Path) -> Iterator[Inbox]:
    made = Inbox(tmp_path / "data" / "inbox.sqlite")
    yield made
    made.close()


def test_what_is_added_is_pending_in_its_order_until_it_is_done(inbox: Inbox) -> None:
    assert inbox.add([(7, "a"), (5, "b"), (7, "c")]) == {7, 5}
    assert inbox.pending() == ((7, "a"), (5, "b"))
    inbox.done(7)
    assert inbox.pending() == ((5, "b"),)
    assert inbox.add([(7, "a"), (8, "d")]) == {8}


def test_it_outlives_the_process_and_only_its_owner_can_read_it(inbox: Inbox, tmp_path: Path) -> None:
    inbox.add([(1, "a")])
    inbox.close()
    again = Inbox(tmp_path / "data" / "inbox.sqlite")
    assert again.pending() == ((1, "a"),)
    again.close()
    assert (tmp_path / "data").stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in (tmp_path / "data").iterdir()} == {0o600}


def test_of_what_is_done_no_trace_is_left(inbox: Inbox, tmp_path: Path) -> None:
    inbox.add([(1, "a very private question"), (2, "another")], {1: "chat 471147", 2: "chat 2"})
    inbox.done(1)
    inbox.purge()
    inbox.close()
    left = b"".join(each.read_bytes() for each in (tmp_path / "data").iterdir())
    assert b"private" not in left
    assert b"471147" not in left
    assert b"another" in left


def test_ids_are_forgotten_when_they_cannot_come_again_but_nothing_that_is_pending(tmp_path: Path) -> None:
    now = 1000.0
    inbox = Inbox(tmp_path / "inbox.sqlite", now=lambda: now)
    inbox.add([(1, "a"), (2, "b")])
    inbox.done(1)
    now += KNOWN_FOR + 1
    inbox.purge()
    assert inbox.pending() == ((2, "b"),)
    assert inbox.add([(1, "a"), (2, "b")]) == {1}
    inbox.close()


def test_of_too_many_ids_the_last_are_remembered_and_all_that_is_pending(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.inbox.MOST_KNOWN", 3)
    inbox.add([(number, "a") for number in range(1, 7)])
    inbox.done(*range(2, 7))
    inbox.purge()
    assert inbox.pending() == ((1, "a"),)
    assert inbox.add([(number, "b") for number in range(1, 7)]) == {2, 3}


def test_each_bot_has_its_own_updates(tmp_path: Path) -> None:
    one, other = Inbox(tmp_path / "inbox.sqlite", 1), Inbox(tmp_path / "inbox.sqlite", 2)
    assert one.add([(1, "a")]) == other.add([(1, "b")]) == {1}
    one.done(1)
    assert other.pending() == ((1, "b"),)
    one.close()
    other.close()


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    (tmp_path / "inbox.sqlite").write_bytes(b"something else" * 100)
    with pytest.raises(StoreError, match="The inbox, in which questions wait"):
        Inbox(tmp_path / "inbox.sqlite")


async def test_an_update_sent_several_times_is_answered_once_even_after_a_restart(
    api: BotApi, conversation: Conversation, running: Running, ada: Person
) -> None:
    message = await ada.says("/help")
    again = {**api.pending[0]}
    async with running(conversation):
        await api.shows()
    async with running(conversation):
        api.repeat(again, 3)
        assert (await ada.asks("/topics"))["text"]
    assert len(api.called("sendMessage")) == 2
    assert message["text"] == "/help"


async def test_an_update_that_comes_twice_in_one_poll_is_answered_once(
    api: BotApi, conversation: Conversation, running: Running, ada: Person
) -> None:
    await ada.says("/help")
    (update,) = api.pending

    async def twice() -> Answer:
        return 200, {"ok": True, "result": [update, update]}

    async with running(conversation):
        api.polls_with = [twice]
        assert (await api.shows())["text"]
        assert (await ada.asks("/topics"))["text"]
    assert len(api.called("sendMessage")) == 2


async def test_what_was_left_counts_towards_no_flood(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(floods, "AT_ONCE", 1)
    for text in ("/help", "/topics", "/start"):
        await ada.says(text)
    left = Inbox(kept / "inbox.sqlite", api.me["id"])
    left.add([(each["update_id"], json.dumps(each)) for each in api.pending])
    left.close()
    async with running(conversation):
        texts = [(await api.shows())["text"] for _ in range(3)]
    assert texts == [base.messages[name].strip() for name in ("help", "topics", "start")]


async def test_a_chat_is_answered_in_order_and_a_slow_one_holds_up_no_other(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    ben, gate = Person(api, 900), asyncio.Event()
    api.slow = {ada.chat["id"]: gate}
    async with running(conversation):
        for text in ("/help", "/topics", "/start"):
            await ada.says(text)
        for text in ("/topics", "/start", "/help"):
            assert (await ben.asks(text))["chat"]["id"] == ben.chat["id"]
        gate.set()
        hers = [(await api.shows())["text"] for _ in range(3)]
    assert hers == [base.messages["help"].strip(), base.messages["topics"], base.messages["start"].strip()]


async def test_a_token_that_somebody_pastes_is_not_stored(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    secret = "AAE" + "x-Y_" * 8
    api.slow = {ada.chat["id"]: asyncio.Event()}
    async with running(conversation):
        await ada.says(f"\u0410123456789:{secret} is my token")
        await api.until(lambda: bool(api.called("sendMessage")))
        files = b"".join(each.read_bytes() for each in kept.glob("inbox*"))
        assert b"is my token" in files
        assert secret.encode() not in files
        api.slow.pop(ada.chat["id"]).set()
    async with running(conversation):  # and what is stored can be read
        assert (await ada.asks("/help"))["text"]


def test_a_press_below_a_message_that_cannot_be_reached_any_more_is_kept_like_any_other() -> None:
    message = {"message_id": 3, "date": 0, "chat": {"id": 5, "type": "private"}}
    ada = {"id": 5, "is_bot": False, "first_name": "Ada"}
    press = {"id": "1", "from": ada, "chat_instance": "1", "message": message, "data": "m"}
    update = Update.de_json({"update_id": 1, "callback_query": press}, None)
    again = Update.de_json(json.loads(stored(update)), None)
    assert again.callback_query
    assert again.callback_query.message == update.callback_query.message  # type: ignore[union-attr]
    assert not again.callback_query.message.is_accessible  # type: ignore[union-attr]


def waiting(folder: Path) -> int:
    """Return how many updates wait in the inbox of another process."""
    with closing(sqlite3.connect(folder / "inbox.sqlite")) as database:
        return int(database.execute("SELECT count(content) FROM updates").fetchone()[0])


async def test_a_bot_that_is_killed_answers_every_question_after_its_restart(
    api: BotApi, tiny: Path, tmp_path: Path, kept: Path
) -> None:
    people = [Person(api, 600 + number) for number in range(10)]
    gate = asyncio.Event()
    api.slow = {person.chat["id"]: gate for person in people[3:]}
    for turn in range(2):
        for person in people:
            await person.says("/help" if turn == 0 else "/topics")
    first = await started(api, tmp_path, tiny)
    async with asyncio.timeout(START):
        # Three people are answered, the others' questions in hand or waiting; Telegram has forgotten them all.
        while api.shown.qsize() < 6 or api.pending or waiting(kept) != 14:
            await asyncio.sleep(0.02)
    first.kill()
    await first.communicate()
    api.slow = {}
    second = await started(api, tmp_path, tiny)
    try:
        async with asyncio.timeout(START):
            while api.shown.qsize() < 20:
                await asyncio.sleep(0.02)
    finally:
        second.terminate()
        output, _ = await asyncio.wait_for(second.communicate(), 20)
    assert second.returncode == 0, output.decode()
    shown = [api.shown.get_nowait() for _ in range(api.shown.qsize())]
    for person in people:
        texts = [each["text"] for each in shown if each["chat"]["id"] == person.chat["id"]]
        assert [text.startswith("What would") for text in texts] == [False, True], texts
