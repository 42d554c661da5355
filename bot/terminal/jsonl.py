"""Answer questions given as JSON Lines: an object a line in, an object a line out, in order."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from bot.dialogue.conversation import EMPTY, Conversation
from bot.dialogue.model import Context, Reply
from bot.errors import InputError
from bot.recent import Recent
from bot.render.plain import spoken

MAX_LINE = 10_000_000
"""Bytes of a line that are read; a longer one is passed over, so that no input can fill the memory."""

CHATS = 10_000
"""Chats whose context is remembered at the same time, for the same reason."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message as it came; the id is given back as it was. `language` is the code of the person's own, or empty."""

    id: str | int | float
    chat: str
    text: str
    language: str


def answer_lines(conversation: Conversation, source: BinaryIO, sink: BinaryIO) -> bool:
    """Answer every line of `source` on `sink`, each at once; return whether all of them were messages."""
    chats: Recent[str, Context] = Recent(CHATS)
    all_good = True
    for number, line in _lines(source):
        known: dict[str, Any] = {}
        try:
            content = _object(line)
            # So that who asked can tell which of the messages it was that had an error.
            known = {"id": _id(content)}
            written = _answer(conversation, chats, _asked(content))
        except InputError as error:
            written = {**known, "error": str(error), "line": number}
            all_good = False
        # Escaped to ASCII, a line stays one line for every reader and holds even half a surrogate pair.
        sink.write(json.dumps(written).encode("ascii") + b"\n")
        sink.flush()
    return all_good


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield the lines that are not blank with their numbers from 1; None in place of one that is too long."""
    number = 0
    while line := source.readline(MAX_LINE):
        number += 1
        too_long = len(line) == MAX_LINE and not line.endswith(b"\n")
        if too_long:
            while (rest := source.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                pass
        if too_long or line.strip():
            yield number, None if too_long else line


def _object(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise InputError(f"The line is longer than {MAX_LINE} bytes.")
    try:
        content = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise InputError("The line is not UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise InputError("The line is not valid JSON.") from error
    if not isinstance(content, dict):
        raise InputError("The line is not a JSON object.")
    return content


def _asked(content: dict[str, Any]) -> Asked:
    return Asked(_id(content), _text_of(content, "chat"), _text_of(content, "text"), _language(content))


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _id(content: dict[str, Any]) -> str | int | float:
    match content.get("id"):
        case str(text):
            return text
        case (int() | float()) as number if not isinstance(number, bool) and number not in (math.inf, -math.inf):
            return number
    raise InputError('The field "id" is missing, or neither a string nor a number.')


def _text_of(content: dict[str, Any], field: str) -> str:
    value = content.get(field)
    if isinstance(value, str):
        return value
    raise InputError(f'The field "{field}" is missing, or not a string.')


def _language(content: dict[str, Any]) -> str:
    value = content.get("language", "")
    if isinstance(value, str):
        return value
    raise InputError('The field "language" is not a string. It may be left out.')


def _answer(conversation: Conversation, chats: Recent[str, Context], asked: Asked) -> dict[str, Any]:
    context = chats.get(asked.chat) or EMPTY
    started = time.perf_counter()
    turn = conversation.respond(asked.text, context, asked.language)
    seconds = time.perf_counter() - started
    chats.put(asked.chat, turn.context)
    return {"id": asked.id, "chat": asked.chat, **_told(turn.reply), "seconds": round(seconds, 6)}


def _told(reply: Reply) -> dict[str, Any]:
    return {
        "kind": reply.kind,
        "text": spoken(reply),
        "answers": [
            {
                "entry": stated.entry,
                "confidence": round(stated.confidence, 4),
                "evidence": [{"line": each.line, "quote": each.quote} for each in stated.evidence],
            }
            for stated in reply.stated
        ],
        "options": [{"entry": option.entry, "label": option.label} for option in reply.options],
    }
