"""See to it that of the processes which share a data folder one alone polls for a bot."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.errors import BotError, StoreError, TelegramError
from bot.telegram.locks import lock_on, tried

LOG = logging.getLogger(__name__)

LOOKED_EVERY = 0.2
"""Seconds between two attempts to be the one that polls."""


@asynccontextmanager
async def alone(folder: Path, bot: int, patience: float) -> AsyncIterator[None]:
    """Hold the lock of that bot in the data folder; while another process has it, wait `patience` seconds at most.

    Two that poll would replay each other's questions from the shared inbox. The lock goes with its process, however
    that ends.

    Raises:
        StoreError: The folder cannot be used.
        TelegramError: Another process still polls.

    """
    lock = lock_on(_path(folder, bot))
    trouble = await _acquired(lock, folder, patience)
    if trouble:
        raise trouble
    try:
        yield
    finally:
        lock.release()


def is_taken(folder: Path, bot: int) -> bool:
    """Tell whether a process polls for a bot with this data folder; nothing is made in it."""
    path = _path(folder, bot)
    if not path.exists():
        return False
    with tried(path) as is_free:
        return not is_free


def _path(folder: Path, bot: int) -> Path:
    return folder / f"polling-{bot}.lock"


async def _acquired(lock: FileLock, folder: Path, patience: float) -> BotError | None:
    """Take the lock, or return why not."""
    until = time.monotonic() + patience
    told = False
    while True:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock.acquire(blocking=False)
        except Timeout:
            if time.monotonic() >= until:
                return TelegramError(
                    f"Another process with the data folder {folder} polls for this bot. Stop that one and start again, "
                    "or name another folder in ARTICLE_BOT_DATA_DIR for another bot."
                )
        except OSError as error:
            return StoreError(
                f"The data folder cannot be used: {folder}: {error.strerror or error}. Mend that, or name another "
                "folder in ARTICLE_BOT_DATA_DIR."
            )
        else:
            return None
        if not told:
            told = True
            LOG.warning("Another process polls for this bot; waiting up to %g s for it to stop.", patience)
        await asyncio.sleep(LOOKED_EVERY)
