import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.terminal.screen import on_terminal

COLOUR = re.compile(rb"\x1b\[[0-9;]*m")


def piped(folder: Path, typed: bytes, **environment: str) -> tuple[int, bytes, bytes]:
    process = subprocess.run(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "--base", str(folder), "chat"],
        input=typed,
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )
    return process.returncode, process.stdout, process.stderr


def test_a_pipe_gets_the_replies_alone_even_to_broken_utf_8(tiny: Path) -> None:
    code, out, errors = piped(tiny, b"How old is \xff\xfe Altman?\n\n\xc3\nhello", PYTHONIOENCODING="utf-8:strict")
    assert (code, errors) == (0, b"")
    assert out.startswith(b"Altman is 39.\n  \xc2\xb6 3 ")
    assert b"Hello!" in out
    assert b">" not in out
    assert b"\x1b" not in out


def test_an_output_that_cannot_show_a_character_gets_another_in_its_place(tiny: Path) -> None:
    code, out, errors = piped(tiny, b"How old is Altman?\n/quit\nhello\n", PYTHONIOENCODING="ascii")
    assert (code, errors) == (0, b"")
    assert b"  ? 3   The 39-year-old" in out
    assert b"Hello!" not in out


@pytest.mark.parametrize("leave", ["ctrl-d", "ctrl-c"])
def test_a_terminal_gets_a_welcome_prompts_and_colours_and_is_left_politely(tiny: Path, leave: str) -> None:
    with on_terminal(tiny, "chat") as terminal:
        terminal.read_until(b"> ")
        assert b"/topics" in terminal.seen
        terminal.type(b"How old is Altman?\n")
        terminal.read_until(b"Nobody knows how rich.")
        assert COLOUR.search(terminal.seen)
        terminal.read_until(b"> ", times=2)
        if leave == "ctrl-d":
            terminal.type(b"\x04")
            terminal.read_until(b"Goodbye.")
        else:
            terminal.interrupt(until=b"Goodbye.")
        assert b"Traceback" not in terminal.seen
        assert terminal.process.wait() == 0


def test_no_color_means_no_colours(tiny: Path) -> None:
    with on_terminal(tiny, "chat", NO_COLOR="1") as terminal:
        terminal.read_until(b"> ")
        terminal.type(b"How old is Altman?\n")
        terminal.read_until(b"Nobody knows how rich.")
        assert not COLOUR.search(terminal.seen)


def test_without_a_token_the_start_tells_how_to_get_one_and_chats(tiny: Path) -> None:
    with on_terminal(tiny) as terminal:
        terminal.read_until(b"> ")
        assert b"@BotFather" in terminal.seen
        terminal.type(b"/quit\n")
        terminal.read_until(b"Goodbye.")
        assert terminal.process.wait() == 0
