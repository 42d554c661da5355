"""Tell the processes that share a data folder apart, and which of them still live."""

from __future__ import annotations

from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

from filelock import Timeout

from bot.telegram.locks import lock_on, tried


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
            self._lock = lock_on(self._path(number))
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                continue
            self.mine = number
            """The number of the seat, from 1."""
            break

    def left(self, number: int) -> AbstractContextManager[bool]:
        """Tell whether nobody has a seat any more, and keep it from being taken until the end of the block."""
        return tried(self._path(number))

    def leave(self) -> None:
        """Have one's seat free for others."""
        self._lock.release()

    def _path(self, number: int) -> Path:
        return self._folder / f"inbox-{self._bot}-{number}.lock"
