"""Spaces: read "aboutthe" as "about the", "regu lation" as "regulation" and "doesd oge" as "does doge"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.language.model import Word

FREQUENT = 6_000
"""The rank up to which a word may be part of two typed as one."""

FREQUENT_SHORT, BESIDE_SHORT = 100, 1_000
"""The same for a word of two letters, and for the one beside it; else much could be taken apart."""

LETTERS_OF_SHORT = 2

SHORTEST = 5
"""Letters of a word that may have been typed apart."""


class Spaces:
    """Mends spaces that are missing, too many, or a letter too early or late."""

    def __init__(self, own: Mapping[str, int], rank: Callable[[str], int]) -> None:
        """Take the words of the base, and what tells how frequent any word is, from 0, the most frequent."""
        self._own = own
        self._rank = rank

    def split(self, word: str) -> tuple[str, str] | None:
        """Return the two words that were typed as one, or None."""
        best: tuple[int, tuple[str, str]] | None = None
        for cut in range(2, len(word) - 1):
            pair = word[:cut], word[cut:]
            short = any(len(part) <= LETTERS_OF_SHORT for part in pair)
            likely = all(self._rank(part) < self._limit(part, beside_short=short) for part in pair)
            rarer = max(map(self._rank, pair))
            if likely and (best is None or rarer < best[0]):
                best = rarer, pair
        return best[1] if best else None

    @staticmethod
    def _limit(part: str, *, beside_short: bool) -> int:
        if len(part) <= LETTERS_OF_SHORT:
            return FREQUENT_SHORT
        return BESIDE_SHORT if beside_short else FREQUENT

    def mend(self, first: Word, second: Word) -> list[Word] | None:
        """Return two words, not both of them known, as one or with the space moved by a letter, or None."""
        joined = first.text + second.text
        if len(joined) >= SHORTEST and joined in self._own:
            typed = f"{first.typed} {second.typed}"
            return [Word(joined, typed, second.stop, second.possessive, corrected=True)]
        for cut in (len(first.text) - 1, len(first.text) + 1):
            left, right = joined[:cut], joined[cut:]
            if min(len(left), len(right)) > 1 and left in self._own and right in self._own:
                return [
                    Word(left, first.typed, corrected=True),
                    Word(right, second.typed, second.stop, second.possessive, corrected=True),
                ]
        return None
