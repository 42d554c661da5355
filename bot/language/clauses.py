"""Split a message that asks two things: "how much did Musk give n what was his reward"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.model import Word

_STARTERS = frozenset(
    "who whom whose what which when where why how is are was were do does did has have had can could will would should "
    "name list tell explain quote".split()
)
QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
_JOINERS = frozenset("and also plus but or then".split())
_SUBJECTS = frozenset("he she they it".split())
# What may stand before the first word of a question: "yo did they win".
_BEFORE = _JOINERS | frozenset("yo hey hi hello ok okay so well um uh hmm lol please sorry".split())
_CUTS = frozenset("and plus also".split())

LEAST_OF_HALF = 3
"""Words that either half of a message needs to ask something."""

MOST_QUESTIONS = 5
"""Questions of a message that are answered, the first ones; "What? " said a hundred times must not cost time."""

MOST_CUTS = 4
"""Joining words at which a message may be cut in two; who writes more of them makes a list."""

_PREPOSITIONS = frozenset("on in at by from for to with of".split())


def split(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """Return the questions of a message, in order; one part when nothing says that there are two.

    A part begins after a "?" or full stop, or after a comma or a joining word when what follows opens a question and
    what came before was one: "the Tesla boss, how old is he" asks one thing. Remarks beside a question ("I forgot")
    are left out.
    """
    parts: list[list[Word]] = [[]]
    for place, word in enumerate(words):
        if parts[-1] and _opens(words, place, parts[-1]):
            parts.append([])
        if word.text in _JOINERS and not parts[-1] and len(parts) > 1:
            continue
        parts[-1].append(word)
    asking = tuple(tuple(part) for part in parts if is_question(part))
    return asking[:MOST_QUESTIONS] or (words,)


def halves(words: tuple[Word, ...]) -> tuple[tuple[tuple[Word, ...], tuple[Word, ...]], ...]:
    """Return the ways to cut a message in two at a joining word, for one that `split` sees no two questions in.

    "The date of the tweet plus the values he wants" asks two things, "America and its allies" names one: which it is
    only the answers can tell.
    """
    cuts = [place for place, word in enumerate(words) if word.text in _CUTS]
    pairs = ((words[:cut], words[cut + 1 :]) for cut in cuts[:MOST_CUTS])
    return tuple((left, right) for left, right in pairs if min(len(left), len(right)) >= LEAST_OF_HALF)


def is_question(words: Sequence[Word]) -> bool:
    """Tell whether the words ask something: they hold a question word, open with a verb, or end in "?"."""
    if not words:
        return False
    opening = next((word.text for word in words if word.text not in _BEFORE), "")
    return words[-1].stop == "?" or opening in _STARTERS or any(word.text in QUESTION_WORDS for word in words)


def _opens(words: tuple[Word, ...], place: int, before: list[Word]) -> bool:
    last, word = words[place - 1], words[place]
    following = [each.text for each in words[place + 1 : place + 3]] + ["", ""]
    if last.stop in ("?", "!", ".", ";", ":"):
        return True
    asked_before = any(each.text in _STARTERS for each in before)
    if not asked_before:
        return False
    if word.text in _JOINERS:
        return following[0] in _STARTERS | _SUBJECTS or (following[0] in _PREPOSITIONS and following[1] in _STARTERS)
    return last.stop == "," and word.text in _STARTERS and following[0] not in ("", "i")
