"""What all commands share: the program they belong to, the errors they end with, the base they use."""

# ruff: noqa: PLC0415

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from bot.errors import BotError, InputError, OutputError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.dialogue.conversation import Conversation


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Where nothing more can be written: the disk is full, or one's share of it, or the file is as long as it may be."""


class Commands(TyperGroup):
    """The commands; the one place where errors that a person can mend become a message and an exit code."""

    def make_context(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (so it is in the class extended)
        """Read what stands before the command; `--help` is shown here already."""
        with _told():
            return super().make_context(*arguments, **named)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (so it is in the class extended)
        """Run a command."""
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                # What cannot be read or shown becomes a replacement character rather than a traceback.
                stream.reconfigure(errors="replace")
        with _told():
            return super().invoke(ctx)


Language = Annotated[
    str, typer.Option(help="The code of your own language, such as pt: it tells likely languages of a message apart.")
]

app = typer.Typer(
    cls=Commands,
    help="A bot that answers questions about one news article, from its text alone.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def folder_of(context: typer.Context) -> Path:
    """Return the folder of the knowledge base that a command is to use."""
    from bot.base.places import data_folder

    return context.obj or data_folder()


def conversation_over(folder: Path) -> Conversation:
    """Return the conversation over the base in a folder."""
    from bot.assemble import start as begin

    return begin(folder)


def existing(files: list[Path]) -> list[Path]:
    """Return the files, which must all be there: also pipes, such as the /dev/fd/63 of `<(head -3 x.jsonl)`.

    Raises:
        InputError: Some are not there, or are folders.

    """
    problems = [problem for problem in map(_why_no_file, files) if problem]
    if problems:
        raise InputError(" ".join(problems))
    return files


def _why_no_file(path: Path) -> str:
    try:
        return f"{path} is a folder, not a file." if S_ISDIR(path.stat().st_mode) else ""
    except (FileNotFoundError, NotADirectoryError):
        return f"There is no file {path}."
    except OSError:
        return ""  # it may be there; reading it tells what is wrong


def source() -> TextIO:
    """Return standard input.

    Raises:
        InputError: It is closed, as behind `<&-`.

    """
    if sys.stdin is None:
        raise InputError("There is nothing to read from: standard input is closed.")
    return sys.stdin


def sink() -> TextIO:
    """Return standard output.

    Raises:
        OutputError: It is closed, as behind `>&-`.

    """
    if sys.stdout is None:
        raise OutputError("There is nowhere to write to: standard output is closed.")
    return sys.stdout


def colour() -> bool:
    """Tell whether colours are wanted."""
    return not os.environ.get("NO_COLOR")


def console() -> Console:
    """Return where tables are shown.

    Raises:
        OutputError: Standard output is closed.

    """
    from rich.console import Console

    return Console(file=sink(), highlight=False, color_system="auto" if colour() else None)


@contextmanager
def _told() -> Iterator[None]:
    """Have what a person can mend end in a sentence and an exit code, and a closed pipe without a word."""
    try:
        yield
        if sys.stdout is not None:  # closed, as behind `>&-`, which the running bot has no need of
            sys.stdout.flush()
    except BotError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(error.exit_code) from error
    except BrokenPipeError as error:
        # A reader that has enough closes the pipe, as `head` does.
        _drop_what_is_buffered()
        raise typer.Exit(0) from error
    except OSError as error:
        if error.errno not in FULL:
            raise
        _drop_what_is_buffered()
        typer.echo(f"Not everything could be written: {error.strerror}.", err=True)
        raise typer.Exit(OutputError.exit_code) from error


def _drop_what_is_buffered() -> None:
    """Keep the interpreter from failing again at its exit, when it flushes what could not be written."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
