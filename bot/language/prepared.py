"""What understanding needs of the base, worked out ahead: its words, and its expressions as rows of stems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.base.model import Base
from bot.language.lexicon import GAP
from bot.language.normalise import words_of
from bot.language.stems import Stemmer

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is known of the base's language.

    `vocabulary` tells how often expressions and phrasings use each word; `expressions` are by feature; `smalltalk`
    gives the block of each phrasing in plain words.
    """

    vocabulary: Mapping[str, int]
    expressions: Mapping[str, tuple[Stems, ...]]
    smalltalk: Mapping[str, str]


def prepare(base: Base) -> Prepared:
    """Work out what there is to know of a base; it takes about a second for ten thousand expressions and phrasings."""
    abbreviations = base.wording.abbreviations
    stemmer = Stemmer()
    vocabulary: Counter[str] = Counter()
    expressions: dict[str, tuple[Stems, ...]] = {}
    for feature, texts in _expressions(base):
        rows: list[Stems] = []
        for text in texts:
            pieces = [[word.text for word in words_of(piece, abbreviations)] for piece in text.split(GAP)]
            vocabulary.update(word for piece in pieces for word in piece)
            rows.append(tuple(stem for piece in pieces for stem in (GAP, *map(stemmer.learn, piece)))[1:])
        expressions[feature] = tuple(dict.fromkeys(rows))
    asked = [phrasing for entry in base.entries.values() for phrasing in entry.phrasings]
    asked += [phrasing for unstated in base.unstated.values() for phrasing in unstated.phrasings]
    for phrasing in asked:
        vocabulary.update(word.text for word in words_of(phrasing, abbreviations))
    smalltalk: dict[str, str] = {}
    for block in base.smalltalk.values():
        for phrasing in block.phrasings:
            plain = [word.text for word in words_of(phrasing, abbreviations)]
            vocabulary.update(plain)
            if not phrasing.startswith("/"):
                smalltalk.setdefault(" ".join(plain), block.id)
    return Prepared(dict(vocabulary), expressions, smalltalk)


def _expressions(base: Base) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entity in base.entities.values():
        yield f"e:{entity.id}", (entity.name, entity.name.replace(" ", ""), *entity.aliases)
    for concept in base.concepts.values():
        yield f"c:{concept.id}", concept.words
    for kind, expressions in base.wording.asking.items():
        yield f"k:{kind.value}", expressions
