"""Find and hide what in a message may tell who wrote it: addresses, links, handles, phone numbers, tokens."""

from __future__ import annotations

import re
from unicodedata import category, normalize

HIDDEN = "[hidden]"
"""What stands in place of what was hidden."""

_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S+"  # any scheme: https://…, tg://user?id=…
    r"|\bwww\.\S+"
    # A bare domain only with a common ending: "won.why" is but a full stop without a space.
    r"|(?<![\w.@＠-])(?:[\w-]+\.)+(?:com|org|net|info|biz|io|me|ru|ua|de|fr|es|it|pl|uk|eu|in|cn|jp|app|dev|ai)\b(?:/\S*)?",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]+[@＠][\w-]+(?:\.[\w-]+)+")
_HANDLE = re.compile(r"[@＠]\w+")
_PHONE = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-–/]{0,3}\d){6,}(?!\w)")
"""Seven digits or more. A long amount is hidden as well: better that than somebody's number kept."""
_TOKEN = re.compile(r"(?<![0-9])[0-9]{6,}\s*(?::|%3a)\s*[a-z0-9_-]{30,}", re.IGNORECASE)
"""A bot's token; who has it is the bot."""
_SECRET = re.compile(r"(?<![\w-])(?=[\w-]*[0-9])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{30,}(?![\w-])")
"""What is no word in any language: the secret half of a token, perhaps, or another key."""

TOKEN_HIDDEN = "<token>"  # noqa: S105 (none)
"""What stands in place of a token where there was one."""

_PRIVATE = (_TOKEN, _SECRET, _LINK, _MAIL, _HANDLE, _PHONE)


def hidden(text: str) -> str:
    """Return the text with everything that may tell who wrote it replaced by `HIDDEN`."""
    text = _unmasked(text)
    for pattern in _PRIVATE:
        text = pattern.sub(HIDDEN, text)
    return text


def tells_who(text: str) -> bool:
    """Tell whether something in the text may tell who wrote it, or did before it was hidden."""
    return HIDDEN in text or any(pattern.search(text) for pattern in _PRIVATE)


def without_tokens(text: str) -> str:
    """Return the text with `TOKEN_HIDDEN` in place of what looks like a bot's token."""
    return _TOKEN.sub(TOKEN_HIDDEN, _unmasked(text))


def holds_token(text: str) -> bool:
    """Tell whether there is something like a bot's token in the text, or was."""
    return TOKEN_HIDDEN in text or _TOKEN.search(_unmasked(text)) is not None


def _unmasked(text: str) -> str:
    """Return the text in plain characters if there is a token in it then, as where "：" stands in place of ":"."""
    plain = "".join(char for char in normalize("NFKC", text) if category(char) != "Cf" and char != "\\")
    return plain if _TOKEN.search(plain) else text
