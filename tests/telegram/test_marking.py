"""What was dealt with is written down, if need be later: a lock or a full disk costs no question."""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from telegram import Update

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.errors import StoreError
from bot.store.sqlite import LITTLE_PATIENCE
from bot.telegram import marking
from bot.telegram.inbox import Inbox
from bot.telegram.intake import Intake
from bot.telegram.marking import Marking
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.conftest import Running, served, settings_for
from tests.telegram.people import Person
from tests.telegram.test_intake import waiting


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have another program write to the inbox."""
    with closing(sqlite3.connect(folder / "inbox.sqlite")) as database:
        database.execute("BEGIN IMMEDIATE")
        yield
        database.rollback()


class Slow:
    """An inbox that keeps nothing until it is let go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._asked, self._go_on = asyncio.Event(), threading.Event()
        add, loop = Inbox.add, asyncio.get_running_loop()

        def slow(inbox: Inbox, rows: Sequence[tuple[int, str]], queues: Mapping[int, str]) -> frozenset[int]:
            loop.call_soon_threadsafe(self._asked.set)
            self._go_on.wait(PATIENCE)
            return add(inbox, rows, queues)

        monkeypatch.setattr(Inbox, "add", slow)

    async def asked(self) -> None:
        """Wait until something is to be kept."""
        await asyncio.wait_for(self._asked.wait(), PATIENCE)

    def go_on(self) -> None:
        """Keep it."""
        self._go_on.set()


@pytest.fixture
async def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "TRIED_AGAIN_AFTER", 0.2)


async def test_a_mark_that_meets_a_lock_is_written_when_it_is_gone(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gate = asyncio.Event()
    api.slow = {ada.chat["id"]: gate}
    async with running(conversation):
        await ada.says("/help")
        await api.until(lambda: bool(api.called("sendMessage")))
        with locked(kept):
            gate.set()
            assert (await api.shows())["text"]
            await api.until(lambda: "is not written down yet" in caplog.text)
            assert waiting(kept) == 1
        await api.until(lambda: waiting(kept) == 0)
    async with running(conversation):
        assert (await ada.asks("/topics"))["text"]
    assert len(api.called("sendMessage")) == 2


async def test_a_mark_that_failed_is_written_a_moment_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox(tmp_path / "inbox.sqlite")
    inbox.add([(1, "a very private question")])
    made, done, fails = Marking(inbox), inbox.done, 3

    def at_first_fails(*numbers: int) -> None:
        nonlocal fails
        fails -= 1
        if fails >= 0:
            raise StoreError("The disk is full.")
        done(*numbers)

    monkeypatch.setattr(inbox, "done", at_first_fails)
    await made.mark(1)
    async with asyncio.timeout(PATIENCE):
        while any(b"private" in each.read_bytes() for each in tmp_path.iterdir()):
            await asyncio.sleep(0.02)
    assert fails < 0
    await made.stop()
    inbox.close()


async def test_a_mark_that_failed_is_written_at_the_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "TRIED_AGAIN_AFTER", 3600)
    inbox = Inbox(tmp_path / "inbox.sqlite")
    inbox.add([(1, "a"), (2, "b")])
    made = Marking(inbox)
    done = inbox.done

    def fails(*_: int) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(inbox, "done", fails)
    await made.mark(1)
    monkeypatch.setattr(inbox, "done", done)
    assert waiting(tmp_path) == 2
    await made.stop()
    assert inbox.pending() == ((2, "b"),)
    inbox.close()


async def test_a_mark_that_was_cancelled_while_another_wrote_is_written_at_the_stop(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path / "inbox.sqlite")
    inbox.add([(1, "a")])
    made = Marking(inbox)
    with locked(tmp_path):
        mark = asyncio.ensure_future(made.mark(1))
        await asyncio.sleep(0.1)
        mark.cancel()
        await asyncio.wait({mark})
        await asyncio.sleep(LITTLE_PATIENCE)  # as long as the thread waits for the lock
    await made.stop()
    assert inbox.pending() == ()
    inbox.close()


async def test_while_the_inbox_cannot_be_written_nothing_is_confirmed_and_later_all_is_answered(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add = Inbox.add

    def full(*_: object) -> frozenset[int]:
        raise StoreError(os.strerror(errno.ENOSPC))

    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
        monkeypatch.setattr(Inbox, "add", full)
        await ada.says("/topics")
        await api.until(lambda: caplog.text.count("No space left on device") >= 2)
        assert len(api.pending) == 1
        monkeypatch.setattr(Inbox, "add", add)
        assert (await api.shows())["text"] == base.messages["topics"]
    assert api.pending == []


async def test_what_was_kept_is_answered_though_polling_is_begun_anew_meanwhile(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes: list[asyncio.Task[None]] = []
    take = Intake.take

    async def noted(self: Intake, updates: Sequence[Update], waited: bool) -> None:
        if updates:
            takes.append(asyncio.ensure_future(take(self, updates, waited)))
            await takes[-1]

    monkeypatch.setattr(Intake, "take", noted)
    async with running(conversation):
        await ada.says("/help")
        await slow.asked()
        takes[0].cancel()
        slow.go_on()
        assert (await api.shows())["text"]


async def test_what_was_not_kept_is_told_though_nobody_waits_for_it_any_more(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def fails(*_: object) -> None:
        asked.set()
        await go_on.wait()
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Intake, "_take", fails)
    intake = Intake.__new__(Intake)
    intake._tasks = set()
    taking = asyncio.ensure_future(intake.take([Update(1)], waited=False))
    await asked.wait()
    taking.cancel()
    await asyncio.wait({taking})
    (work,) = intake._tasks
    go_on.set()
    await asyncio.wait({work})
    assert "was not kept; Telegram will send it again. The disk is full." in caplog.text


async def test_nothing_is_confirmed_before_it_is_kept(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, slow: Slow
) -> None:
    async with running(conversation):
        await ada.says("/help")
        await slow.asked()
        polls = len(api.called("getUpdates"))
        await asyncio.sleep(0.3)  # in which a bot that does not wait polls again
        assert len(api.called("getUpdates")) == polls
        assert len(api.pending) == 1
        slow.go_on()
        assert (await api.shows())["text"]
        await api.until(lambda: api.pending == [])


async def test_a_reader_of_the_inbox_does_not_keep_the_bot_from_starting(
    conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
    with closing(sqlite3.connect(kept / "inbox.sqlite")) as database:
        database.execute("BEGIN")
        database.execute("SELECT * FROM updates").fetchone()
        async with running(conversation):
            assert (await ada.asks("/topics"))["text"]


async def test_a_lock_and_a_reply_that_hangs_hold_up_a_stop_no_longer_than_ten_seconds(
    api: BotApi, conversation: Conversation, ada: Person, kept: Path
) -> None:
    ben, gate = Person(api, 900), asyncio.Event()
    api.slow = {ada.chat["id"]: asyncio.Event(), ben.chat["id"]: gate}
    loop = asyncio.get_running_loop()
    task = asyncio.ensure_future(served(conversation, settings_for(api)))
    for person in (ada, ben):
        await person.says("/help")
    await api.until(lambda: len(api.called("sendMessage")) == 2)
    with locked(kept):
        begun = loop.time()
        task.cancel()
        loop.call_later(3, gate.set)
        with pytest.raises(asyncio.CancelledError):
            await task
        assert loop.time() - begun < 10
    assert waiting(kept) == 2
