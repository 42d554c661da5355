"""Understand a question: words, then expressions with a meaning, then units of meaning with their roles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.base.model import Base, Kind
from bot.language import clauses, roles
from bot.language.describe import Describer, Item
from bot.language.lexicon import Lexicon, Mention
from bot.language.model import Understanding, Unit, Word
from bot.language.normalise import words_of
from bot.language.prepared import Prepared, prepare
from bot.language.spelling import Speller, english_ranks
from bot.language.stems import Stemmer

MAX_WORDS = 60
"""Words of a message that are read; more are noise, and would cost time."""

OF_GRAMMAR = 100
"""As how often used the little words count in which no phrasing is counted."""

_AUXILIARIES = frozenset(
    "is are was were do does did has have had can could will would should isnt arent wasnt doesnt didnt am may "
    "might must".split()
)
_TAGS = frozenset("right true correct false yes no innit huh or".split())
_OPENERS = frozenset("and so but then also or well because plus".split())
_PRONOUNS = frozenset(
    "he him his himself she her hers they them their theirs it its itself this that these those there one".split()
)


class Understander:
    """Understands messages in the light of a knowledge base."""

    def __init__(self, base: Base, prepared: Prepared | None = None) -> None:
        """Learn the words of the base; `prepared` spares the work of going through its expressions and phrasings."""
        known = prepared or prepare(base)
        self.english = english_ranks()
        self._abbreviations = base.wording.abbreviations
        self._stemmer = Stemmer()
        self._filler = frozenset(base.wording.filler)
        self._filler_stems = frozenset(self._stemmer.learn(word) for word in self._filler if len(word) > 3)
        self._relations = frozenset(concept.id for concept in base.concepts.values() if concept.relation)
        self._lexicon = Lexicon()
        for feature, rows in known.expressions.items():
            for stems in rows:
                self._lexicon.add(stems, feature)
        nouns = {part for words in base.wording.nouns.values() for word in words for part in word.split()}
        own = {**dict.fromkeys(nouns | self._filler | _AUXILIARIES | _PRONOUNS, OF_GRAMMAR), **known.vocabulary}
        for word in own:
            self._stemmer.learn(word)
        self._own = frozenset(own)
        self._describer = Describer(
            base.entities,
            {name: frozenset(map(self._stemmer.stem, words)) for name, words in base.wording.nouns.items()},
        )
        self._names_tied_to: dict[str, list[tuple[str, str]]] = {}
        for entity in base.entities.values():
            for tie in entity.ties:
                names = [(name, entity.id) for name in entity.aliases if " " not in name]
                self._names_tied_to.setdefault(tie.of, []).extend(names)
        spelt = {word: uses for word, uses in own.items() if word.isalpha() and len(word) > 1}
        self.speller = Speller(spelt, self.english, self._stemmer, self._abbreviations)

    def read(self, text: str) -> tuple[Word, ...]:
        """Return the words of a message, mended."""
        return self.speller.mend(words_of(text, self._abbreviations)[:MAX_WORDS])

    def questions(self, words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
        """Split the words of a message into the questions it asks."""
        return clauses.split(words)

    def phrasing(self, text: str) -> Understanding:
        """Understand a phrasing of the base, whose spelling needs no mending."""
        return self.understand(words_of(text, self._abbreviations))

    def understand(self, words: tuple[Word, ...]) -> Understanding:
        """Understand one question."""
        stems = [self._stemmer.stem(word.text) for word in words]
        mentions = self._lexicon.find(stems)
        claimed = self._claim(mentions)
        plain = self._units(words, stems, mentions, claimed)
        items = self._items(words, stems, mentions, claimed)
        row = self._describer.compose(items)
        composed = plain
        if len(row) < len(items):
            described = [item for item in row if item.entities and len(item.places) > 1]
            fixed = [Mention(item.places, tuple(f"e:{entity}" for entity in item.entities)) for item in described]
            composed = self._units(words, stems, mentions, self._claim([*fixed, *mentions]))
        plain, composed = self._by_surroundings(plain), self._by_surroundings(composed)
        texts = [word.text for word in words]
        kinds = frozenset(Kind(feature[2:]) for unit in plain for feature in unit.features if feature.startswith("k:"))
        return Understanding(
            words=words,
            units=roles.assign(plain, words, self._relations),
            composed=roles.assign(composed, words, self._relations),
            kinds=kinds,
            yes_no=_is_yes_no(texts),
            asks=clauses.is_question(words),
            pronouns=tuple(text for text in texts if text in _PRONOUNS),
            opens_with_link=bool(texts) and texts[0] in _OPENERS,
        )

    @staticmethod
    def _claim(mentions: Sequence[Mention]) -> list[Mention]:
        """Return the mentions of several words that hold, longest first, none overlapping another."""
        taken: set[int] = set()
        claimed: dict[tuple[int, ...], Mention] = {}
        for mention in mentions:
            if len(mention.places) > 1 and not taken.intersection(mention.places):
                claimed[mention.places] = mention
                taken.update(mention.places)
        return list(claimed.values())

    def _units(
        self, words: Sequence[Word], stems: Sequence[str], mentions: Sequence[Mention], claimed: Sequence[Mention]
    ) -> tuple[Unit, ...]:
        single: dict[int, tuple[str, ...]] = {}
        for mention in mentions:
            if len(mention.places) == 1:
                single[mention.places[0]] = mention.features
        inside = {place: mention for mention in claimed for place in mention.places}
        units: dict[tuple[str, ...], Unit] = {}
        for place, word in enumerate(words):
            mention_here = inside.get(place)
            if mention_here is None:
                features = self._features_of_word(word.text, stems[place], single.get(place, ()))
                text = word.text
            elif place == mention_here.places[0]:
                features = mention_here.features
                if not any(feature.startswith("e:") for feature in features):
                    features += tuple(
                        feature
                        for each in mention_here.places
                        for feature in self._features_of_word(words[each].text, stems[each], single.get(each, ()))
                        if not feature.startswith("e:")
                    )
                text = " ".join(words[each].text for each in mention_here.places)
            else:
                continue
            if features:
                unit = Unit(text, tuple(dict.fromkeys(features)), place)
                units.setdefault(unit.features, unit)
        return tuple(units.values())

    def _features_of_word(self, text: str, stem: str, meanings: tuple[str, ...]) -> tuple[str, ...]:
        if text in self._filler or stem in self._filler_stems:
            return tuple(feature for feature in meanings if feature.startswith(("k:", "e:")))
        if any(feature.startswith("e:") for feature in meanings):
            return meanings
        if text.isdigit():
            # "Is he 45?" and "is he 52?" ask the same.
            return (*meanings, f"n:{min(len(text), 5)}-digits")
        return (*meanings, f"w:{stem}")

    def _by_surroundings(self, units: tuple[Unit, ...]) -> tuple[Unit, ...]:
        """Read a correctly spelt word as a name one slip away, where another name beside it asks for that.

        In "the mask who owns Tesla" the mask is Musk; in "a mask against dust" it is not.
        """
        tied = {name: each for unit in units for of in unit.entities for name, each in self._names_tied_to.get(of, ())}
        if not tied:
            return units
        read: list[Unit] = []
        for unit in units:
            near = None
            if len(unit.features) == 1 and unit.features[0].startswith("w:") and unit.text not in self._own:
                near = self.speller.near(unit.text, tied)
            read.append(replace(unit, features=(f"e:{tied[near]}", *unit.features)) if near else unit)
        return tuple(read)

    def _items(
        self, words: Sequence[Word], stems: Sequence[str], mentions: Sequence[Mention], claimed: Sequence[Mention]
    ) -> list[Item]:
        """Return the row of words and names from which descriptions are composed."""
        named = {mention.places[0]: mention for mention in claimed if mention.features[0].startswith("e:")}
        covered = {place for mention in named.values() for place in mention.places}
        for mention in mentions:
            if len(mention.places) == 1 and mention.places[0] not in covered and mention.features[0].startswith("e:"):
                named[mention.places[0]] = mention
        items: list[Item] = []
        for place, word in enumerate(words):
            here = named.get(place)
            if here is not None:
                entities = tuple(feature[2:] for feature in here.features if feature.startswith("e:"))
                items.append(Item(here.places, entities))
            elif place not in covered:
                items.append(Item((place,), (), stems[place], word.text))
        return items


def _is_yes_no(texts: Sequence[str]) -> bool:
    opening = next((text for text in texts if text not in _OPENERS), "")
    return opening in _AUXILIARIES or (len(texts) > 2 and texts[-1] in _TAGS)
