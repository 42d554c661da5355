"""Propose phrasings: what people asked, by the entry or unstated thing that it most likely belongs to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import utils

from bot.store.misses import nearest
from bot.store.model import Event, Kind
from bot.store.private import tells_who

NEAR = 0.05
"""The chance an entry needs to be proposed; below, it is but the first of many that are all far."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A message proposed as a phrasing, how often it came, what became of it, and the chance that it belongs there."""

    text: str
    times: int
    kind: Kind
    chance: float


@dataclass(frozen=True, slots=True)
class Proposals:
    """The proposals by id, the messages that belong nowhere, and how many were left out as they may tell who asked."""

    by_id: Mapping[str, tuple[Proposal, ...]]
    homeless: tuple[Proposal, ...]
    private: int


def proposals(
    events: Iterable[Event], entries: Collection[str], unstated: Collection[str], known: Iterable[str]
) -> Proposals:
    """Return what to propose for the `entries` and `unstated` things of today's base, the most frequent first.

    `known` are the phrasings there are already; none of them is proposed.
    """
    taken = {utils.default_process(each) for each in known}
    same: dict[str, list[Event]] = {}
    private = 0
    for event in events:
        folded = utils.default_process(event.text)
        if tells_who(event.text):
            private += 1
        elif folded and folded not in taken:
            same.setdefault(folded, []).append(event)
    homes: dict[str, list[Proposal]] = {}
    homeless: list[Proposal] = []
    for like in sorted(same.values(), key=len, reverse=True):
        home, chance = _home(like, entries, unstated)
        proposal = Proposal(like[-1].text, len(like), like[-1].kind, chance)
        (homes.setdefault(home, []) if home else homeless).append(proposal)
    return Proposals({home: tuple(each) for home, each in homes.items()}, tuple(homeless), private)


def _home(events: list[Event], entries: Collection[str], unstated: Collection[str]) -> tuple[str, float]:
    """Return what messages belong to: what they were taken for, or else the nearest entry, if it is near."""
    last = events[-1]
    # Somebody who wants none of the options did not mean the entries behind them.
    if last.kind is Kind.NONE_OF_THESE:
        return "", 0.0
    if last.entry in entries or last.entry in unstated:
        return last.entry, dict(last.candidates).get(last.entry, 0.0)
    id_, chance = nearest(events, entries)
    return (id_, chance) if chance >= NEAR else ("", chance)
