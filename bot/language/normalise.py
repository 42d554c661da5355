"""Turn a raw message into words: Unicode folded, emoji set aside, abbreviations written out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import emoji

from bot.language.model import Word

MAX_LENGTH = 600
"""Characters of a message that are read; a question needs far fewer, and a pasted book must not cost time."""

_FOLD = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": " - ", "—": " - ", "…": ". "})
_SIGNS = str.maketrans({"+": " and ", "&": " and ", "`": "'"})
_LONE_AT = re.compile(r"@(?!\w)")
_WORD = re.compile(r"@?[^\W_]+(?:'[^\W_]+)*|[?!.,;:]")
_TITLE = re.compile(r"\b(mr|mrs|ms|dr|st|jr|vs|no)\.")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}")
_ELONGATED = re.compile(r"([a-z])\1{2,}")
_NEGATED = re.compile(r"^(.+)n't$")
_CLITIC = re.compile(r"'(?:s|re|ve|ll|d|m|em)$")
_STOPS = "?!.,;:"


def fold(text: str) -> str:
    """Return the text in one plain spelling: NFKC, lower case, straight quotes, nothing invisible, no emoji.

    Only the first `MAX_LENGTH` characters count.
    """
    text = text[:MAX_LENGTH]
    if not (text.isascii() and text.isprintable()):
        text = _fold_unicode(text)
    text = text.translate(_SIGNS)
    # "What's Sam's @?" asks for his handle.
    if any(char.isalpha() for char in text):
        text = _LONE_AT.sub(" handle ", text)
    text = _DOTTED.sub(lambda match: match.group().replace(".", ""), text.casefold())
    return _TITLE.sub(r"\1", text)


def _fold_unicode(text: str) -> str:
    """Return text with more than plain ASCII in it folded to it as far as can be; "Zückerberg" becomes "Zuckerberg"."""
    # One letter may stand for many: "ﷺ" for eighteen.
    text = unicodedata.normalize("NFKC", text)[:MAX_LENGTH]
    text = emoji.replace_emoji(text.translate(_FOLD), " ")
    text = "".join(" " if char.isspace() else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cf", "Cc", "Cs"))
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


def words_of(text: str, abbreviations: Mapping[str, str]) -> tuple[Word, ...]:
    """Split a message into words.

    `abbreviations` maps chat spellings to long ones: "wat r u" is read as "what are you". A run of three or more of
    the same letter is cut to two ("whaaat"), which the spelling correction then mends.
    """
    words: list[Word] = []
    for token in _WORD.findall(fold(text)):
        if token in _STOPS:
            if words:
                last = words[-1]
                words[-1] = Word(last.text, last.typed, last.stop or token, last.possessive)
            continue
        words.extend(_expand(token, abbreviations))
    return tuple(words)


def _expand(token: str, abbreviations: Mapping[str, str]) -> list[Word]:
    if token.isalpha() and token not in abbreviations:
        # Most words; the rest is for those with an apostrophe or an "@".
        return [Word(_ELONGATED.sub(r"\1\1", token), token)]
    possessive = token.endswith("'s")
    bare = token.lstrip("@").replace("'", "")
    if bare in abbreviations:
        return [Word(part, token) for part in abbreviations[bare].split()]
    parts: list[str] = []
    negated = _NEGATED.match(token)
    if negated:
        verb = negated.group(1).replace("'", "").lstrip("@")
        parts = [{"ca": "can", "wo": "will", "ai": "is"}.get(verb, verb), "not"]
    else:
        parts = [_CLITIC.sub("", token).replace("'", "").lstrip("@")]
    return [Word(_ELONGATED.sub(r"\1\1", part), token, possessive=possessive) for part in parts if part]
