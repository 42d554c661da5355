"""A terminal of its own for a program of a test, which types and reads there as a person would."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pty = pytest.importorskip("pty", reason="needs a terminal of its own")


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, master: int, process: subprocess.Popen[bytes]) -> None:
        self._master = master
        self.process = process
        self.seen = b""

    def type(self, keys: bytes) -> None:
        os.write(self._master, keys)

    def interrupt(self, until: bytes) -> None:
        """Press Ctrl-C as a person does: again, if the first came before the program listened."""
        while until not in self.seen:
            self.process.send_signal(signal.SIGINT)
            if select.select([self._master], [], [], 0.5)[0]:
                self.read_until(until)

    def read_until(self, text: bytes, times: int = 1) -> None:
        while self.seen.count(text) < times:
            try:
                piece = os.read(self._master, 4096)
            except OSError:  # Linux: nobody has the terminal open any more
                piece = b""
            assert piece, f"{text!r} never came: {self.seen!r}"
            self.seen += piece


@contextmanager
def on_terminal(folder: Path, *arguments: str, **environment: str) -> Iterator[Terminal]:
    master, slave = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TELEGRAM_BOT_TOKEN")}
    process = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "--base", str(folder), *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**kept, "TERM": "xterm-256color", **environment},
        cwd=folder,
    )
    os.close(slave)
    try:
        yield Terminal(master, process)
    finally:
        process.kill()
        process.wait()
        os.close(master)
