"""Find what the knowledge base has names for: entities, concepts and kinds asked for, in a row of stems."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

GAP = "…"
"""Stands for one to `GAP_WORDS` words inside an expression: "take … to court"."""

GAP_WORDS = 3


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression found: the places of its words, and what it may mean."""

    places: tuple[int, ...]
    features: tuple[str, ...]


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    features: list[str] = field(default_factory=list)


class Lexicon:
    """All expressions with a meaning of their own, kept as a tree of stems."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, stems: Iterable[str], feature: str) -> None:
        """Let the expression made of `stems`, which may hold a GAP, mean `feature`."""
        node = self._root
        for stem in stems:
            node = node.children.setdefault(stem, _Node())
        if feature not in node.features and node is not self._root:
            node.features.append(feature)

    def find(self, stems: Sequence[str]) -> list[Mention]:
        """Return every expression in the row, longest first, then from left to right; they may overlap."""
        mentions: list[Mention] = []
        for start in range(len(stems)):
            self._walk(self._root, stems, start, (), mentions)
        mentions.sort(key=lambda mention: (-len(mention.places), mention.places))
        return mentions

    def _walk(
        self, node: _Node, stems: Sequence[str], place: int, places: tuple[int, ...], mentions: list[Mention]
    ) -> None:
        if node.features:
            mentions.append(Mention(places, tuple(node.features)))
        gap = node.children.get(GAP)
        if gap is not None:
            for skipped in range(1, GAP_WORDS + 1):
                self._walk(gap, stems, place + skipped, places, mentions)
        if place < len(stems):
            child = node.children.get(stems[place])
            if child is not None:
                self._walk(child, stems, place + 1, (*places, place), mentions)
