"""The command line. What a command needs is imported inside it, so that none waits for what only others use."""

# ruff: noqa: PLC0415

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from bot.errors import BaseError, BotError, InputError, SettingsError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.dialogue.conversation import Conversation
    from bot.finding import Finding

HOW_TO_BEGIN = (
    "There is no Telegram token. Get one from @BotFather in Telegram and put it into a file named .env as "
    "TELEGRAM_BOT_TOKEN=<the token>."
)


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


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    base: Annotated[
        Path | None,
        typer.Option(envvar="ARTICLE_BOT_BASE", help="Use the base in this folder: it holds knowledge/ and seeds/."),
    ] = None,
) -> None:
    """Answer questions about one news article, from its text alone.

    Without a command, run the Telegram bot; without a token for it, chat in the terminal.
    """
    context.obj = base
    if context.invoked_subcommand is None:
        _start(_folder(context))


@app.command()
def chat(context: typer.Context, language: Language = "") -> None:
    """Chat in the terminal."""
    _chat(_folder(context), language)


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
    conversation = _conversation(_folder(context))
    if jsonl:
        from bot.terminal.jsonl import answer_lines

        if not answer_lines(conversation, sys.stdin.buffer, sys.stdout.buffer):
            raise typer.Exit(1)
    else:
        from bot.terminal.ask import answer

        answer(conversation, text, sys.stdout, language)


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

    show(_conversation(_folder(context)), " ".join(question), _console(), language)


@app.command()
def check(context: typer.Context) -> None:
    """Check the knowledge base.

    All problems are listed at once, with how to mend them; among them every phrasing that the bot does not answer.
    """
    from bot.assemble import conversation
    from bot.base.check import sound
    from bot.base.problems import listed
    from bot.evaluation.overmatch import matching
    from bot.matching.learned import problems_of

    folder = _folder(context)
    base = sound(folder)
    problems = [*problems_of(folder / "knowledge"), *matching(conversation(folder, base))]
    if problems:
        raise BaseError(f"The knowledge base is not sound:\n{listed(problems)}")
    phrasings = sum(len(entry.phrasings) for entry in base.entries.values())
    typer.echo(
        f"The base is sound: {len(base.entries)} entries, {phrasings} phrasings, {len(base.unstated)} unstated things, "
        f"all {len(base.article.told_lines)} lines of the article cited."
    )


@app.command()
def evaluate(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Labelled messages, as JSON Lines.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON rather than tables.")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="Show what did not come out right.")] = False,
) -> None:
    """Count how labelled messages fare."""
    from bot.evaluation import evaluate as evaluation
    from bot.evaluation.labelled import read
    from bot.terminal import evaluation as shown

    messages = read(_existing(files))
    judged = evaluation.run(_conversation(_folder(context)), messages)
    if as_json:
        shown.as_json(judged, sys.stdout, failures=failures)
    else:
        shown.as_table(judged, _console(), failures=failures)


@app.command()
def compare(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="Labelled messages, as JSON Lines.", show_default=False)],
) -> None:
    """Compare the bot with plain alternatives.

    The alternatives are the nearest phrasing by rapidfuzz, BM25, TF-IDF (with the extra `dev` installed) and sentence
    embeddings (with the extra `compare`), each with the threshold that serves it best.
    """
    from bot.assemble import conversation
    from bot.base.check import sound
    from bot.evaluation.compare import compare as compared
    from bot.evaluation.labelled import read
    from bot.terminal.comparison import show_rows

    messages = read(_existing(files))
    folder = _folder(context)
    # Answering needs no phrasings; the alternatives look through nothing else.
    show_rows(compared(conversation(folder, sound(folder)), messages), _console())


@app.command()
def learn(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(help="Labelled messages to calibrate on; none: only the words are learned.")
    ] = None,
    keep_weights: Annotated[
        bool,
        typer.Option(
            "--keep-weights", help="Keep the word weights: enough after a few phrasings were dropped; takes seconds."
        ),
    ] = False,
) -> None:
    """Learn from the base, after a change of it.

    It takes some minutes. With labelled messages, calibrate too. Needs the extra `dev`.
    Writes knowledge/learned.json.gz and, with messages, knowledge/calibration.yaml.
    """
    from importlib.util import find_spec

    from bot.base.check import sound
    from bot.evaluation.labelled import read

    if find_spec("sklearn") is None:
        raise InputError("Learning needs more libraries: run `pip install -e '.[dev]'` first.")
    from bot.learning import learn as learning
    from bot.terminal.comparison import unseen_line

    folder = _folder(context)
    base = sound(folder)
    messages = read(_existing(files or []))
    learned = learning.learn_words(base, folder / "knowledge", keep_weights=keep_weights)
    typer.echo(f"Learned {len(learned.words.features)} words and meanings.")
    if messages:
        report = learning.calibrate(base, learned, messages)
        command = " ".join(["python -m bot learn", *(file.as_posix() for file in files or [])])
        text = learning.written(report.calibration, command)
        (folder / "knowledge" / "calibration.yaml").write_text(text, encoding="utf-8")
        typer.echo(unseen_line(report.unseen))


