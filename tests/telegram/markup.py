"""What Telegram takes as HTML and as an inline keyboard, and what it says to the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

LIMIT = 4096

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}  # fmt: skip
_ATTRIBUTES = {"blockquote": re.compile(r" expandable"), "a": re.compile(r' href="[^"<>]+"')}
_ACTIONS = {"callback_data", "copy_text", "url"}
_TOKEN = re.compile(r"<[^>]*>?|&(?:lt|gt|amp|quot|#[0-9]+|#x[0-9a-fA-F]+);|[^<&]+|&")
_TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")


class RejectedError(Exception):
    """What Telegram answers with a 400; the text is its description."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text as people see it, and its entities as the Bot API returns them."""

    text: str
    entities: list[dict[str, Any]]


def parse_html(html: str) -> Parsed:
    """Return the text and entities, or reject the HTML."""
    text = ""
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, str, int]] = []
    for token in _TOKEN.findall(html):
        if not token.startswith("<"):
            text += unescape(token) if token.startswith("&") and len(token) > 1 else token
            continue
        tag = _TAG.fullmatch(token)
        if not tag or tag[2] not in _TYPES:
            raise RejectedError(f'can\'t parse entities: Unsupported start tag "{token[1:20]}"')
        if not tag[1]:
            pattern = _ATTRIBUTES.get(tag[2])
            if tag[3] and not (pattern and pattern.fullmatch(tag[3])):
                raise RejectedError(f"can't parse entities: unexpected attributes {tag[3]!r}")
            if tag[2] == "blockquote" and any(name == "blockquote" for name, _, _ in open_tags):
                raise RejectedError("can't parse entities: a blockquote in a blockquote")
            open_tags.append((tag[2], tag[3], units(text)))
        elif not open_tags or open_tags[-1][0] != tag[2]:
            raise RejectedError(f"can't parse entities: Unmatched end tag {token}")
        else:
            name, attributes, start = open_tags.pop()
            type_ = "expandable_blockquote" if "expandable" in attributes else _TYPES[name]
            if units(text) > start:
                entities.append({"type": type_, "offset": start, "length": units(text) - start})
    if open_tags:
        raise RejectedError(f"can't parse entities: Can't find end tag corresponding to start tag {open_tags[-1][0]}")
    return Parsed(text, entities)


def check_text(text: str) -> None:
    """Reject a text, entities parsed, that is empty or too long."""
    if not text.strip():
        raise RejectedError("message text is empty")
    if units(text) > LIMIT:
        raise RejectedError("message is too long")


def check_keyboard(markup: dict[str, Any]) -> None:
    """Reject a reply markup that is not a sound inline keyboard."""
    rows = markup.get("inline_keyboard")
    if set(markup) != {"inline_keyboard"} or not isinstance(rows, list):
        raise RejectedError("can't parse reply keyboard markup JSON object")
    for row in rows:
        if not isinstance(row, list) or not row:
            raise RejectedError("field inline_keyboard must be an Array of non-empty Arrays")
        for button in row:
            if len(button) != 2 or "text" not in button or not _ACTIONS.intersection(button):
                raise RejectedError(f"can't parse inline keyboard button: {sorted(button)}")
            if not button["text"].strip():
                raise RejectedError("can't parse inline keyboard button: Text buttons must be non-empty")
            if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
                raise RejectedError("BUTTON_DATA_INVALID")
            if "copy_text" in button and not 1 <= len(button["copy_text"].get("text", "")) <= 256:
                raise RejectedError("BUTTON_COPY_TEXT_INVALID")
            if "url" in button and not re.fullmatch(r"(https?|tg)://[^\s]+", button["url"]):
                raise RejectedError("BUTTON_URL_INVALID")
    if sum(map(len, rows)) > 100 or max(map(len, rows), default=0) > 8:
        raise RejectedError("REPLY_MARKUP_TOO_LONG")


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
