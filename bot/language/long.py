"""Find the question in a message that is longer than any question."""

from __future__ import annotations

import re

from bot.language.normalise import MAX_LENGTH

_AFTER_A_STOP = re.compile(r"(?<=[.!?\n])")

WORDS = 3
"""Words of a question that can be meant; "Right?" in the middle of a story asks nothing."""


def first_question(text: str) -> str:
    """Return the first sentence of a long text that asks something and is short enough to be read, or nothing."""
    for sentence in map(str.strip, _AFTER_A_STOP.split(text)):
        if sentence.endswith("?") and len(sentence) <= MAX_LENGTH and len(sentence.split()) >= WORDS:
            return sentence
    return ""
