"""The bot as a program of its own: started by `python -m bot`, stopped by a signal."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.base.places import data_folder
from tests.telegram.botapi import BotApi
from tests.telegram.people import Person

START = 90.0
"""Seconds for the base to be checked and the first poll to be made."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent so on Windows")


async def started(api: BotApi, folder: Path, base: Path, token: str = "") -> asyncio.subprocess.Process:
    """Start the command in an empty folder, so that it finds no other settings."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": token or api.token,
        "TELEGRAM_API_URL": f"{api.url}/",
        "ARTICLE_BOT_BASE": str(base),
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot",
        cwd=folder,
        env=environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip


@pytest.mark.parametrize(("stop", "real"), [(signal.SIGINT, True), (signal.SIGINT, False), (signal.SIGTERM, False)])
async def test_it_answers_until_it_is_stopped(  # noqa: PLR0913, PLR0917
    api: BotApi, ada: Person, base: Base, tiny: Path, tmp_path: Path, stop: signal.Signals, real: bool
) -> None:
    process = await started(api, tmp_path, data_folder() if real else tiny)
    try:
        polled, ended = asyncio.ensure_future(api.polled.wait()), asyncio.ensure_future(process.wait())
        await asyncio.wait({polled, ended}, timeout=START, return_when=asyncio.FIRST_COMPLETED)
        polled.cancel()
        ended.cancel()
        assert process.returncode is None, (await process.communicate())[0].decode()
        assert api.polled.is_set()
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
        process.send_signal(stop)
        output, _ = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    text = output.decode()
    assert process.returncode == 0, text
    assert "Traceback" not in text
    assert api.token.partition(":")[2] not in text
    assert api.pending == []


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_before_the_bot_is_up_ends_it_like_a_later_one(
    api: BotApi, tiny: Path, tmp_path: Path, kept: Path, stop: signal.Signals
) -> None:
    base = shutil.copytree(tiny, tmp_path / "base")
    file = base / "knowledge" / "messages.yaml"
    file.unlink()
    os.mkfifo(file)  # which it waits for
    process = await started(api, tmp_path, base)
    try:
        with await asyncio.to_thread(file.open, "w", encoding="utf-8"):  # not before it reads
            process.send_signal(stop)
            output, _ = await asyncio.wait_for(process.communicate(), START)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, output.decode()
    assert output == b""
    assert not list(kept.iterdir())


async def test_a_wrong_token_ends_it_with_a_sentence(api: BotApi, tiny: Path, tmp_path: Path) -> None:
    process = await started(api, tmp_path, tiny, "7312045:AAwrong_half")
    output, _ = await asyncio.wait_for(process.communicate(), START)
    text = output.decode()
    assert process.returncode == 2, text
    assert "does not accept the bot's token" in " ".join(text.split())
    assert "Traceback" not in text
    assert "AAwrong_half" not in text


async def test_a_reply_that_hangs_holds_up_the_stop_no_longer_than_ten_seconds_and_is_sent_at_the_next_start(
    api: BotApi, ada: Person, base: Base, tiny: Path, tmp_path: Path
) -> None:
    api.slow[ada.chat["id"]] = asyncio.Event()
    first = await started(api, tmp_path, tiny)
    try:
        await asyncio.wait_for(api.polled.wait(), START)
        await ada.says("/help")
        await api.until(lambda: len(api.called("sendMessage")) == 1)
        first.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(first.communicate(), 10)
    finally:
        if first.returncode is None:
            first.kill()
            await first.wait()
    assert first.returncode == 0, output.decode()
    assert "they are at the next start" in output.decode()
    # Telegram may have shown it or not: the connection was closed while it was still under way.
    api.slow.clear()
    second = await started(api, tmp_path, tiny)
    try:
        assert (await asyncio.wait_for(api.shown.get(), START))["text"] == base.messages["help"].strip()
    finally:
        second.kill()
        await second.wait()
