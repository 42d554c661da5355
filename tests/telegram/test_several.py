"""Several processes behind one webhook: each deals with what it took, others with what one that dies has left."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.errors import StoreError
from bot.telegram import inbox, intake, patience, turn
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


def of_version_one(path: Path) -> None:
    """Make an inbox as the first version did, with an update in it."""
    Inbox(path).close()
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP INDEX waiting")
        for column in ("seat", "queue"):
            database.execute(f"ALTER TABLE updates DROP COLUMN {column}")
        database.execute("INSERT INTO updates (bot, update_id, at, content) VALUES (0, 7, 1e12, 'a')")
        database.execute("PRAGMA user_version=1")
        database.commit()


def test_an_inbox_of_the_first_version_is_read(path: Path) -> None:
    of_version_one(path)
    made = Inbox(path)
    assert made.pending() == ((7, "a"),)
    assert made.add([(8, "b")]) == {8}
    made.close()


def test_an_upgrade_that_came_to_nothing_is_made_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    of_version_one(path)
    with monkeypatch.context() as broken:
        broken.setattr(inbox, "UPGRADES", inbox.UPGRADES | {inbox.SCHEMA + 1: "no statement"})
        broken.setattr(inbox, "SCHEMA", inbox.SCHEMA + 1)
        with pytest.raises(StoreError):
            Inbox(path)
    made = Inbox(path)
    assert made.pending() == ((7, "a"),)
    made.close()


def of_no_version(path: Path) -> None:
    """Leave the path as it is, without a file."""
    assert not path.exists()


@pytest.mark.parametrize("before", [of_no_version, of_version_one])
def test_many_can_start_at_once(path: Path, before: Callable[[Path], None]) -> None:
    before(path)
    with ThreadPoolExecutor(8) as pool:
        made = [each.result() for each in [pool.submit(Inbox, path) for _ in range(8)]]
    assert [each.add([(number + 10, "b")]) for number, each in enumerate(made)] == [{each} for each in range(10, 18)]
    for each in made:
        each.close()


def test_a_lock_that_cannot_be_used_is_told(path: Path) -> None:
    one, other = Inbox(path), Inbox(path)
    other.add([(1, "a")])
    other.close()
    (path.parent / "inbox-0-2.lock").unlink()
    (path.parent / "inbox-0-2.lock").mkdir()
    with pytest.raises(StoreError, match="The inbox, in which questions wait"):
        one.inherit()
    one.close()


def test_what_is_closed_takes_nothing_any_more(path: Path) -> None:
    one = Inbox(path)
    one.close()
    with pytest.raises(StoreError, match="closed"):
        one.add([(1, "a")])


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


def test_what_another_took_earlier_of_a_chat_comes_first(path: Path) -> None:
    one, other = Inbox(path), Inbox(path)
    one.add([(1, "a"), (2, "b")], {1: "chat 5", 2: "chat 6"})
    other.add([(3, "c"), (4, "d"), (5, "e")], {3: "chat 5", 4: "chat 7"})
    assert [one.is_next(1), other.is_next(3), other.is_next(4), other.is_next(5)] == [True, False, True, True]
    one.done(1)
    assert other.is_next(3)
    one.close()
    other.close()


async def test_a_chat_is_answered_in_order_whoever_takes_its_messages(
    api: BotApi, conversation: Conversation, ada: Person, base: Base
) -> None:
    gate = asyncio.Event()
    api.slow = {ada.chat["id"]: gate}
    async with hosting(api, conversation) as one, hosting(api, conversation) as other:
        await ada.says("/help")
        await ada.says("/topics")
        await Person(api, 900).says("/start")
        assert await one.sends(api.pending[0]) == 200
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        assert await other.sends(api.pending[1]) == 200
        assert await other.sends(api.pending[2]) == 200
        assert (await api.shows())["text"] == base.messages["start"].strip()
        assert len(api.called("sendMessage")) == 2
        gate.set()
        texts = [(await api.shows())["text"] for _ in range(2)]
    assert texts == [base.messages["help"].strip(), base.messages["topics"]]


async def test_what_fails_again_and_again_at_one_holds_up_no_other(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, ada: Person, base: Base, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "TRIES_IN_TURN", 1)
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(turn, "LONGEST_WAIT", 3600)
    async with hosting(api, conversation) as one, hosting(api, conversation) as other:
        api.send_faults["sendMessage"] = ["500"] * patience.ATTEMPTS_TO_REPLY
        await ada.says("/help")
        await ada.says("/topics")
        assert await one.sends(api.pending[0]) == 200
        await api.until(lambda: not api.send_faults["sendMessage"])
        assert await other.sends(api.pending[1]) == 200
        assert (await api.shows())["text"] == base.messages["topics"]
        assert waiting(kept) >= 1


async def test_a_bot_that_starts_answers_what_several_have_left(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, ada: Person, base: Base, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "INHERITED_EVERY", 3600)
    await ada.says("/help")
    await Person(api, 900).says("/topics")
    left = [Inbox(kept / "inbox.sqlite", api.me["id"]) for _ in api.pending]
    for each, update in zip(left, api.pending, strict=True):
        each.add([(update["update_id"], json.dumps(update))])
    for each in left:
        each.close()
    async with hosting(api, conversation):
        texts = {(await api.shows())["text"] for _ in range(2)}
    assert texts == {base.messages["help"].strip(), base.messages["topics"]}


async def test_another_process_that_hangs_is_not_waited_for_without_end(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, ada: Person, base: Base, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "LONGEST_WAIT", 0.3)
    hanging = Inbox(kept / "inbox.sqlite", api.me["id"])
    hanging.add([(1, "{}")], {1: f"chat {ada.chat['id']}"})
    async with hosting(api, conversation) as one:
        await ada.says("/help")
        assert await one.sends(api.pending[0]) == 200
        assert (await api.shows())["text"] == base.messages["help"].strip()
    hanging.close()


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
