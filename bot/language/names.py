"""Find names in other scripts, and put them in English: Маск, 马斯克 and ماسك are Elon Musk."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from bot.base.model import Entity
from bot.base.scripts import script_of
from bot.language.normalise import MAX_LENGTH

# Spellings of one Arabic letter.
_TO_ONE = {ord(char): one for one, alike in {"ا": "أإآٱ", "ی": "يى", "ک": "ك", "ه": "ةہ"}.items() for char in alike}
_VOWEL_SIGNS = frozenset(map(chr, (*range(0x64B, 0x660), 0x670, 0x640)))
# What may stand between the parts of one name: "Илон Маск", "埃隆·马斯克", "イーロン・マスク"; the first joins none.
_GAPS = frozenset(" \u200c·・‧•.=-\t\n")
_LETTER = r"[\w\u0900-\u097f]"
_PARTICLES = (
    "은 는 이 가 을 를 의 에 에게 에게서 에서 와 과 랑 이랑 도 로 으로 만 한테 부터 까지 보다 처럼 께서 씨 님 "
    "이란 란 이라는 라는 이야 야 이에요 예요 인가요 이요 요"
)
_ALONE = re.compile(f"(?<!{_LETTER})"), re.compile(f"(?!{_LETTER})")
_BOUNDS = {
    # Chinese and Thai put no space between words. After a numeral 万斯 is no name.
    "han": (re.compile("(?<![一二两兩三四五六七八九十百千几0-9])"), re.compile("")),
    "thai": (re.compile(""), re.compile("")),
    # In Japanese the kana of a foreign word stand together: マスク is a name, マスクメロン a melon.
    "kana": (re.compile("(?<![ァ-ヺー])"), re.compile("(?![ァ-ヺー])")),
    # Korean hangs particles on a name.
    "hangul": (re.compile("(?<![가-힣])"), re.compile(f"(?:{'|'.join(_PARTICLES.split())})?(?![가-힣])")),
}
_PREFIXES = {"arabic": "وفبلكک", "hebrew": "ושבלמהכ"}
"""Little words that are written as the first letters of the next one: "and", "to", "by"."""

MOST_PREFIXES = 2

_SPACELESS = "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff가-힣]"
_JOINT = re.compile(f"(?<={_SPACELESS})(?=[a-z])|(?<=[a-z])(?={_SPACELESS})")

Found = tuple[int, int, str]
"""Where a name stands, from and up to, and what it is in English."""


class ForeignNames:
    """Knows the names of entities in other scripts."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        """Take the entities, of which only the foreign names count."""
        self._name_of = {_spelt(alias)[0]: entity.name for entity in entities for alias in entity.foreign}
        self._script_of = {alias: _script(alias) for alias in self._name_of}
        # The lengths of the names that begin with a letter, the longest first.
        self._lengths: dict[str, list[int]] = {}
        for alias in sorted(self._name_of, key=len, reverse=True):
            lengths = self._lengths.setdefault(alias[0], [])
            if len(alias) not in lengths:
                lengths.append(len(alias))

    def in_english(self, text: str) -> str:
        """Return the text with the names in it put in English, and parted from words in scripts without spaces."""
        if text.isascii():
            return text
        folded = unicodedata.normalize("NFKC", text).casefold()[:MAX_LENGTH]
        pieces: list[str] = []
        end, last = 0, ""
        for start, after, name in self._find(folded):
            between = folded[end:start]
            # "Илон Маск" is one name, though either part alone is one too.
            if name != last or not _GAPS.issuperset(between):
                pieces += [_parted(between), " ", name]
            end, last = after, name
        if not pieces and _JOINT.search(folded) is None:
            return text
        rest = _parted(folded[end:])
        return "".join([*pieces, " " if pieces and rest[:1].isalnum() else "", rest]).strip()

    def _find(self, folded: str) -> Iterator[Found]:
        """Yield the names from left to right, none overlapping another."""
        spelt, places = _spelt(folded)
        place = 0
        while place < len(spelt):
            for length in self._lengths.get(spelt[place], ()):
                alias = spelt[place : place + length]
                if alias in self._name_of:
                    start, end = places[place], places[place + len(alias) - 1] + 1
                    while end < len(folded) and folded[end] in _VOWEL_SIGNS:
                        end += 1
                    opening = _opening(folded, start, end, self._script_of[alias])
                    if opening is not None:
                        yield opening, end, self._name_of[alias]
                        place += len(alias) - 1
                        break
            place += 1


def _opening(folded: str, start: int, end: int, script: str) -> int | None:
    """Return where a name begins, with what is written as part of it, or None where it is but a piece of a word."""
    before, after = _BOUNDS.get(script, _ALONE)
    if not after.match(folded, end):
        return None
    for back in range(MOST_PREFIXES + 1):
        if start - back < 0 or (back and folded[start - back] not in _PREFIXES.get(script, "")):
            return None
        if before.match(folded, start - back):
            return start - back
    return None


def _spelt(text: str) -> tuple[str, list[int]]:
    """Return a text in the one spelling in which names are compared, and the place that each of its letters had."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(unicodedata.normalize("NFKC", text).casefold()):
        if char in _VOWEL_SIGNS:
            continue
        one = " " if char in _GAPS else _TO_ONE.get(ord(char), char)
        if one != " " or letters[-1:] != [" "]:
            letters.append(one)
            places.append(place)
    return "".join(letters), places


def _script(alias: str) -> str:
    """Return the script of a name; that of its last part counts, as in "JDバンス"."""
    scripts = [script_of(char) for char in alias if char.isalpha()]
    return next((script for script in reversed(scripts) if script != "latin"), "latin")


def _parted(text: str) -> str:
    return _JOINT.sub(" ", text)
