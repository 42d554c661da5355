"""Show a reply as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from enum import Enum, auto

from bot.dialogue.model import Reply, Stated


class Part(Enum):
    """What a paragraph of a reply is; a terminal may give each a look of its own."""

    ANSWER = auto()
    QUOTE = auto()
    NOTE = auto()
    SAID = auto()
    HEADING = auto()
    OPTION = auto()
    GAP = auto()


def spoken(reply: Reply) -> str:
    """Return the sentences of a reply, without the evidence and the options."""
    return " ".join(part for part in (*(stated.text for stated in reply.stated), reply.said) if part)


def full(reply: Reply, messages: Mapping[str, str], width: int = 0) -> str:
    """Return a reply with its evidence, notes and options, wrapped at `width` characters (0: not at all)."""
    return "\n".join(text for _, text in laid_out(reply, messages, width))


def laid_out(
    reply: Reply, messages: Mapping[str, str], width: int = 0, *, numbered: bool = False
) -> Iterator[tuple[Part, str]]:
    """Yield the paragraphs of a reply, each wrapped at `width` characters (0: not at all).

    The options are `numbered` from 1, or else marked by dashes.
    """
    for place, stated in enumerate(reply.stated):
        if place:
            yield Part.GAP, ""
        yield from _stated(stated, messages, width)
    if reply.said:
        if reply.stated:
            yield Part.GAP, ""
        yield Part.SAID, wrapped(reply.said, width)
    if reply.options:
        yield Part.GAP, ""
        if reply.kind == "answer":
            yield Part.HEADING, wrapped(messages["also_ask"], width)
        for number, option in enumerate(reply.options, 1):
            yield Part.OPTION, wrapped(option.label, width, f"  {number}  " if numbered else "- ")


def wrapped(text: str, width: int, start: str = "") -> str:
    """Return `start` and the text, wrapped at `width` characters (0: not at all) and aligned after the start."""
    if not width:
        return start + text
    return textwrap.fill(
        text,
        max(width, len(start) + 20),
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _stated(stated: Stated, messages: Mapping[str, str], width: int) -> Iterator[tuple[Part, str]]:
    yield Part.ANSWER, wrapped(stated.text, width)
    for evidence in stated.evidence:
        yield Part.QUOTE, wrapped(evidence.quote, width, f"  ¶ {evidence.line:<4}")
    for note in stated.notes:
        yield Part.NOTE, wrapped(f"{messages['curators_note']} {note}", width, "  ")