@app.command()
def misses(
    context: typer.Context,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="Write phrasings ready to paste into the files of knowledge/phrasings/.")
    ] = False,
) -> None:
    """List what people asked and the bot did not answer, or not surely.

    Like messages stand together, the most frequent first, with the nearest entry; then what people thought of answers.
    """
    from bot.settings import read_settings

    settings = read_settings()
    path, days = settings.store_path, settings.article_bot_keep_days
    mark = "# " if as_yaml else ""
    if not settings.article_bot_keep_misses:
        typer.echo(f"{mark}Nothing is kept, for ARTICLE_BOT_KEEP_MISSES is false. What was kept before lies in {path}.")
        return
    from bot.store.store import everything

    events = everything(path, days)
    if not events:
        typer.echo(f"{mark}Nothing was missed in the last {days} days, as far as {path} knows.")
        return
    from bot.terminal.misses import list_misses, write_phrasings

    (write_phrasings if as_yaml else list_misses)(events, _folder(context), sys.stdout)


@app.command()
def webhook(context: typer.Context) -> None:
    """Run the Telegram bot behind a webhook.

    Telegram sends the updates to ARTICLE_BOT_WEBHOOK_URL, from where a proxy with a certificate passes them on.
    """
    from bot.settings import read_settings
    from bot.telegram.hosted import run

    settings = read_settings()
    _warn_of_open_secrets()
    run(_conversation(_folder(context)), settings)


@app.command()
def doctor(context: typer.Context) -> None:
    """Look for what keeps the bot from working.

    The settings, Telegram, the knowledge base, the data folder: each line tells whether it is well, or how to mend it.
    The exit code is 0 if nothing is wrong; a warning alone is nothing wrong.
    """
    from bot.terminal.findings import show_findings

    if not show_findings(_findings(_folder(context)), sys.stdout):
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


def main() -> None:
    """Run the command line and exit."""
    app(prog_name="article-bot" if Path(sys.argv[0]).name.startswith("article-bot") else "python -m bot")


def _start(folder: Path) -> None:
    from bot.settings import read_settings

    settings = read_settings()
    if settings.telegram_bot_token is not None:
        from bot.telegram.start import run

        _warn_of_open_secrets()
        run(_conversation(folder), settings)
    elif sys.stdin and sys.stdin.isatty():
        typer.echo(f"{HOW_TO_BEGIN} Until then, here is the bot in your terminal.\n")
        _chat(folder)
    else:
        raise SettingsError(HOW_TO_BEGIN)


def _findings(folder: Path) -> Iterator[Finding]:
    """Yield everything the doctor finds, in the order in which to mend it."""
    from bot.finding import ok, wrong
    from bot.machine import data_folder, env_file, knowledge
    from bot.settings import read_settings

    yield env_file()
    try:
        settings = read_settings()
        yield ok("settings", "They can be read.")
        yield data_folder(settings.article_bot_data_dir)
        from bot.telegram.doctor import examine

        yield from examine(settings)
    except SettingsError as error:
        yield wrong("settings", str(error), "Until then, Telegram is not looked at.")
    yield knowledge(folder)


def _warn_of_open_secrets() -> None:
    """Say so where every user of the machine can read the token."""
    from bot.machine import env_file

    finding = env_file()
    if finding.mend:
        typer.echo(f"Warning: {finding.what} {finding.mend}", err=True)


def _chat(folder: Path, language: str = "") -> None:
    from bot.terminal.chat import chat as hold

    hold(_conversation(folder), colour=_colour(), language=language)


def _folder(context: typer.Context) -> Path:
    from bot.base.places import data_folder

    return context.obj or data_folder()


def _conversation(folder: Path) -> Conversation:
    from bot.assemble import start as begin

    return begin(folder)


def _existing(files: list[Path]) -> list[Path]:
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise InputError(f"There is no file {' and no file '.join(missing)}.")
    return files


def _colour() -> bool:
    return not os.environ.get("NO_COLOR")


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False, color_system="auto" if _colour() else None)


@contextmanager
def _quiet_when_closed() -> Iterator[None]:
    """Let a reader that has enough close the pipe, as `head` does, without a word about it."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        # What is still buffered would fail again when the interpreter flushes it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error
