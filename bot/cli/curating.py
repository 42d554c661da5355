"""The commands of a curator: check the base, measure it, learn from it, see what it lacks."""

# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.group import app, console, conversation_over, existing, folder_of, sink
from bot.errors import BaseError, InputError


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

    folder = folder_of(context)
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

    messages = read(existing(files))
    judged = evaluation.run(conversation_over(folder_of(context)), messages)
    if as_json:
        shown.as_json(judged, sink(), failures=failures)
    else:
        shown.as_table(judged, console(), failures=failures)


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

    messages = read(existing(files))
    folder = folder_of(context)
    # Answering needs no phrasings; the alternatives look through nothing else.
    show_rows(compared(conversation(folder, sound(folder)), messages), console())


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

    folder = folder_of(context)
    base = sound(folder)
    messages = read(existing(files or []))
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
    if not events and not path.exists():
        typer.echo(
            f"{mark}There is no file {path} yet, so there was nothing to look at. If the bot has run before, it did "
            "so with another data folder (ARTICLE_BOT_DATA_DIR) or as another user."
        )
        return
    if not events:
        typer.echo(f"{mark}Nothing was missed in the last {days} days, as far as {path} knows.")
        return
    from bot.terminal.misses import list_misses, write_phrasings

    (write_phrasings if as_yaml else list_misses)(events, folder_of(context), sink())
