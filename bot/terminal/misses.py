"""Show the curator what was asked and not answered, or not surely: as a list to read, or as phrasings to paste."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TextIO

from bot.base.check import sound
from bot.base.files import item
from bot.base.model import Base
from bot.base.naming import PHRASINGS
from bot.base.phrasings import phrasing_files
from bot.base.problems import Problem, listed
from bot.errors import BaseError
from bot.store.misses import Group, grouped
from bot.store.model import MISSES, THUMBS, Event, Kind
from bot.store.noting import printable
from bot.store.proposals import Proposal, proposals

TEXTS = 5
"""How many different messages of a group are shown."""

BECAME = {
    Kind.NOT_IN_ARTICLE: "told that the article does not say",
    Kind.OFF_TOPIC: "taken for off topic",
    Kind.CLARIFY: "asked back",
    Kind.UNSURE: "answered, but not surely",
    Kind.NONE_OF_THESE: "none of the options was meant",
}
"""What became of a message of each kind of miss."""


def list_misses(events: Sequence[Event], folder: Path, out: TextIO) -> None:
    """Write what was missed, like messages together, and what people thought of the answers."""
    base = sound(folder, phrasings=False)
    groups = grouped((event for event in events if event.kind in MISSES), base.entries)
    for group in groups:
        out.write(f"{_shown(group, base)}\n\n")
    thumbs = _thumbs(events)
    if thumbs:
        out.write("What people thought of the answers, the worst first:\n")
        out.writelines(f"  {line}\n" for line in thumbs)
        out.write("\n")
    messages = sum(group.times for group in groups)
    out.write(f"{_counted(messages, 'message')} in {_counted(len(groups), 'group')}.\n")


def write_phrasings(events: Sequence[Event], folder: Path, out: TextIO) -> None:
    """Write the missed messages as blocks of YAML for the files of phrasings, each message with why it is there."""
    base = sound(folder, phrasings=False)
    problems: list[Problem] = []
    files = phrasing_files(folder / "knowledge", problems)
    if problems:
        raise BaseError(f"The knowledge base cannot be used:\n{listed(problems)}")
    known = [text for asked in files.values() for texts in asked.values() for text in texts]
    labels = [entry.label for entry in base.entries.values()]
    missed = [event for event in events if event.kind in MISSES]
    found = proposals(missed, base.entries, base.unstated, [*known, *labels])
    out.write("# Read each before you paste it: a message stands where the bot thinks that it belongs.\n")
    for name, asked in files.items():
        here = {id_: found.by_id[id_] for id_ in asked if id_ in found.by_id}
        if here:
            out.write(f"\n# knowledge/{PHRASINGS}{name}\n")
            for id_, each in here.items():
                out.write(f"{id_}:\n")
                out.writelines(f"  {_item(proposal)}\n" for proposal in each)
    if found.homeless:
        out.write("\n# Near no entry:\n")
        out.writelines(f"#   {_item(proposal)}\n" for proposal in found.homeless)
    if found.private:
        out.write(f"\n# Left out, as they may tell who asked: {_counted(found.private, 'message')}.\n")


def _shown(group: Group, base: Base) -> str:
    texts = [printable(text) for text in group.texts[:TEXTS]]
    start = f"{group.times:>4}×  "
    lines = [start + texts[0], *(" " * len(start) + text for text in texts[1:])]
    if len(group.texts) > TEXTS:
        lines.append(f"{' ' * len(start)}… and {len(group.texts) - TEXTS} more")
    near = f'{group.nearest}, "{base.entries[group.nearest].label}" ({group.chance:.2f})' if group.nearest else "none"
    lines.append(f"{' ' * len(start)}  {', '.join(BECAME[kind] for kind in group.kinds)}; nearest entry: {near}")
    return "\n".join(lines)


def _thumbs(events: Iterable[Event]) -> list[str]:
    counts: Mapping[Kind, Counter[str]] = {kind: Counter() for kind in THUMBS}
    for event in events:
        if event.kind in counts:
            counts[event.kind][event.entry] += 1
    good, bad = counts[Kind.GOOD], counts[Kind.BAD]
    entries = sorted({*good, *bad}, key=lambda entry: (-bad[entry], good[entry], entry))
    return [f"{entry}: bad {bad[entry]}, good {good[entry]}" for entry in entries]


def _item(proposal: Proposal) -> str:
    why = f"{_counted(proposal.times, 'time')}, {BECAME[proposal.kind]}, chance {proposal.chance:.2f}"
    return f"{item(printable(proposal.text))}  # {why}"


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
