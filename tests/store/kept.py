"""What is kept, as a test sees it: the texts, the bytes in the files, and the time."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.store.model import Kind
from bot.store.store import Store
from tests.store.events import NOON


class Clock:
    """Tells the time that a test sets."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


def texts(store: Store, *kinds: Kind) -> list[str]:
    return [event.text for _, event in store.events(kinds or tuple(Kind))]


def written(folder: Path) -> bytes:
    """Return all bytes of all files of the store."""
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()))
