"""Logging that never shows the token."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from urllib.parse import quote

from telegram.error import TelegramError

FORMAT = "%(asctime)s %(levelname)s %(message)s"

_CHATTY = ("httpx", "httpcore", "telegram.ext.Application")
"""Loggers that print the address of each request, and so the token in it, or what the bot says in its own words."""

_TELLTALE = "telegram.request.BaseRequest"
"""The logger that prints each response that is no JSON in full, with a traceback; people's words may be in it."""


_BOT, TEXTS = "bot", "bot.texts"
"""The logger above all of this program's, and that of what people write."""


class Detail(StrEnum):
    """How much is logged."""

    INFO = "info"
    DEBUG = "debug"
    """Also what is ignored, and why."""
    TEXTS = "texts"
    """Also what people write, and what is made of it."""


@contextmanager
def guarded(token: str, detail: Detail = Detail.INFO, instead: str = "<token>") -> Iterator[None]:
    """Keep the token, or another secret, out of all logs while the block runs; `instead` stands in its place.

    Log to standard error if nobody has set up logging.
    """
    root = logging.getLogger()
    own = None if root.handlers else logging.StreamHandler()
    level = root.level
    if own:
        own.setFormatter(logging.Formatter(FORMAT))
        root.addHandler(own)
        root.setLevel(logging.INFO)
    wanted = dict.fromkeys(_CHATTY, logging.WARNING)
    if detail is not Detail.INFO:
        wanted[_BOT] = logging.DEBUG
    wanted[TEXTS] = logging.DEBUG if detail is Detail.TEXTS else logging.WARNING
    levels = {name: logging.getLogger(name).level for name in wanted}
    for name, level_wanted in wanted.items():
        logging.getLogger(name).setLevel(level_wanted)
    guard = Guard(token, instead)
    # A filter of a logger sees only its own records, one of a handler those of every logger.
    handlers = list(root.handlers)
    for handler in handlers:
        handler.addFilter(guard)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(guard)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
        if own:
            root.removeHandler(own)
            root.setLevel(level)


class Guard(logging.Filter):
    """Takes the token out of records, and the tracebacks out of those that tell of a mere failure of Telegram."""

    def __init__(self, token: str, instead: str = "<token>") -> None:
        super().__init__()
        self._redact = redactor(token, instead)
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the record, and let it pass; drop one that shows a whole response, as its error is told anyway."""
        if record.name == _TELLTALE:
            return False
        record.msg, record.args = self._redact(_text(record)), ()
        if record.exc_info:
            error = record.exc_info[1]
            if isinstance(error, TelegramError):
                record.msg = self._redact(f"{record.msg} ({type(error).__name__}: {error})".replace("\n", " "))
            else:
                record.exc_text = self._redact(self._formatter.formatException(record.exc_info))
            record.exc_info = None
        return True


def redactor(token: str, instead: str = "<token>") -> Callable[[str], str]:
    """Return a function that replaces the token, its secret half, and both as they stand in an address."""
    secret = token.partition(":")[2] or token
    hidden = sorted({token, quote(token, safe=""), secret}, key=len, reverse=True)

    def redact(text: str) -> str:
        for each in hidden:
            text = text.replace(each, instead)
        return text

    return redact


def _text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):  # somebody's placeholders do not fit their values
        return f"{record.msg} {record.args}"
