"""Split a message that asks two things: "how much did Musk give n what was his reward"."""

from __future__ import annotations

from bot.language.model import Word

_STARTERS = frozenset(
    "who whom whose what which when where why how is are was were do does did has have had can could will would should "
    "name list tell explain quote".split()
)
_JOINERS = frozenset("and also plus but or then".split())
_SUBJECTS = frozenset("he she they it".split())


def split(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """Return the questions of a message, in order; one part when nothing says that there are two.

    A part begins after a "?" or full stop, or after a comma or a joining word when what follows opens a question.
    """
    parts: list[list[Word]] = [[]]
    for place, word in enumerate(words):
        if parts[-1] and _opens(words, place):
            parts.append([])
        parts[-1].append(word)
    return tuple(tuple(part) for part in parts if part)


def _opens(words: tuple[Word, ...], place: int) -> bool:
    before, word = words[place - 1], words[place]
    following = words[place + 1].text if place + 1 < len(words) else ""
    if before.stop in ("?", "!", ".", ";"):
        return True
    opens_question = word.text in _STARTERS
    joined = word.text in _JOINERS and following in _STARTERS | _SUBJECTS | {"also"}
    if before.stop in (",", ":"):
        return (opens_question and following not in ("", "i")) or joined
    return joined
