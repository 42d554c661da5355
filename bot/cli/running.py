"""The commands that run the bot in Telegram, and those that look after it."""

# ruff: noqa: PLC0415

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.asking import hold_chat
from bot.cli.group import app, conversation_over, folder_of, sink
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.finding import Finding

HOW_TO_BEGIN = (
    "There is no Telegram token. Get one from @BotFather in Telegram and put it into a file named .env as "
    "TELEGRAM_BOT_TOKEN=<the token>."
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    base: Annotated[
        Path | None,
        typer.Option(envvar="ARTICLE_BOT_BASE", help="Use the base in this folder: it holds knowledge/ and seeds/."),
    ] = None,
) -> None:
    """Answer questions about one news article, from its text alone.

    Without a command, run the Telegram bot; without a token for it, chat if this is a terminal.
    """
    context.obj = base
    if context.invoked_subcommand is None:
        _start(folder_of(context))


@app.command()
def webhook(context: typer.Context) -> None:
    """Run the Telegram bot behind a webhook.

    Telegram sends the updates to ARTICLE_BOT_WEBHOOK_URL, from where a proxy with a certificate passes them on.
    """
    from bot.settings import read_settings
    from bot.telegram.hosted import run

    with _stopping_quietly():
        settings = read_settings()
        _warn()
        run(conversation_over(folder_of(context)), settings)


@app.command()
def doctor(context: typer.Context) -> None:
    """Look for what keeps the bot from working.

    The settings, Telegram, the knowledge base, the data folder: each line tells whether it is well, or how to mend it.
    The exit code is 0 if nothing is wrong; a warning alone is nothing wrong.
    """
    from bot.terminal.findings import show_findings

    if not show_findings(_findings(folder_of(context)), sink()):
        raise typer.Exit(1)


@app.command()
def health(
    older_than: Annotated[
        float, typer.Option(min=1, help="After how many seconds a sign of life counts no more.")
    ] = 120.0,
) -> None:
    """Tell whether the running bot takes messages.

    The exit code is 0 if it gave a sign of life lately, and 1 if not.
    """
    from time import time

    from bot.health import alive
    from bot.settings import read_settings

    typer.echo(alive(read_settings().health_path, time(), older_than))


def _start(folder: Path) -> None:
    from bot.settings import read_settings

    settings = read_settings()
    if settings.telegram_bot_token is not None:
        with _stopping_quietly():
            from bot.telegram.start import run

            _warn()
            run(conversation_over(folder), settings)
    elif sys.stdin and sys.stdin.isatty():
        typer.echo(f"{HOW_TO_BEGIN} Until then, here is the bot in your terminal.\n")
        hold_chat(folder)
    else:
        raise SettingsError(HOW_TO_BEGIN)


@contextmanager
def _stopping_quietly() -> Iterator[None]:
    """Have a signal that comes before the bot is up end the program as one that comes later does: with 0."""
    if current_thread() is not main_thread():
        yield
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(name, lambda *_: sys.exit(0)) for name in signals]
    try:
        yield
    finally:
        for name, handler in zip(signals, before, strict=True):
            signal.signal(name, handler)


def _findings(folder: Path) -> Iterator[Finding]:
    """Yield everything the doctor finds, in the order in which to mend it."""
    from bot.finding import wrong
    from bot.machine import data_folder, env_file, knowledge, setting_names
    from bot.settings import read_settings

    yield env_file()
    try:
        settings = read_settings()
        yield setting_names()
        yield data_folder(settings.article_bot_data_dir)
        from bot.telegram.doctor import examine

        yield from examine(settings)
    except SettingsError as error:
        yield wrong("settings", str(error), "Until then, Telegram is not looked at.")
    yield knowledge(folder)


def _warn() -> None:
    """Say so where every user of the machine can read the token, or a setting is misspelt."""
    from bot.machine import env_file, setting_names

    for finding in (env_file(), setting_names()):
        if finding.mend:
            typer.echo(f"Warning: {finding.what} {finding.mend}", err=True)
