"""Locks on files, which go with their process however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


def lock_on(path: Path) -> FileLock:
    """Return the lock on a file, which whichever thread may take and give back."""
    return FileLock(path, mode=0o600, thread_local=False)


@contextmanager
def tried(path: Path) -> Iterator[bool]:
    """Take a lock until the end of the block if no process has it; tell whether that is so.

    Raises:
        OSError: The file cannot be used.

    """
    lock = lock_on(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()
