"""Labelled messages: what people ask, and what a right reply is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.base.model import Base
from bot.dialogue.model import Reply
from bot.errors import InputError


class Labelled(BaseModel):
    """One message with its gold label; `tests/questions/README.md` explains the fields."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    style: str
    chat: str = ""
    q: str
    expect: Literal["answer", "refuse", "smalltalk"]
    topic: str = ""
    lines: tuple[int, ...] = ()
    lines2: tuple[int, ...] = ()
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


class Outcome(StrEnum):
    """What a reply was worth."""

    RIGHT = "right"
    CLARIFIED = "clarified"
    REFUSED = "refused"
    HARM = "harm"


def read(paths: Sequence[Path]) -> list[Labelled]:
    """Return the messages of JSON Lines files, in order; none of no files.

    Raises:
        InputError: A file cannot be read, a line of it is not a labelled message, or there is none in all of them.

    """
    messages: list[Labelled] = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path} cannot be read: {error}.") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                messages.append(_message(line, path, number))
    if paths and not messages:
        # Shares of nothing would read like a measurement: "0 messages: 100.0% of the answers right".
        raise InputError(f"There are no messages in {' or '.join(map(str, paths))}.")
    return messages


def _message(line: str, path: Path, number: int) -> Labelled:
    try:
        return Labelled.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(each) for each in first["loc"]) or "the line"
        raise InputError(f"{path}, line {number}: {field}: {first['msg']}.") from error


def judge(message: Labelled, reply: Reply) -> Outcome:
    """Return what a reply to a labelled message was worth; only an answer that is not right does harm."""
    right = {
        "answer": reply.kind == "answer" and _answers(message, reply),
        "refuse": reply.kind in ("not_in_article", "off_topic", "foreign"),
        "smalltalk": reply.kind == "smalltalk",
    }[message.expect]
    if right:
        return Outcome.RIGHT
    return {"answer": Outcome.HARM, "clarify": Outcome.CLARIFIED}.get(reply.kind, Outcome.REFUSED)


def _answers(message: Labelled, reply: Reply) -> bool:
    lines = {evidence.line for stated in reply.stated for evidence in stated.evidence}
    text = " ".join([reply.said, *(stated.text for stated in reply.stated)]).strip()
    quotes = " ".join(evidence.quote for stated in reply.stated for evidence in stated.evidence)
    return (
        bool(lines.intersection(message.lines))
        and (not message.lines2 or bool(lines.intersection(message.lines2)))
        and all(re.search(pattern, f"{text} {quotes}", re.IGNORECASE) for pattern in message.must)
        and not any(re.search(pattern, text, re.IGNORECASE) for pattern in message.must_not)
    )


def gold_entries(message: Labelled, base: Base) -> frozenset[str]:
    """Return the entries whose evidence stands in a gold line of the message."""
    gold = {*message.lines, *message.lines2}
    return frozenset(
        entry.id for entry in base.entries.values() if gold.intersection(each.line for each in entry.evidence)
    )


def dumps(messages: Iterable[Labelled]) -> str:
    """Return the messages as JSON Lines."""
    return "".join(
        json.dumps(message.model_dump(exclude_defaults=True), ensure_ascii=False) + "\n" for message in messages
    )
