"""Several processes behind one webhook: each deals with what it took, others with what one that dies has left."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram import intake
from bot.telegram.inbox import Inbox
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person
from tests.telegram.sender import Sender, free_port, hosting
from tests.telegram.test_hosted import ready, started
from tests.telegram.test_intake import waiting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "inbox.sqlite"


def test_each_has_what_it_took_itself(path: Path) -> None:
    one, other = Inbox(path), Inbox(path)
    one.add([(1, "a"), (2, "b")])
    assert other.add([(2, "b"), (3, "c")]) == {3}
    assert other.pending() == ((3, "c"),)
    assert other.inherit() == one.inherit() == ()
    one.close()
    other.close()


def test_what_one_has_left_is_inherited_once_in_its_order(path: Path) -> None:
    processes = [Inbox(path) for _ in range(4)]
    for number, each in enumerate(processes):
        each.add([(number, "a"), (number + 10, "b")])
    processes[1].done(11)
    for each in processes[:3]:
        each.close()
    assert processes[3].inherit() == ((0, "a"), (10, "b"), (1, "a"), (2, "a"), (12, "b"))
    assert processes[3].inherit() == ()
    assert len(processes[3].pending()) == 7
    processes[3].close()


def test_who_comes_next_sits_down_in_the_seat_that_was_left_and_has_what_lies_there(path: Path) -> None:
    one, other = Inbox(path), Inbox(path)
    one.add([(1, "a")])
    one.close()
    after = Inbox(path)
    assert after.pending() == ((1, "a"),)
    assert other.inherit() == ()
    after.close()
    other.close()


def test_an_inbox_of_the_first_version_is_read(path: Path) -> None:
    Inbox(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("ALTER TABLE updates DROP COLUMN seat")
        database.execute("INSERT INTO updates (bot, update_id, at, content) VALUES (0, 7, 1e12, 'a')")
        database.execute("PRAGMA user_version=1")
        database.commit()
    inbox = Inbox(path)
    assert inbox.pending() == ((7, "a"),)
    assert inbox.add([(8, "b")]) == {8}
    inbox.close()


async def test_one_that_starts_leaves_alone_what_another_has_in_hand(
    api: BotApi, conversation: Conversation, ada: Person, base: Base
) -> None:
    gate = asyncio.Event()
    api.slow = {ada.chat["id"]: gate}
    async with hosting(api, conversation) as one:
        await ada.says("/help")
        (update,) = api.pending
        assert await one.sends(update) == 200
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        async with hosting(api, conversation) as other:
            assert await other.sends(update) == 200  # as Telegram may where the first answer to it was lost
            await Person(api, 900).says("/topics")
            assert await other.sends(api.pending[1]) == 200
            assert (await api.shows())["text"] == base.messages["topics"]
            gate.set()
            assert (await api.shows())["text"] == base.messages["help"].strip()
    assert len(api.called("sendMessage")) == 2


async def test_what_a_killed_one_had_in_hand_is_answered_by_another(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    ada: Person,
    base: Base,
    kept: Path,
    tiny: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake, "INHERITED_EVERY", 0.1)
    port = free_port()
    api.slow = {ada.chat["id"]: asyncio.Event()}
    process = await started(api, tmp_path, tiny, port)
    try:
        await ready(api, process)
        async with hosting(api, conversation):
            await ada.says("/topics")
            async with ClientSession() as session:
                assert await Sender(session, port).sends(api.pending[0]) == 200
            await api.until(lambda: len(api.called("sendMessage")) == 1)
            process.kill()
            await process.communicate()
            api.slow = {}
            assert (await api.shows())["text"] == base.messages["topics"]
            await api.until(lambda: waiting(kept) == 0)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert len(api.called("sendMessage")) == 2
