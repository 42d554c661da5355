"""Two processes with one data folder: the second does not touch what the first has in hand."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.conversation import Conversation
from bot.errors import StoreError, TelegramError
from bot.telegram.alone import alone
from bot.telegram.pace import Pace
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.conftest import Running, served, settings_for
from tests.telegram.people import Person
from tests.telegram.test_command import START, started

HASTY = replace(Pace(), predecessor=0.5)


async def test_a_second_bot_on_the_folder_ends_with_a_sentence_and_answers_nothing_again(
    api: BotApi, conversation: Conversation, running: Running, ada: Person
) -> None:
    gate = asyncio.Event()
    api.slow = {ada.chat["id"]: gate}
    async with running(conversation):
        await ada.says("/help")
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        asked = len(api.called("getMe"))
        with pytest.raises(TelegramError, match="Another process with the data folder") as caught:
            await asyncio.wait_for(served(conversation, settings_for(api), HASTY), PATIENCE)
        assert caught.value.exit_code == 3
        assert len(api.called("getMe")) == asked
        gate.set()
        assert (await api.shows())["text"]
        assert (await ada.asks("/topics"))["text"]
    assert len(api.called("sendMessage")) == 2


async def test_a_second_process_takes_over_as_soon_as_the_first_has_stopped(  # noqa: PLR0913, PLR0917
    api: BotApi, tiny: Path, tmp_path: Path, conversation: Conversation, running: Running, ada: Person
) -> None:
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
        second = await started(api, tmp_path, tiny)
        assert second.stdout
        async with asyncio.timeout(START):
            while b"Another process polls" not in (line := await second.stdout.readline()):
                assert line, "it ended"
    try:
        assert (await ada.asks("/topics"))["text"]
    finally:
        second.terminate()
        await asyncio.wait_for(second.communicate(), PATIENCE)
    assert second.returncode == 0


async def test_each_bot_has_a_lock_of_its_own_which_only_its_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    async with alone(folder, 1, 0), alone(folder, 2, 0):
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}
        with pytest.raises(TelegramError):
            async with alone(folder, 1, 0):
                pass
    async with alone(folder, 1, 0):
        pass


async def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="ARTICLE_BOT_DATA_DIR"):
        async with alone(tmp_path / "file", 1, 0):
            pass
