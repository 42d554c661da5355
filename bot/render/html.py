"""Replies as the HTML that Telegram understands, each of a size that one message holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import escape, unescape

from bot.dialogue.model import Reply, Stated

LIMIT = 4096
"""The longest message Telegram takes, in UTF-16 units, tags and escapes aside."""

_TAG = re.compile(r"<[^>]+>")
_ELLIPSIS = "…"


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


def answer_html(stated: Stated, messages: Mapping[str, str]) -> str:
    """Return one answer as HTML of any length: the sentence, its quotes, and the curator's notes on them."""
    parts = [escape(stated.text)]
    if stated.evidence:
        quotes = "\n".join(f"¶ {each.line}: {escape(each.quote)}" for each in stated.evidence)
        parts.append(f"<blockquote expandable>{quotes}</blockquote>")
        parts += [f"<i>{escape(messages['curators_note'])} {escape(note)}</i>" for note in stated.notes]
    return "\n\n".join(parts)


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
    return "\n\n".join([*parts, escape(said)] if said else parts)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
