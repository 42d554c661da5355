"""How problems name what they are about: the file an entry stands in, a text short enough to read."""

from __future__ import annotations

from collections.abc import Mapping

from bot.base.model import Base

UNSTATED = "unstated/"
"""Where the unstated things stand; which file of the folder does not matter, their ids find them."""

PHRASINGS = "phrasings/"
"""Where the phrasings stand, likewise."""

CONVERSATIONS = "conversations/"
"""Where the continuations stand: how people go on after an answer."""

SHOWN = 90
"""Characters of a text that a problem shows; enough to find it by."""


def files_of_entries(base: Base) -> Mapping[str, str]:
    """Return the file each entry stands in, by the id of the entry."""
    return {entry: f"entries/{topic.id}.yaml" for topic in base.topics for entry in topic.entries}


def shown(text: str) -> str:
    """Return the text in quotation marks, cut short where it is long."""
    return f'"{text}"' if len(text) <= SHOWN else f'"{text[: SHOWN - 1].rstrip()}…"'
