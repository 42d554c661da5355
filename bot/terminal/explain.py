"""Explain how a message was understood, and why the reply is what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Chat, Foreign
from bot.language.model import Understanding, Unit
from bot.matching.score import Match, Score
from bot.render.plain import spoken

CANDIDATES = 8
"""How many candidates are listed."""

TAKEN_APART = 3
"""How many of them are taken apart; more columns do not fit a terminal."""


def explain(conversation: Conversation, text: str, console: Console, language: str = "") -> None:
    """Show what becomes of a message, question by question."""
    turn = conversation.respond(text, language=language)
    calibration = conversation.base.calibration
    for number, considered in enumerate(turn.considered, 1):
        if len(turn.considered) > 1:
            console.rule(f"Question {number} of {len(turn.considered)}")
        _understanding(considered.understanding, console)
        _match(considered.match, calibration, console)
        _line("Decided", f"{_named(considered.decision)}: {considered.why}.", console)
        console.print()
    if isinstance(turn.decision, Foreign):
        told = conversation.base.languages[turn.decision.code]
        _line("Language", f"{told.name} ({told.code}), script {told.script}; the message was not read.", console)
        _line("About", ", ".join(turn.decision.nearest) or "nobody known", console)
    elif not turn.considered:
        _line("Read as", "nothing: it was recognised whole, before any matching.", console)
    _reply(turn, console)


def _understanding(understanding: Understanding, console: Console) -> None:
    _line("Read as", understanding.text or "nothing", console)
    corrections = ", ".join(f"{typed} -> {read}" for typed, read in understanding.corrections)
    _line("Corrected", corrections or "nothing", console)
    _line("Asks for", ", ".join(sorted(kind.value for kind in understanding.kinds)) or "no special kind", console)
    found = {
        "yes or no": understanding.yes_no,
        "opens with a link": understanding.opens_with_link,
        f"pronouns: {' '.join(understanding.pronouns)}": bool(understanding.pronouns),
    }
    _line("Noticed", ", ".join(what for what, holds in found.items() if holds) or "nothing more", console)
    if understanding.units:
        _units("Pieces of meaning", understanding.units, console)
    if understanding.composed != understanding.units:
        _units("The same, with descriptions put together", understanding.composed, console)


def _units(title: str, units: Iterable[Unit], console: Console) -> None:
    table = _table(title, "piece", "entities", "concepts", "kinds", "stems", "role", "share")
    for unit in units:
        kinds, stems = (", ".join(each[2:] for each in unit.features if each.startswith(mark)) for mark in ("k:", "w:"))
        table.add_row(
            *map(Text, (unit.text, ", ".join(unit.entities), ", ".join(unit.concepts), kinds, stems, unit.role.value)),
            f"{unit.share:.2f}",
        )
    console.print(table)


def _match(match: Match, calibration: Mapping[str, float], console: Console) -> None:
    table = _table("Candidates", "", "candidate", "of", "chance", "total", "unexplained")
    for number, score in enumerate(match.scores[:CANDIDATES], 1):
        table.add_row(
            str(number),
            score.id,
            score.group.value,
            f"{score.chance:.3f}",
            f"{score.total:+.2f}",
            Text(", ".join(score.unexplained)),
        )
    table.add_row("", "none of them", "", f"{match.nothing:.3f}", "", "")
    console.print(table)
    if match.scores:
        _parts(match.scores[:TAKEN_APART], calibration, console)
    _line("Unknown", f"{match.unknown:.0%} of what the message weighs is in words the base does not know.", console)
    weights = _weighing(match.scores)
    limits = ", ".join(f"{name} {value:g}" for name, value in calibration.items() if name not in weights)
    _line("Thresholds", limits, console)


def _parts(scores: Sequence[Score], calibration: Mapping[str, float], console: Console) -> None:
    """Show what the totals are made of: what each part adds, and in brackets its value before it was weighted."""
    table = _table("What the totals are made of", "part", "weight", *(f"of {n}" for n, _ in enumerate(scores, 1)))
    for name in _weighing(scores):
        weight = calibration.get(name, 0.0)
        values = [score.parts.get(name, 0.0) for score in scores]
        if any(values):
            table.add_row(name, f"{weight:+.2f}", *(f"{weight * value + 0.0:+.2f} ({value:.2f})" for value in values))
    console.print(table)


def _weighing(scores: Sequence[Score]) -> list[str]:
    """Return the names of all parts, in the order in which they come."""
    return list(dict.fromkeys(name for score in scores for name in score.parts))


def _named(decision: object) -> str:
    return f"smalltalk ({decision.smalltalk})" if isinstance(decision, Chat) else type(decision).__name__


def _reply(turn: Turn, console: Console) -> None:
    _line("Replied", _named(turn.decision) if isinstance(turn.decision, Chat) else turn.reply.kind, console)
    _line("Says", spoken(turn.reply), console)


def _line(title: str, text: str, console: Console) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="bold", width=11)
    grid.add_column()
    grid.add_row(title, Text(text))
    console.print(grid)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    return table
