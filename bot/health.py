"""A sign of life in a file, for a supervisor or a probe that asks whether the bot still takes messages."""

from __future__ import annotations

import json
import math
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from bot.errors import HealthError

FILE = "health.json"

OLDER_THAN = 120.0
"""Seconds after which a sign of life counts no more; a long poll takes at most half a minute or so."""


def beat(path: Path, now: float) -> None:
    """Write that at `now`, in Unix seconds, Telegram was heard of; a reader sees the old file or the new, never half.

    Raises:
        OSError: The file cannot be written; the bot can go on without it.

    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # readable by its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"polled": now}, file)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def age(path: Path, now: float) -> float:
    """Return how many seconds before `now` the last sign of life was; negative if the clock was set back since.

    Raises:
        HealthError: There is none, or it cannot be read.

    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise HealthError(f"There is no sign of life in {path}: the bot has stopped, or only just begun.") from None
    except OSError as error:
        raise HealthError(f"The sign of life in {path} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError):
        content = None
    polled = content.get("polled") if isinstance(content, dict) else None
    if isinstance(polled, bool) or not isinstance(polled, int | float) or not math.isfinite(polled):
        raise HealthError(f"The sign of life in {path} is garbled. Delete the file; the bot writes it anew.")
    return now - polled


def alive(path: Path, now: float, older_than: float = OLDER_THAN) -> str:
    """Return a sentence that tells of a sign of life younger than `older_than` seconds.

    Raises:
        HealthError: There is no such sign.

    """
    seconds = age(path, now)
    if seconds >= older_than:
        raise HealthError(
            f"The last sign of life is {seconds:.0f} s old, and {older_than:.0f} s is the most: the bot does not run, "
            "is stuck, or cannot reach Telegram."
        )
    if seconds <= -older_than:
        # It would look alive until then, even if it died long ago.
        raise HealthError(f"The sign of life in {path} is from the future. Check the clock of this machine.")
    return f"The bot is alive: its last sign of life is {max(seconds, 0):.0f} s old."
