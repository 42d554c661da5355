"""Know when polling was last seen to work, and tell it to other programs in a small file."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, time

from bot.health import beat

LOG = logging.getLogger(__name__)

WRITTEN_EVERY = 3.0
"""Seconds that lie at least between two writings of the file."""


class Pulse:
    """When the last poll was completed."""

    def __init__(self, path: Path) -> None:
        """Take where the file lies; its folder is there."""
        self._path = path
        self._seen = monotonic()
        self._written = float("-inf")
        self._excuses = 0
        self.polled = 0.0
        """When the last poll was completed, in seconds since 1970; 0 before the first."""

    def beat(self) -> None:
        """Note that a poll was completed."""
        self._seen = monotonic()
        self.polled = time()
        if self._seen - self._written >= WRITTEN_EVERY:
            self._written = self._seen
            self._write()

    def begin_anew(self) -> None:
        """Begin to count anew for how long no poll was completed."""
        self._seen = monotonic()

    def left(self, silence: float) -> float:
        """Return how many seconds are left until no poll has been completed for so many; 0 if that is so."""
        return silence if self._excuses else max(0.0, silence - (monotonic() - self._seen))

    @contextmanager
    def excused(self) -> Iterator[None]:
        """Have it count as no silence that there is a reason not to poll, such as a queue that is full."""
        self._excuses += 1
        try:
            yield
        finally:
            self._excuses -= 1

    def end(self) -> None:
        """Take the file away: a bot that has stopped does not live."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            LOG.warning("%s cannot be deleted (%s).", self._path, error.strerror)

    def _write(self) -> None:
        try:
            beat(self._path, self.polled)
        except OSError as error:
            LOG.warning("%s cannot be written (%s).", self._path, error.strerror)
