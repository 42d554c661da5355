"""Tell the processes that share a data folder apart, and which of them still live."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout


class Seats:
    """The seats at a bot's inbox: each process has one to itself, and loses it only with its life.

    A lock on a file goes with its process, however that ends; neither a clock nor a sign of life is needed to tell that
    one is gone.
    """

    def __init__(self, folder: Path, bot: int) -> None:
        """Take the first seat that is free; the folder is there.

        Raises:
            OSError: The folder cannot be used.

        """
        self._folder = folder
        self._bot = bot
        for number in count(1):
            self._lock = self._lock_of(number)
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                continue
            self.mine = number
            """The number of the seat, from 1."""
            break

    @contextmanager
    def left(self, number: int) -> Iterator[bool]:
        """Tell whether nobody has a seat any more, and keep it from being taken until the end of the block."""
        lock = self._lock_of(number)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def leave(self) -> None:
        """Have one's seat free for others."""
        self._lock.release()

    def _lock_of(self, number: int) -> FileLock:
        path = self._folder / f"inbox-{self._bot}-{number}.lock"
        # Taken and given back by whichever thread writes to the inbox.
        return FileLock(path, mode=0o600, thread_local=False)
