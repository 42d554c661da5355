"""The commands that ask the bot something in the terminal."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.group import Language, app, colour, console, conversation_over, folder_of, sink, source


@app.command()
def chat(context: typer.Context, language: Language = "") -> None:
    """Chat in the terminal."""
    hold_chat(folder_of(context), language)


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str] | None, typer.Argument(help="The question.", show_default=False)] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read objects {"id", "chat", "text"}, with "language" if known, from standard input, one a line; '
            "answer each with one.",
        ),
    ] = False,
    language: Language = "",
) -> None:
    """Answer one question, or those on standard input."""
    text = " ".join(question or ()).strip()
    if jsonl and text:
        raise typer.BadParameter("Give either a question or --jsonl.")
    if not jsonl and not text:
        raise typer.BadParameter('Give a question, such as: ask "How old is Altman?"')
    out = sink()
    questions = source() if jsonl else None
    conversation = conversation_over(folder_of(context))
    if questions:
        from bot.terminal.jsonl import answer_lines

        if not answer_lines(conversation, questions.buffer, out.buffer):
            raise typer.Exit(1)
    else:
        from bot.terminal.ask import answer

        answer(conversation, text, out, language)


@app.command()
def explain(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(help="The question.", show_default=False)],
    language: Language = "",
) -> None:
    """Show why a question gets its reply.

    How it is read, which entries it could mean, what speaks for each of them, and what was decided.
    """
    from bot.terminal.explain import explain as show

    out = console()
    show(conversation_over(folder_of(context)), " ".join(question), out, language)


def hold_chat(folder: Path, language: str = "") -> None:
    """Chat in the terminal until the person leaves."""
    from bot.terminal.chat import chat as hold

    typed, out = source(), sink()
    hold(conversation_over(folder), typed, out, colour=colour(), language=language)
