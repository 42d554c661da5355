"""Show how the bot fared on labelled messages: as tables for people, as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from statistics import median
from typing import Any, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluation.evaluate import Judged, by_style, totals
from bot.evaluation.labelled import Outcome
from bot.render.plain import spoken


def as_table(judged: Sequence[Judged], console: Console, *, failures: bool) -> None:
    """Print the outcomes by style, the totals and, if wanted, each of the messages that did not come out right.

    There must be one at least.
    """
    if failures:
        for each in judged:
            if each.outcome is not Outcome.RIGHT:
                _failure(each, console)
    table = Table()
    table.add_column("style")
    for heading in ("messages", "right", "clarified", "wrongly refused", "harm"):
        table.add_column(heading, justify="right")
    for style, outcomes in by_style(judged).items():
        numbers = [outcomes.total(), *(outcomes[outcome] for outcome in Outcome)]
        table.add_row(Text(style), *map(str, numbers))
    console.print(table)
    whole = totals(judged)
    console.print(
        f"{whole.messages} messages: {whole.answers:.1%} of the answers right, {whole.refusals:.1%} of the refusals, "
        f"{whole.smalltalk:.1%} of the smalltalk; harm {whole.harm:.1%}."
    )
    seconds = [each.seconds for each in judged]
    console.print(f"A reply takes {median(seconds) * 1000:.1f} ms (median), {max(seconds) * 1000:.1f} ms at most.")


def as_json(judged: Sequence[Judged], out: TextIO, *, failures: bool) -> None:
    """Write the same as one JSON object."""
    whole = totals(judged)
    seconds = [each.seconds for each in judged]
    content: dict[str, Any] = {
        "messages": whole.messages,
        "answers": whole.answers,
        "refusals": whole.refusals,
        "smalltalk": whole.smalltalk,
        "harm": whole.harm,
        "seconds": {"median": median(seconds), "max": max(seconds)},
        "styles": {
            style: {outcome.value: outcomes[outcome] for outcome in Outcome}
            for style, outcomes in by_style(judged).items()
        },
    }
    if failures:
        content["failures"] = [_told(each) for each in judged if each.outcome is not Outcome.RIGHT]
    out.write(json.dumps(content, indent=2) + "\n")


def _told(judged: Judged) -> dict[str, Any]:
    return {
        "id": judged.message.id,
        "question": judged.message.q,
        "outcome": judged.outcome.value,
        "said": spoken(judged.turn.reply),
        "stated": [stated.entry for stated in judged.turn.reply.stated],
        "expected": _expected(judged),
    }


def _failure(judged: Judged, console: Console) -> None:
    told = _told(judged)
    stated = f" [{', '.join(told['stated'])}]" if told["stated"] else ""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="bold", width=9)
    grid.add_column()
    grid.add_row(judged.outcome.value, Text(f"{judged.message.id}: {judged.message.q}"))
    grid.add_row("said", Text(told["said"] + stated))
    grid.add_row("expected", Text(told["expected"]))
    console.print(grid)
    console.print()


def _expected(judged: Judged) -> str:
    """Return what a right reply would have been."""
    message = judged.message
    if message.expect != "answer":
        return {"refuse": "a refusal", "smalltalk": "smalltalk"}[message.expect]
    lines = " and ".join(f"¶ {' or '.join(map(str, each))}" for each in (message.lines, message.lines2) if each)
    words = [f"with /{pattern}/" for pattern in message.must] + [f"without /{pattern}/" for pattern in message.must_not]
    return " ".join([f"an answer from {lines}" if lines else "an answer", *words])
