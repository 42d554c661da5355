"""What the word weights look at: the meanings of a message, who does what, and its bare words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bot.language.model import Role, Unit, Word

BARE_WORD = 0.2
"""How much a bare word counts beside a meaning; it tells "who does" from "who did", which have the same meanings."""


def features(units: Sequence[Unit], words: Sequence[Word]) -> Mapping[str, float]:
    """Return the features of a message, scaled to length 1.0."""
    found: dict[str, float] = {}
    for unit in units:
        for feature in unit.features:
            found[feature] = max(unit.share, found.get(feature, 0.0))
        if unit.role is not Role.NONE:
            for entity in unit.entities:
                found[f"r:{entity}:{unit.role.value}"] = unit.share
    for word in words:
        feature = f"t:{word.text}"
        found[feature] = found.get(feature, 0.0) + BARE_WORD
    length = math.sqrt(sum(value * value for value in found.values())) or 1.0
    return {feature: value / length for feature, value in found.items()}
