"""Check the languages to recognise, and the names of entities in other scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.base.model import Base, Language
from bot.base.problems import Problem
from bot.base.scripts import script_of

FILE = "languages.yaml"

ENGLISH = "en"
"""The language that the bot reads; the words of all others are held against its own."""

LEAST_WORDS = 20
"""Fewer common words hardly tell a language from others of its script."""

_OWN = {"kana": ("kana", "han")}
"""The scripts that a language is written in, where they are several."""


def languages(base: Base) -> Iterator[Problem]:
    """Yield a problem for everything wrong with a language."""
    if ENGLISH not in base.languages:
        yield Problem(FILE, ENGLISH, "English is missing; the bot tells other languages from it.", "Put it back.")
    sharing = Counter(language.script for language in base.languages.values())
    for language in base.languages.values():
        yield from _letters(language)
        for word in language.words:
            if word != word.casefold():
                yield Problem(FILE, language.code, f"The word {word!r} has a capital.", "Write it small.")
        for word, times in Counter(language.words).items():
            if times > 1:
                yield Problem(FILE, language.code, f"The word {word!r} stands there {times} times.", "Keep one.")
        if sharing[language.script] > 1 and len(language.words) < LEAST_WORDS:
            what = f"It has {len(language.words)} words; others share its script, so that {LEAST_WORDS} are needed."
            yield Problem(FILE, language.code, what, "Add common words.")


def foreign_names(base: Base) -> Iterator[Problem]:
    """Yield a problem for every foreign name in Latin letters, and for one that two entities have."""
    taken: dict[str, str] = {}
    for entity in base.entities.values():
        for name in entity.foreign:
            scripts = {script_of(char) for char in name if char.isalpha()}
            if not scripts - {"latin"}:
                what = f"The foreign name {name!r} is in Latin letters."
                yield Problem("entities.yaml", entity.id, what, "Move it to the aliases.")
            owner = taken.setdefault(name.casefold(), entity.id)
            if owner != entity.id:
                what = f"The foreign name {name!r} is one of {owner} too."
                yield Problem("entities.yaml", entity.id, what, "Keep it in one of them.")


def _letters(language: Language) -> Iterator[Problem]:
    """Yield a problem for words and sentences that are not in the script of their language."""
    own = _OWN.get(language.script, (language.script,))
    for word in language.words:
        if any(script_of(char) not in own for char in word if char.isalpha()):
            what = f"The word {word!r} is not in the script {language.script}."
            yield Problem(FILE, language.code, what, "Mend it, or the script.")
    letters = [char for char in language.says if char.isalpha()]
    if 2 * sum(script_of(char) in own for char in letters) <= len(letters):
        what = f"What it says is not in the script {language.script}."
        yield Problem(FILE, language.code, what, "Say it in the language.")
