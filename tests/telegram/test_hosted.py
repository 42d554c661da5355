"""The bot behind a webhook, as a program of its own: `python -m bot webhook`."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.telegram.botapi import BotApi
from tests.telegram.people import Person
from tests.telegram.sender import PATH, SECRET, Sender, free_port

START = 90.0
"""Seconds for the bot to start and answer."""

URL = f"https://bot.example.org{PATH}"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are not sent so on Windows")


@pytest.fixture
def port() -> int:
    return free_port()


async def started(api: BotApi, folder: Path, base: Path, port: int, **changed: str) -> asyncio.subprocess.Process:
    """Start the command in an empty folder, so that it finds no other settings."""
    environment = {
        **os.environ,
        "TELEGRAM_BOT_TOKEN": api.token,
        "TELEGRAM_API_URL": api.url,
        "ARTICLE_BOT_BASE": str(base),
        "ARTICLE_BOT_WEBHOOK_URL": URL,
        "ARTICLE_BOT_WEBHOOK_SECRET": SECRET,
        "ARTICLE_BOT_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        **changed,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "webhook",
        cwd=folder, env=environment, stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip


async def ready(api: BotApi, process: asyncio.subprocess.Process) -> None:
    """Wait until it has told Telegram where it listens."""
    ends = asyncio.ensure_future(process.wait())
    async with asyncio.timeout(START):
        while not api.webhook["url"] and not ends.done():
            await asyncio.sleep(0.01)
    assert api.webhook["url"] == URL, await ended(process)


async def ended(process: asyncio.subprocess.Process) -> str:
    """Return all the output, once it has ended; no secret is in it."""
    output, _ = await asyncio.wait_for(process.communicate(), START)
    text = output.decode()
    assert "Traceback" not in text
    assert "Secret_half" not in text
    assert SECRET not in text
    return text


async def test_it_answers_what_telegram_sends_until_it_is_stopped(
    api: BotApi, ada: Person, tiny: Path, tmp_path: Path, port: int
) -> None:
    process = await started(api, tmp_path, tiny, port)
    try:
        await ready(api, process)
        await ada.says("How old is Altman?")
        (update,) = api.pending
        async with ClientSession() as session:
            assert await Sender(session, port).sends(update) == 200
        assert (await api.shows())["text"].startswith("Altman is 39.")
        process.send_signal(signal.SIGTERM)
        text = await ended(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert process.returncode == 0, text
    assert api.webhook["url"] == URL


async def test_without_a_secret_it_does_not_start(api: BotApi, tiny: Path, tmp_path: Path, port: int) -> None:
    process = await started(api, tmp_path, tiny, port, ARTICLE_BOT_WEBHOOK_SECRET="")
    assert "ARTICLE_BOT_WEBHOOK_SECRET" in await ended(process)
    assert process.returncode == 2
    assert api.calls == []


async def test_a_port_that_is_taken_is_told_in_a_sentence(api: BotApi, tiny: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        taken_port = taken.getsockname()[1]
        process = await started(api, tmp_path, tiny, taken_port)
        text = await ended(process)
    assert process.returncode == 2, text
    assert f"cannot listen at 127.0.0.1:{taken_port}" in " ".join(text.split())
    assert api.called("setWebhook") == []


async def test_a_token_that_telegram_does_not_know_is_told(api: BotApi, tiny: Path, tmp_path: Path, port: int) -> None:
    api.revoked = True
    process = await started(api, tmp_path, tiny, port)
    assert "does not accept the bot's token" in await ended(process)
    assert process.returncode in (2, 3)
