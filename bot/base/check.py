"""Check a knowledge base beyond its shape: what it quotes, what it refers to, what fits on a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from bot.base import repeats, tongues, verbatim
from bot.base.load import read_base
from bot.base.model import Article, Base, Entry
from bot.base.naming import UNSTATED, files_of_entries, shown
from bot.base.problems import Problem, listed
from bot.errors import BaseError

LABEL_LENGTH = 38
"""Characters of a label that a button shows on a phone."""

MESSAGE_LENGTH = 4096
"""UTF-16 units that a Telegram message may have."""

QUOTE_MARKS = 12
"""UTF-16 units that rendering adds to a quote or a note: the line number, the marks and the line break."""

CALLBACK_BYTES = 64
"""Bytes that the data of a Telegram button may have."""

_KINDS = "photo video voice audio sticker location contact poll checklist dice document".split()
_COMMANDS = "start help topics summary ask people timeline article why privacy forget_me".split()

NEEDED_MESSAGES = (
    "yes", "no", "clarify", "not_in_article", "nearest", "off_topic", "declined", "too_long", "curators_note",
    "also_ask", "start", "topics", "help", "back", "previous", "next", "stale_button", "too_much", "trouble",
    "chat_hint", "chat_no_such_number", "chat_goodbye",
    "none_of_these", "all_topics", "copy_link", "ask_more", "ask_what", "unknown_command",
    "inline_nothing", "hello_group",
    "good", "bad", "thanks_good", "thanks_bad", "thanks_off", "thanks_failed", "privacy_off",
    "not_forgotten",
    "slow_down", "token_pasted",
    "text_only", *(f"only_{kind}" for kind in _KINDS),
    "why_unsure", "why_untold", "why_off_topic", "why_smalltalk", "why_foreign", "why_declined", "why_too_long",
    "why_nothing", *(f"command_{name}" for name in _COMMANDS), "description", "short_description",
)  # fmt: skip
"""The messages that the program asks for by name."""

FILLED_MESSAGES: Mapping[str, tuple[str, ...]] = {
    "why_read": ("read",),
    "why_took": ("label", "sure"),
    "why_could_be": ("label", "sure"),
    "why_second": ("label", "sure"),
    "why_nearest": ("label", "sure"),
    "why_chosen": ("label", "sure"),
    "why_forgotten": ("label",),
    "privacy": ("days",),
    "forgotten": ("count",),
    "good_of": ("number",),
    "bad_of": ("number",),
    "page": ("number", "count"),
}
"""The messages that the program fills in, and with what."""

NEEDED_ENTRIES = ("summary",)
"""The entry that /summary asks for."""

NEEDED_SMALLTALK = ("emoji", "nothing-said")
"""The blocks for messages without words, which no phrasing can find."""


def sound(folder: Path, *, phrasings: bool = True) -> Base:
    """Return the base in `folder`, which holds `knowledge/` and `seeds/`, checked.

    Without `phrasings` these are neither read nor checked: answering does not need them where they have been learned.

    Raises:
        BaseError: Its text lists every problem.

    """
    if not (folder / "knowledge").is_dir():
        raise BaseError(f"There is no knowledge base in {folder}: it has no folder `knowledge`.")
    problems: list[Problem] = []
    base = read_base(folder, problems, phrasings=phrasings)
    if base is not None:
        problems += structure(base, phrasings=phrasings)
    if base is None or problems:
        raise BaseError(f"The knowledge base cannot be used:\n{listed(problems)}")
    return base


def structure(base: Base, *, phrasings: bool = True) -> list[Problem]:
    """Return every problem that can be told without asking the bot anything."""
    return list(
        chain(
            verbatim.quotes(base),
            verbatim.slips(base),
            verbatim.uncited(base),
            _ids(base),
            _entries_named(base),
            _entities_named(base),
            _leads_named(base) if phrasings else (),
            _slots(base),
            repeats.phrasings(base) if phrasings else (),
            repeats.twice(base),
            repeats.smalltalk(base),
            repeats.aliases(base),
            tongues.languages(base),
            tongues.foreign_names(base),
            _needed(base),
            _filled(base),
            _sizes(base),
        )
    )


def _entries_named(base: Base) -> Iterator[Problem]:
    files = files_of_entries(base)
    for entry in base.entries.values():
        for each in entry.follow_ups:
            if each not in base.entries:
                yield _unknown(files[entry.id], entry.id, f"The follow-up {each!r} is no entry.")
        if entry.id in entry.follow_ups:
            yield Problem(files[entry.id], entry.id, "The entry follows up itself.", "Name another follow-up.")
    for unstated in base.unstated.values():
        for each in unstated.nearest:
            if each not in base.entries:
                yield _unknown(UNSTATED, unstated.id, f"The nearest {each!r} is no entry.")


def _ids(base: Base) -> Iterator[Problem]:
    """Yield a problem for every id that stands in two files; candidates are told apart by nothing else."""
    taken = dict(files_of_entries(base))
    for file, ids in ((UNSTATED, base.unstated), ("smalltalk.yaml", base.smalltalk)):
        for each in ids:
            if taken.setdefault(each, file) != file:
                yield Problem(file, each, f"This id stands in {taken[each]} too.", "Give each its own id.")


def _entities_named(base: Base) -> Iterator[Problem]:
    for unstated in base.unstated.values():
        for each in unstated.who:
            if each not in base.entities:
                yield _unknown(UNSTATED, unstated.id, f"The who {each!r} is no entity.")
    for entity in base.entities.values():
        for tie in entity.ties:
            if tie.of not in base.entities:
                yield _unknown("entities.yaml", entity.id, f"The tie to {tie.of!r} leads to no entity.")


def _leads_named(base: Base) -> Iterator[Problem]:
    """Yield a problem for every lead that is neither a concept nor a word of the entry's own phrasings."""
    files = files_of_entries(base)
    for entry in base.entries.values():
        words = {word for phrasing in entry.phrasings for word in repeats.plain(phrasing).split()}
        for each in (*entry.lead.yes, *entry.lead.no):
            if each not in base.concepts and each not in words:
                what = f"The lead {each!r} is no concept, nor a word of the entry's phrasings."
                yield _unknown(files[entry.id], entry.id, what)


