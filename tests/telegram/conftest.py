"""A Bot API server for each test, and the real bot polling it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.assemble import conversation as assembled
from bot.base.model import Base, Evidence
from bot.base.places import data_folder
from bot.dialogue.conversation import Conversation
from bot.settings import Settings
from bot.store.model import Event
from bot.store.store import everything
from bot.telegram import pacing, patience
from bot.telegram.logs import guarded
from bot.telegram.pace import Pace
from bot.telegram.start import serve
from tests.secrets import SECRET
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.people import Person

Events = Callable[[], tuple[Event, ...]]
Running = Callable[[Conversation], AbstractAsyncContextManager[None]]


@pytest.fixture(autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return where the bot of this test keeps things; in the end its token is not among them."""
    folder = tmp_path_factory.mktemp("kept")
    monkeypatch.setenv("ARTICLE_BOT_DATA_DIR", str(folder))
    yield folder
    assert not [each for each in folder.rglob("*") if each.is_file() and SECRET.encode() in each.read_bytes()]


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bot neither pace itself as slowly as Telegram wants, nor pause as long after a failure."""
    fast = pacing.Rate(1000, 1000)
    monkeypatch.setattr(pacing, "TELEGRAMS", pacing.Limits(fast, fast, fast))
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.05)


@pytest.fixture
def events(kept: Path) -> Events:
    """Return a way to read what is kept."""
    return lambda: everything(kept / "misses.sqlite", 30)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    """Return a server that the bot must have treated well by the end of the test."""
    async with BotApi() as server:
        yield server
    assert server.violations == []
    assert all(answer.done() for answer in server.acknowledged.values()), "a press was left unanswered"


def settings_for(api: BotApi, *, token: str = "") -> Settings:
    """Return the settings that point the bot at a server."""
    return Settings(telegram_bot_token=SecretStr(token or api.token), telegram_api_url=api.url)


async def served(conversation: Conversation, settings: Settings, pace: Pace = Pace()) -> None:  # noqa: B008 (a value)
    """Run the bot, with its logs guarded as the command does, until it is cancelled."""
    token = settings.telegram_bot_token
    with guarded(token.get_secret_value() if token else ""):
        await serve(conversation, settings, pace)


@asynccontextmanager
async def serving(api: BotApi, conversation: Conversation) -> AsyncIterator[None]:
    """Run the bot, with its logs guarded as the command does, until the end of the block, from its first poll."""
    api.polled.clear()
    task = asyncio.ensure_future(served(conversation, settings_for(api)))
    polled = asyncio.ensure_future(api.polled.wait())
    async with asyncio.timeout(PATIENCE):
        await asyncio.wait({task, polled}, return_when=asyncio.FIRST_COMPLETED)
    polled.cancel()
    try:
        if task.done():
            await task
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def running(api: BotApi) -> Running:
    """Return a way to run the bot with any conversation."""
    return lambda conversation: serving(api, conversation)


@pytest.fixture
async def bot(api: BotApi, conversation: Conversation) -> AsyncIterator[None]:
    """Run the bot during the test."""
    async with serving(api, conversation):
        yield


@pytest.fixture
def ada(api: BotApi) -> Person:
    """Return somebody in a private chat with the bot."""
    return Person(api)


@pytest.fixture(scope="module")
def wordy(base: Base) -> Conversation:
    """Return a conversation with an answer and a quote that are longer than a message each."""
    entry = base.entries["altman-age"]
    evidence = Evidence(49, "the 39-year-old CEO & more. " * 200)
    long = replace(entry, answer="Altman is 39 < 40. " * 300, evidence=(evidence,))
    return assembled(data_folder(), replace(base, entries={**base.entries, entry.id: long}))
