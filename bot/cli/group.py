"""What all commands share: the program they belong to, the errors they end with, the base they use."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from bot.errors import BotError, InputError, OutputError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.dialogue.conversation import Conversation


class Commands(TyperGroup):
    """The commands; the one place where errors that a person can mend become a message and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 (so it is in the class extended)
        """Run a command."""
        for stream in (sys.stdin, sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                # What cannot be read or shown becomes a replacement character rather than a traceback.
                stream.reconfigure(errors="replace")
        try:
            with _quiet_when_closed():
                return super().invoke(ctx)
        except BotError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(error.exit_code) from error


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
    """Return the files, which must all be there.

    Raises:
        InputError: Some are not.

    """
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise InputError(f"There is no file {' and no file '.join(missing)}.")
    return files


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
def _quiet_when_closed() -> Iterator[None]:
    """Let a reader that has enough close the pipe, as `head` does, without a word about it."""
    try:
        yield
        if sys.stdout is not None:  # closed, as behind `>&-`, which the running bot has no need of
            sys.stdout.flush()
    except BrokenPipeError as error:
        # What is still buffered would fail again when the interpreter flushes it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error
