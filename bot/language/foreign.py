"""Tell which language a message is in, where it is not English: by its script, its words, and a hint."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.base.model import Base, Language
from bot.base.scripts import script_of
from bot.language.normalise import MAX_LENGTH

ENGLISH = "en"
"""The language that the bot reads; what it says in it is for scripts of no listed language."""

CLEAR = 2
"""Words of a language that make a message foreign, where they are at least twice as many as those of English."""

LEAST_LETTERS = 3
"""Letters of a word that does so all alone, in a short message of nothing else but names and words unknown."""

SHORT = 3
"""Words of such a message, names aside; in a longer one the word may be a slip of the finger."""

PHRASE = 6
"""Letters of a row in a script without spaces that an English message may quote; a longer row is several words."""

LETTERS_A_WORD = 3
"""Letters of each of these."""

ACRONYM = 4
"""Capitals in a row that may be of any language: AI, CEO, NATO."""

ENDING = 3
"""Letters that an inflected surname may have more: Muskiem, Altmanowi."""

_SPACELESS = frozenset(("han", "kana", "thai"))
# What stands on or under the letters of some scripts, and is no letter itself.
_SIGNS = "\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u0980-\u0dff\u0e31-\u0e4e"
_WORD = re.compile(rf"(?:[^\W\d_]|[{_SIGNS}])+")
_ASCII_WORD = re.compile("[a-z]+")
_PLAIN = str.maketrans({"ł": "l", "ı": "i", "đ": "d", "ø": "o"})
_LATIN_END = 0x250


@dataclass(frozen=True, slots=True)
class _Words:
    """What tells a language: its words without accents, and its letters.

    `clear` are the words that English people do not write; `accented` those with accents, as they are rightly written.
    """

    all: frozenset[str]
    clear: frozenset[str]
    accented: frozenset[str]
    letters: frozenset[str]


class Languages:
    """Tells the language of a message."""

    def __init__(self, base: Base, dictionary: Mapping[str, int]) -> None:
        """Take the base, and the words of an English dictionary."""
        self._languages = base.languages
        self._dictionary = dictionary
        words = map(_plain, base.languages[ENGLISH].words)
        self._english = frozenset((*base.wording.filler, *base.wording.abbreviations, *words))
        self._words = {language.code: self._told(language) for language in base.languages.values()}
        latin = [language.code for language in base.languages.values() if language.script == "latin"]
        self._latin = tuple(code for code in latin if code != ENGLISH)
        self._clear = frozenset(word for code in self._latin for word in self._words[code].clear)
        aliases = [each for entity in base.entities.values() for each in (*entity.name.split(), *entity.aliases)]
        self._names = frozenset(_plain(alias.strip("@")) for alias in aliases if " " not in alias)
        persons = [entity.name.split()[-1] for entity in base.entities.values() if entity.type == "person"]
        self._stems = tuple(map(_plain, persons))

    def of(self, text: str, hint: str = "") -> str:
        """Return the code of the language that a message is in, or nothing where it may be English.

        Names in other scripts must have been put in English before. `hint` is the code of the person's language, with
        or without a country ("pt-br"); it decides between languages that are equally likely, nothing else.
        """
        text = text[:MAX_LENGTH]
        if text.isascii():
            words = _ASCII_WORD.findall(text.casefold())
            # Most messages end here: not one of their words is of another language.
            return "" if self._clear.isdisjoint(words) else self._by_words(text, words, _language_of(hint))
        text = unicodedata.normalize("NFKC", text)[:MAX_LENGTH]
        by_script = self._by_script(text, _language_of(hint))
        return by_script or self._by_words(text, _WORD.findall(text.casefold()), _language_of(hint))

    def named(self, text: str) -> str:
        """Return the words of a message, the inflected surnames as they are in English: "Muskiem" is Musk."""
        return " ".join(self._name_in(word) for word in _WORD.findall(unicodedata.normalize("NFKC", text).casefold()))

    def _name_in(self, word: str) -> str:
        plain = _plain(word)
        for name in () if plain in self._names else self._stems:
            if plain.startswith(name) and len(plain) <= len(name) + ENDING:
                return name
        return plain

    def _told(self, language: Language) -> _Words:
        words = frozenset(map(_plain, language.words) if language.script == "latin" else language.words)
        clear = frozenset(word for word in words - self._english if len(word) > 1)
        accented = frozenset(word for word in language.words if not word.isascii() and len(word) > 1)
        return _Words(words, clear, accented, frozenset(language.letters))

    def _by_script(self, text: str, hint: str) -> str:
        """Return the language of a message that has more words in another script than in the Latin one."""
        runs = list(_runs(text))
        strange = [run for run in runs if run[0] != "latin"]
        if not strange:
            return ""
        latin = [run for script, run in runs if script == "latin" and self._counts(run)]
        weight = sum(_weight(script, run) for script, run in strange)
        english = any(run.casefold() in self._english for run in latin)
        if weight < len(latin) or (weight == len(latin) and english):
            return ""
        letters = Counter({"": 0})
        for script, run in strange:
            letters[script] += len(run)
        script = "kana" if letters["kana"] else letters.most_common(1)[0][0]
        written = [each for each in self._languages.values() if each.script == script]
        if script == "han":
            # "中国?" is Chinese, unless the person is Japanese.
            written += [each for each in self._languages.values() if each.script == "kana" and each.code == hint]
        if not written:
            return hint if hint in self._languages else ENGLISH
        words = [run.casefold() for _, run in strange]
        return max(written, key=lambda each: (self._likeness(each.code, words), each.code == hint)).code

    def _likeness(self, code: str, words: list[str]) -> int:
        told = self._words[code]
        return sum(2 * (not told.letters.isdisjoint(word)) + (word in told.all) for word in words)

    def _counts(self, run: str) -> bool:
        """Tell whether a Latin word says something of the language around it, as names and "AI" do not."""
        plain = _plain(run)
        if plain in self._names or len(run) == 1:
            return False
        return plain in self._english or not (run.isupper() and len(run) <= ACRONYM)

    def _by_words(self, text: str, typed: list[str], hint: str) -> str:
        """Return the language of a message in Latin letters that has clearly more words of it than of English."""
        pairs = [(word, _plain(word)) for word in typed]
        words = [(word, plain) for word, plain in pairs if plain not in self._names]
        marks = frozenset(char for char in text if ord(char) > 0x7F and not char.isalpha())
        best = max(self._latin, key=lambda code: (self._score(code, words, marks), code == hint), default="")
        return best if best and self._is_foreign(best, words, marks) else ""

    def _score(self, code: str, words: list[tuple[str, str]], marks: frozenset[str]) -> float:
        told = self._words[code]
        shared = sum(plain in told.all and plain not in told.clear for _, plain in words)
        return self._clear_words(code, words) + self._lettered(code, words, marks) + shared / 2

    def _clear_words(self, code: str, words: list[tuple[str, str]]) -> int:
        told = self._words[code]
        return sum(plain in told.clear or typed in told.accented for typed, plain in words)

    def _lettered(self, code: str, words: list[tuple[str, str]], marks: frozenset[str]) -> int:
        """Return how many words show by their letters alone that they are of a language; "café" does not."""
        told = self._words[code]
        return len(marks & told.letters) + sum(
            typed != plain
            and not told.letters.isdisjoint(typed)
            and plain not in told.all
            and plain not in self._dictionary
            for typed, plain in words
        )

    def _is_foreign(self, code: str, words: list[tuple[str, str]], marks: frozenset[str]) -> bool:
        told = self._words[code]
        clear, lettered = self._clear_words(code, words), self._lettered(code, words, marks)
        english = sum(plain in self._english and plain not in told.all for _, plain in words)
        others = sum(
            plain in self._dictionary and plain not in told.all and plain not in self._english
            for _, plain in words
            if len(plain) > 1
        )
        if clear + lettered >= CLEAR:
            return clear + lettered > 2 * english and 2 * (clear + lettered) >= others
        longest = max(
            (len(plain) for typed, plain in words if plain in told.clear or typed in told.accented), default=0
        )
        return longest >= LEAST_LETTERS and len(words) <= SHORT and not english and not others


def _language_of(hint: str) -> str:
    return hint.casefold().replace("_", "-").partition("-")[0]


def _plain(word: str) -> str:
    """Return a word of the Latin script in lower case, without accents."""
    folded = word.casefold()
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFKD", folded.translate(_PLAIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text with their scripts, those of mixed script in pieces."""
    for word in _WORD.findall(text):
        for script, chars in groupby(word, _script):
            yield script, "".join(chars)


def _script(char: str) -> str:
    return "latin" if ord(char) < _LATIN_END else script_of(char)


def _weight(script: str, run: str) -> int:
    return -(-len(run) // LETTERS_A_WORD) if script in _SPACELESS and len(run) > PHRASE else 1