def _unknown(file: str, where: str, what: str) -> Problem:
    return Problem(file, where, what, "Mend its spelling, or remove it.")


def _slots(base: Base) -> Iterator[Problem]:
    """Yield a problem for every unstated thing with a {who} that nobody fills."""
    for unstated in base.unstated.values():
        if not unstated.who and any("{who}" in text for text in (unstated.says, *unstated.phrasings)):
            yield Problem(
                UNSTATED, unstated.id, "It speaks of {who}, but has no `who`.", "Say who it may be asked about."
            )


def _needed(base: Base) -> Iterator[Problem]:
    for file, sort, needed, known in (
        ("messages.yaml", "message", (*NEEDED_MESSAGES, *FILLED_MESSAGES), base.messages),
        ("entries/", "entry", _entries_of_the_article(base.article), base.entries),
        ("smalltalk.yaml", "block", NEEDED_SMALLTALK, base.smalltalk),
    ):
        for each in needed:
            if each not in known:
                yield Problem(file, each, f"The {sort} is missing; the program asks for it by name.", "Put it back.")


def _filled(base: Base) -> Iterator[Problem]:
    """Yield a problem for every message whose places to be filled in are not those the program knows."""
    for name, slots in FILLED_MESSAGES.items():
        try:
            base.messages.get(name, "").format(**dict.fromkeys(slots, ""))
        except (LookupError, ValueError):
            can = " and ".join(f"{{{slot}}}" for slot in slots)
            what = f"Only {can} can be filled in; every other brace breaks the message."
            yield Problem("messages.yaml", name, what, "Mend the braces.")


def _entries_of_the_article(article: Article) -> Iterator[str]:
    """Yield the entries that the program or `article.yaml` asks for by name."""
    yield from (*NEEDED_ENTRIES, *article.offers, article.cast, *article.people, article.timeline)


def _sizes(base: Base) -> Iterator[Problem]:
    """Yield a problem for everything too large for Telegram, or for a phone."""
    files = files_of_entries(base)
    for entry in base.entries.values():
        if len(entry.label) > LABEL_LENGTH:
            what = f"The label {shown(entry.label)} has {len(entry.label)} characters; a phone shows {LABEL_LENGTH}."
            yield Problem(files[entry.id], entry.id, what, "Shorten it.")
        length = _length(entry, base)
        if length > MESSAGE_LENGTH:
            what = f"The answer with its quotes comes to {length} characters; Telegram takes {MESSAGE_LENGTH}."
            yield Problem(files[entry.id], entry.id, what, "Shorten the answer, or quote less.")
        yield from _callback(f"e:{entry.id}", files[entry.id], entry.id)
    for topic in base.topics:
        # The last character is for the page of a topic with many entries.
        yield from _callback(f"t:{topic.id}:9", f"entries/{topic.id}.yaml", "")


def _callback(data: str, file: str, where: str) -> Iterator[Problem]:
    size = len(data.encode())
    if size > CALLBACK_BYTES:
        what = f"The name makes a button's data of {size} bytes; Telegram takes {CALLBACK_BYTES}."
        yield Problem(file, where, what, "Shorten the name.")


def _length(entry: Entry, base: Base) -> int:
    """Return how long the whole answer can get, in UTF-16 units."""
    notes = [
        slip.note
        for slip in base.article.slips
        if any(each.line == slip.line and slip.words in each.quote for each in entry.evidence)
    ]
    heading = base.messages.get("curators_note", "")
    below = [*(each.quote for each in entry.evidence), *(heading + note for note in notes)]
    units = sum(len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in (entry.answer, *below))
    return units + QUOTE_MARKS * len(below)
