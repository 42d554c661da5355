"""Which script a letter belongs to: latin, cyrillic, han, kana and so on."""

from __future__ import annotations

import unicodedata

_CALLED = {"cjk": "han", "hiragana": "kana", "katakana": "kana"}


def script_of(char: str) -> str:
    """Return the script of a letter, or of a sign that belongs to one, in lower case; nothing for what has no name."""
    first = unicodedata.name(char, "").replace("-", " ").partition(" ")[0].casefold()
    return _CALLED.get(first, first)
