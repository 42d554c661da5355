"""Replies as the HTML that Telegram understands, each of a size that one message holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape, unescape

from bot.dialogue.model import Reply, Stated

LIMIT = 4096
"""The longest message Telegram takes, in UTF-16 units, tags and escapes aside."""

_TAG = re.compile(r"<[^<>]+>")
_ELLIPSIS = "…"
_GAP = "\n\n"
_AFTER_A_SENTENCE = re.compile(r"[.!?…][”’\"')]*\s+|\n")

Paragraph = tuple[str, str, str]
"""A plain text between the tags that open and close it."""


def reply_html(reply: Reply, messages: Mapping[str, str]) -> str:
    """Return a reply as HTML of no more than `LIMIT` units.

    Where it would be longer, quotes are left out from the end, then whole facts, and only then is text cut.
    """
    shown = list(reply.stated)
    while True:
        whole = len(shown) == len(reply.stated)
        html = _joined(shown, reply.said if whole else f"{messages['too_much']} {reply.said}".strip(), messages)
        if units(html) <= LIMIT:
            return html
        quoting = [place for place, stated in enumerate(shown) if stated.evidence]
        if quoting:
            last = shown[quoting[-1]]
            shown[quoting[-1]] = replace(last, evidence=last.evidence[:-1])
        elif len(shown) > 1:
            shown.pop()
        else:
            return text_html(unescape(_TAG.sub("", html)))


def reply_parts(reply: Reply, messages: Mapping[str, str]) -> tuple[str, ...]:
    """Return a reply as HTML in as many parts of no more than `LIMIT` units as it takes, at least one.

    It is cut between its paragraphs, and within one only where that is too long by itself: between two sentences.
    """
    parts: list[str] = []
    size = 0
    for opened, text, closed in _paragraphs(reply, messages):
        for piece in filter(None, _cut(text)):
            length = _utf16(piece) + _utf16(_GAP)
            if parts and size + length <= LIMIT:
                parts[-1] += f"{_GAP}{opened}{escape(piece)}{closed}"
                size += length
            else:
                parts.append(f"{opened}{escape(piece)}{closed}")
                size = length
    return tuple(parts)


def answer_html(stated: Stated, messages: Mapping[str, str]) -> str:
    """Return one answer as HTML of any length: the sentence, its quotes, and the curator's notes on them."""
    return _GAP.join(f"{opened}{escape(text)}{closed}" for opened, text, closed in _answer(stated, messages))


def text_html(text: str) -> str:
    """Return plain text as HTML, cut where one message ends."""
    if _utf16(text) <= LIMIT:
        return escape(text)
    kept = text.encode("utf-16-le")[: 2 * (LIMIT - len(_ELLIPSIS))].decode("utf-16-le", errors="ignore")
    return escape(kept.rsplit(" ", 1)[0] + _ELLIPSIS)


def units(html: str) -> int:
    """Return the length of HTML made here as Telegram counts it: UTF-16 units without tags and escapes."""
    return _utf16(unescape(_TAG.sub("", html)))


def _joined(shown: list[Stated], said: str, messages: Mapping[str, str]) -> str:
    parts = [answer_html(stated, messages) for stated in shown]
    return _GAP.join([*parts, escape(said)] if said else parts)


def _paragraphs(reply: Reply, messages: Mapping[str, str]) -> Iterator[Paragraph]:
    for stated in reply.stated:
        yield from _answer(stated, messages)
    if reply.said:
        yield "", reply.said, ""


def _answer(stated: Stated, messages: Mapping[str, str]) -> Iterator[Paragraph]:
    yield "", stated.text, ""
    if stated.evidence:
        quotes = "\n".join(f"¶ {each.line}: {each.quote}" for each in stated.evidence)
        yield "<blockquote expandable>", quotes, "</blockquote>"
        for note in stated.notes:
            yield "<i>", f"{messages['curators_note']} {note}", "</i>"


def _cut(text: str) -> Iterator[str]:
    """Yield a text in pieces that fit a message, cut after sentences; a sentence that does not fit, between words."""
    while _utf16(text) > LIMIT:
        kept = text.encode("utf-16-le")[: 2 * LIMIT].decode("utf-16-le", errors="ignore")
        ends = [found.end() for found in _AFTER_A_SENTENCE.finditer(kept)]
        end = ends[-1] if ends else kept.rfind(" ") + 1 or len(kept)
        yield text[:end].rstrip()
        text = text[end:]
    yield text


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
