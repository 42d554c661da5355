"""Put like messages together, so that a curator sees what is asked most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process, utils

from bot.store.model import Event, Kind

ALIKE = 0.8
"""How alike two messages must be to stand together, 0.0–1.0, whatever the order of their words.

"is altman married" and "Is Sam Altman maried??" are .86 alike, "how old is musk" and "how old is altman" .62. Long
questions that differ in a name alone can stand together: "how much did musk donate to the trump campaign" and the same
of Zuckerberg are .84 alike.
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Messages like each other.

    `texts` are the different ones, the most frequent first; `kinds` what became of them, likewise. `nearest` is the
    entry that they most likely meant, "" if none is near, and `chance` how likely that was on average, 0.0–1.0.
    """

    texts: tuple[str, ...]
    times: int
    kinds: tuple[Kind, ...]
    nearest: str
    chance: float


def grouped(events: Iterable[Event], entries: Collection[str]) -> tuple[Group, ...]:
    """Return the groups of the messages among the events, the most frequent first.

    `entries` are those of today's base: what has left it since is near to nothing.
    """
    same: dict[str, list[Event]] = {}
    for event in events:
        if event.text:
            # What has no letters, such as "???", is like its own kind only.
            same.setdefault(utils.default_process(event.text) or event.text, []).append(event)
    heads: dict[str, list[Event]] = {}
    for folded, events_of in sorted(same.items(), key=lambda item: -len(item[1])):
        like = process.extractOne(folded, heads.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE * 100)
        heads.setdefault(like[0] if like else folded, []).extend(events_of)
    return tuple(sorted((_group(each, entries) for each in heads.values()), key=lambda group: -group.times))


def nearest(events: Collection[Event], entries: Collection[str]) -> tuple[str, float]:
    """Return the entry that messages most likely meant, with its mean chance; "" and 0.0 where none is near."""
    chances: dict[str, float] = {}
    for event in events:
        for id_, chance in event.candidates:
            if id_ in entries:
                chances[id_] = chances.get(id_, 0.0) + chance
    if not chances:
        return "", 0.0
    best = max(chances, key=lambda id_: chances[id_])
    return best, chances[best] / len(events)


def _group(events: list[Event], entries: Collection[str]) -> Group:
    texts = Counter(event.text for event in events)
    kinds = Counter(event.kind for event in events)
    best, chance = nearest(events, entries)
    return Group(
        tuple(text for text, _ in texts.most_common()),
        len(events),
        tuple(kind for kind, _ in kinds.most_common()),
        best,
        chance,
    )
