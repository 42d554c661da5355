"""What a look at one thing has found: whether it is well, and if not, how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is; only what is wrong keeps the bot from working as it should."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    level: Level
    about: str
    """A word or two, such as "token"."""
    what: str
    """What was found, in whole sentences."""
    mend: str = ""
    """What to do about it, in whole sentences; empty where all is well."""


def ok(about: str, what: str) -> Finding:
    """Return that something is well."""
    return Finding(Level.OK, about, what)


def warning(about: str, what: str, mend: str) -> Finding:
    """Return that something could be better."""
    return Finding(Level.WARNING, about, what, mend)


def wrong(about: str, what: str, mend: str) -> Finding:
    """Return that something has to be mended."""
    return Finding(Level.WRONG, about, what, mend)
