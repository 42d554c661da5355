"""Spelling: read "altmam" as "altman" and "whree" as "where", but leave "korean" alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib.resources import files
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.model import Word
from bot.language.spaces import Spaces
from bot.language.stems import Stemmer

ENGLISH_WORDS = 42_000
"""How many of the most frequent English words count as correctly spelt. The list ends in rare words and junk."""

COMMON_WORDS = 6_000
"""How many of them a typo may be read as; beyond these, only words of the knowledge base are worth guessing."""

ONE_SLIP = 1.1
"""The cost up to which a word one edit away is taken without looking further."""

RARE_WORDS, SHORTEST_RARE = 10_000, 5
"""The rank and the letters from which a word that the base does not use is likelier a slip than meant."""

FREQUENT_WORDS = 3_000
"""How many English words are so frequent that a rare one beside them is likelier a slip."""

SURER_THAN_TWO = 1.3
"""The cost up to which a misspelt word is taken for one word, though it can be taken apart into two."""

SHORTEST_LONG = 5
"""Letters of an abbreviation long enough to be misspelt; a slip in a shorter one makes another word."""

MOST_MISSPELT = 12
"""Misspelt words of a message that are mended, the first ones; each costs a millisecond, and no question has 12."""

LONGEST_MISSPELT = 30
"""Letters of a word worth guessing: "environmentalists" and a word run into it have fewer."""

_LITTLE = ("the", "of", "to", "in", "is", "a")
_ENDINGS = ("ing", "ed", "ers", "er", "es", "ly")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_DOUBLED = re.compile(r"(.)\1")
_PLACE = {key: (row, column + row * 0.4) for row, keys in enumerate(_KEYBOARD) for column, key in enumerate(keys)}


def english_ranks() -> dict[str, int]:
    """Return the frequent English words, each with its rank from 0, the most frequent."""
    source = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    with source.open(encoding="utf-8-sig") as lines:
        return {line.split(" ", 1)[0]: rank for rank, line in enumerate(islice(lines, ENGLISH_WORDS))}


class Speller:
    """Mends misspelt words from the words that the knowledge base uses and those of general English."""

    def __init__(
        self,
        own_words: Mapping[str, int],
        english: Mapping[str, int],
        stemmer: Stemmer,
        abbreviations: Mapping[str, str] | None = None,
    ) -> None:
        """Take the words of the base, each with how often it uses them, the ranks of English words, abbreviations.

        A misspelt abbreviation is written out, as the others have been already: "congrast" is "congratulations".
        """
        self._long = {short: long for short, long in (abbreviations or {}).items() if len(short) >= SHORTEST_LONG}
        self._own = {**{short: own_words.get(long.split()[0], 0) for short, long in self._long.items()}, **own_words}
        self._english = english
        self._stemmer = stemmer
        self._spaces = Spaces(self._own, self._rank)
        self._own_stems = frozenset(stemmer.learn(word) for word in self._own)
        common = {word for word, rank in english.items() if rank < COMMON_WORDS and len(word) > 1}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(common.union(self._own)):
            self._by_length.setdefault(len(word), []).append(word)

    def knows(self, word: str) -> bool:
        """Tell whether the word is spelt correctly, as far as can be known."""
        if word in self._own or word in self._english or not word.isalpha():
            return (len(word) > 1 or word in self._own) and not self._is_rare_slip(word)
        # "feuding" is as good as "feud", but "companis" is not as good as "company".
        return word.endswith(_ENDINGS) and self._stemmer.stem(word) in self._own_stems

    def mend(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """Return the words with the misspelt ones corrected, joined ones split and split ones joined."""
        known = [self.knows(word.text) for word in words]
        if all(known):
            return words
        mended: list[Word] = []
        position, room = 0, MOST_MISSPELT
        while position < len(words):
            word = words[position]
            following = words[position + 1] if position + 1 < len(words) else None
            respaced = None
            if following and not word.stop and not all(known[position : position + 2]):
                respaced = self._spaces.mend(word, following)
            if respaced:
                mended += respaced
                position += 2
                continue
            guessed = not known[position] and room > 0 and len(word.text) <= LONGEST_MISSPELT
            room -= guessed
            mended.extend(self._mend_one(word) if guessed else [word])
            position += 1
        return tuple(mended)

    def near(self, word: str, candidates: Iterable[str]) -> str | None:
        """Return the candidate that is one slip of the finger away from a correctly spelt word, or None."""
        return next(
            (each for each in candidates if len(each) > 3 and OSA.distance(word, each, score_cutoff=1) == 1), None
        )

    def _is_rare_slip(self, word: str) -> bool:
        """Tell whether a rare word is a slip from a frequent one of the base: "handel" is hardly the composer."""
        if word in self._own or len(word) < SHORTEST_RARE or self._english.get(word, 0) < RARE_WORDS:
            return False
        return any(
            each in self._own and self._english.get(each, FREQUENT_WORDS) < FREQUENT_WORDS
            for each in self._one_edit(word)
        )

    def _mend_one(self, word: Word) -> list[Word]:
        """Return the words that a misspelt one was read as, or the word itself where nothing is near."""
        parts = self._spaces.split(word.text) or self._split_off(word.text)
        guess = self._guess(word.text)
        if guess and (not parts or self._cost(word.text, guess) <= SURER_THAN_TWO):
            written = [Word(part, word.typed, corrected=True) for part in self._long.get(guess, guess).split()]
            return [*written[:-1], replace(written[-1], stop=word.stop, possessive=word.possessive)]
        if parts:
            first, second = parts
            return [Word(first, word.typed, corrected=True), Word(second, "", word.stop, word.possessive)]
        return [word]

    def _guess(self, word: str) -> str | None:
        """Return the likeliest correct word, or None when nothing is near enough."""
        if len(word) < 2:
            return None
        reach = 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3
        best, best_cost = None, float("inf")
        for candidate in sorted(self._one_edit(word) | self._one_other_letter(word)):
            cost = self._cost(word, candidate)
            if cost < best_cost:
                best, best_cost = candidate, cost
        if best_cost <= ONE_SLIP:
            # What is one slip away is meant; looking through all words for what is two away would take long.
            return best
        for length in range(max(2, len(word) - reach), len(word) + reach + 1):
            found = process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=reach, limit=12
            )
            for candidate, _, _ in found:
                cost = self._cost(word, candidate)
                if cost < best_cost:
                    best, best_cost = candidate, cost
        return best if best_cost <= reach + 0.5 else None

    def _one_edit(self, word: str) -> set[str]:
        """Return the words of any rank that are one missing, extra or swapped letter away."""
        cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
        found = {left + right[1:] for left, right in cuts if right}
        found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
        found |= {left + letter + right for left, right in cuts for letter in _LETTERS}
        return {each for each in found if (each in self._english or each in self._own) and len(each) > 2}

    def _one_other_letter(self, word: str) -> set[str]:
        """Return the words worth guessing that differ in one letter."""
        cuts = [(word[:place], word[place + 1 :]) for place in range(len(word))]
        found = {left + letter + right for left, right in cuts for letter in _LETTERS}
        return {each for each in found if each in self._own or self._english.get(each, COMMON_WORDS) < COMMON_WORDS}

    def _cost(self, typed: str, candidate: str) -> float:
        """Return how unlikely it is that `candidate` was meant: edits, less for likely slips and frequent words."""
        cost = float(OSA.distance(typed, candidate))
        if typed[0] != candidate[0] and sorted(typed[:2]) != sorted(candidate[:2]):
            cost += 0.5
        if len(typed) == len(candidate):
            wrong = [(a, b) for a, b in zip(typed, candidate, strict=True) if a != b]
            if len(wrong) == 1 and _neighbours(*wrong[0]):
                cost -= 0.25
            if sorted(typed) == sorted(candidate):
                cost -= 0.3
        elif typed[0] == candidate[0] and _consonants(typed) == _consonants(candidate):
            # "prblm", "compny": vowels are what people leave out.
            cost -= 0.4
        elif _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", candidate):
            # "bos", "tomorow": so is the second of two letters.
            cost -= 0.4
        if len(candidate) < len(typed):
            # A letter is sooner forgotten than added.
            cost += 0.1
        if typed[:2] != candidate[:2] and sorted(typed[:2]) == sorted(candidate[:2]):
            # "hwo" is rather "how" than "who".
            cost += 0.1
        # A frequent word is likelier to be meant: "coud" is "could", hardly "cod".
        if self._own.get(candidate, 0):
            cost -= 0.25
        return cost + 0.08 * math.log(min(self._rank(candidate), COMMON_WORDS) + 2)

    def _rank(self, word: str) -> int:
        """Return how frequent a word is, from 0, the most frequent.

        The more the base uses it the likelier it is too: where it says "chips" a thousand times and "cops" once,
        "cips" is chips.
        """
        rank = self._english.get(word, ENGLISH_WORDS)
        uses = self._own.get(word, 0)
        return min(rank, COMMON_WORDS // (10 + uses)) if uses else rank

    def _split_off(self, word: str) -> tuple[str, str] | None:
        """Return a little word and a misspelt one that were typed as one ("aproblm"), or None."""
        for little in _LITTLE:
            rest = word.removeprefix(little)
            if rest != word and len(rest) > 4:
                guess = self._guess(rest)
                if guess and self._cost(rest, guess) <= 1.0:
                    return little, guess
        return None


def _neighbours(first: str, second: str) -> bool:
    """Tell whether two keys lie side by side on a phone keyboard."""
    if first not in _PLACE or second not in _PLACE:
        return False
    (row, column), (other_row, other_column) = _PLACE[first], _PLACE[second]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1.1


def _consonants(word: str) -> str:
    return "".join(char for char in word if char not in "aeiou")
