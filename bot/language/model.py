"""The values that understanding yields."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.base.model import Kind


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed and as read.

    `text` is what the rest of the program works on; `typed` is what the person wrote; `stop` is the punctuation that
    follows, if any ("?", ",", "."); `possessive` tells that it ended in 's.
    """

    text: str
    typed: str
    stop: str = ""
    possessive: bool = False
    corrected: bool = False


class Role(StrEnum):
    """Who does and who is done to: in "who sued OpenAI", OpenAI is the patient."""

    NONE = ""
    AGENT = "agent"
    PATIENT = "patient"


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of meaning: a word, or several that belong together.

    `features` are its possible meanings, best first: `e:` an entity, `c:` a concept, `k:` a kind asked for, `w:` a
    stem. Explaining any one of them explains the unit. `start` is the place of its first word. `share` is how much it
    counts, 0.0–1.0: less than 1.0 where it is borrowed from what was said before.
    """

    text: str
    features: tuple[str, ...]
    start: int
    role: Role = Role.NONE
    share: float = 1.0

    @property
    def entities(self) -> tuple[str, ...]:
        """Return the ids of the entities that this unit may name."""
        return tuple(feature[2:] for feature in self.features if feature.startswith("e:"))

    @property
    def concepts(self) -> tuple[str, ...]:
        """Return the ids of the concepts that this unit may mean."""
        return tuple(feature[2:] for feature in self.features if feature.startswith("c:"))


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one question was understood to say.

    `units` is the plain reading; `composed` the one in which descriptions ("the boss of the firm that makes
    ChatGPT") stand for their entities, the same as `units` where there are none.
    """

    words: tuple[Word, ...]
    units: tuple[Unit, ...]
    composed: tuple[Unit, ...]
    kinds: frozenset[Kind] = frozenset()
    yes_no: bool = False
    asks: bool = False
    pronouns: tuple[str, ...] = ()
    opens_with_link: bool = False

    @property
    def text(self) -> str:
        """Return the message as read: normalised and corrected."""
        return " ".join(word.text for word in self.words)

    @property
    def entities(self) -> tuple[str, ...]:
        """Return the ids of all entities named or described, in order."""
        return tuple(dict.fromkeys(entity for unit in self.composed for entity in unit.entities))

    @property
    def corrections(self) -> tuple[tuple[str, str], ...]:
        """Return what was typed and what it was read as, for every word that was mended."""
        return tuple((word.typed, word.text) for word in self.words if word.corrected)
