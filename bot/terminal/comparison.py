"""Show what comparing and learning gave."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.evaluation.compare import Row
from bot.evaluation.evaluate import Totals

if TYPE_CHECKING:
    from rich.console import Console


def show_rows(rows: Iterable[Row], console: Console) -> None:
    """Print the rows of a comparison as one table, once all have come in."""
    from rich.table import Table  # noqa: PLC0415 (only where a table is shown)

    table = Table()
    table.add_column("way of matching")
    for heading in ("right answers", "right refusals", "harm", "median", "99th percentile"):
        table.add_column(heading, justify="right")
    for row in rows:
        if row.missing:
            table.add_row(row.name, row.missing, *[""] * 4)
        else:
            shares = [f"{share:.1%}" for share in (row.answers, row.refusals, row.harm)]
            table.add_row(row.name, *shares, *(f"{seconds * 1000:.2f} ms" for seconds in (row.median, row.slowest)))
    console.print(table)


def unseen_line(totals: Totals) -> str:
    """Return in one line how fitted weights do on messages they were not fitted to."""
    return (
        f"On {totals.messages} messages, each left out of what its weights were fitted to: right answers "
        f"{totals.answers:.1%}, right refusals {totals.refusals:.1%}, smalltalk {totals.smalltalk:.1%}, "
        f"harm {totals.harm:.1%}."
    )
