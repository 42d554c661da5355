"""Learn from the base and from labelled messages, and write down what was learned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.evaluation.evaluate import Judged, Totals, run, totals
from bot.evaluation.labelled import Labelled
from bot.language.prepared import prepare
from bot.language.understand import Understander
from bot.learning import calibration, words
from bot.learning.continued import continued
from bot.matching import learned as file
from bot.matching.index import Index, count, phrasings
from bot.matching.learned import Learned

FOLDS = 5

HARM_COST = 5.0
"""How many missed answers one wrong answer costs when the threshold is chosen."""

THRESHOLDS = (0.68, 0.71, 0.74, 0.77, 0.8)

ALONE, PAIR, LEAST = 0.9, 0.5, 0.3
"""The shares of what is told that one entry, or the two best together, must have, and the best for itself: of a grid,
those of least cost."""


@dataclass(frozen=True, slots=True)
class Report:
    """What came of learning: the totals on messages that the weights had not seen, and the weights chosen."""

    unseen: Totals
    calibration: Mapping[str, float]


def learn_words(base: Base, knowledge: Path, *, keep_weights: bool = False) -> Learned:
    """Learn the word weights from the phrasings and write them, with the counts, beside the base.

    With `keep_weights` those learned before stay, which will do after a few phrasings were dropped or reworded, and
    takes seconds rather than minutes.

    Raises:
        BaseError: There are no weights to keep.

    """
    prepared = prepare(base)
    understander = Understander(base, prepared)
    read = list(phrasings(base, understander))
    counts = count(read, base, understander)
    new = Learned(
        fingerprint=file.fingerprint(knowledge),
        words=file.load(knowledge).words
        if keep_weights
        else words.learn(chain(read, continued(base, Index(base, counts), understander))),
        counts=counts,
        prepared=prepared,
    )
    file.save(new, knowledge)
    # As it is kept, which is rounded.
    return file.load(knowledge)


def calibrate(base: Base, learned: Learned, messages: Sequence[Labelled]) -> Report:
    """Return weights and thresholds fitted to all messages, and how such ones do on messages left out."""
    understander = Understander(base, learned.prepared)
    chats = list(dict.fromkeys(message.chat or message.id for message in messages))
    judged: list[Judged] = []
    for fold in range(FOLDS):
        aside = set(chats[fold::FOLDS])
        seen = [message for message in messages if (message.chat or message.id) not in aside]
        unseen = [message for message in messages if (message.chat or message.id) in aside]
        fitted = _fit(base, learned, understander, seen)
        judged += run(_with(base, learned, understander, fitted), unseen)
    return Report(totals(judged), _fit(base, learned, understander, messages))


def _with(base: Base, learned: Learned, understander: Understander, fitted: Mapping[str, float]) -> Conversation:
    return Conversation(replace(base, calibration=fitted), learned, understander)


def _fit(base: Base, learned: Learned, understander: Understander, messages: Sequence[Labelled]) -> dict[str, float]:
    """Return the weights of the parts, and the thresholds of least cost under them."""
    found = calibration.examples(_with(base, learned, understander, base.calibration), messages)
    weights = calibration.fit(found)
    best: tuple[float, dict[str, float]] | None = None
    for threshold in THRESHOLDS:
        fitted = {**weights, **thresholds(threshold)}
        cost = _cost(totals(run(_with(base, learned, understander, fitted), messages)))
        if best is None or cost < best[0]:
            best = cost, fitted
    if best is None:
        raise AssertionError("there is always a threshold")
    return best[1]


def thresholds(answer: float) -> dict[str, float]:
    """Return all thresholds that go with the one for answering."""
    return {"answer": answer, "alone": ALONE, "pair": PAIR, "least": LEAST}


def _cost(reached: Totals) -> float:
    return (1 - reached.answers) + HARM_COST * reached.harm


def written(fitted: Mapping[str, float], command: str) -> str:
    """Return the text of calibration.yaml."""
    lines = [
        "# The weights of what speaks for and against a candidate, and the thresholds of a decision.",
        f"# Made by `{command}`; do not edit by hand.",
        "#",
        "# A candidate's total is the sum of its parts, each times its weight; the totals of all candidates and of",
        '# "nothing" are turned into chances that add up to 1.0.',
        "",
    ]
    for name, meaning in MEANINGS.items():
        lines += [f"# {meaning}", f"{name}: {fitted[name]}"]
    return "\n".join(lines) + "\n"


MEANINGS = {
    "words": "how likely the words alone make it (natural logarithm of the chance)",
    "sure": "the same chance itself",
    "odds": "how much likelier its phrasings make the message than all phrasings do, a piece of meaning on average",
    "word_gap": "the share of the message that the base has no word for and it does not explain",
    "heaviest_gap": "the heaviest piece that it does not explain",
    "said_gap": "of what is said besides names, the share that it does not explain, if it is something untold",
    "swap": "somebody is named in place of the one it is about",
    "linked": "how near it is to what was stated last, in a follow-up",
    "repeated": "it was stated last, in a follow-up",
    "told_bare": "it is told and explains all of a few words that ask nothing, such as the name of its topic",
    "untold": "it is something that the article does not tell",
    "untold_next": "the same, in a follow-up",
    "untold_bare": "the same, where the message is a few words that ask nothing",
    "smalltalk": "it is smalltalk",
    "nothing": "that no candidate is meant",
    "nothing_next": "the same, in a follow-up",
    "nothing_unknown": "the same, by the share of words that the base does not know",
    "nothing_strange": "the same, by the square of that share",
    "answer": "from which chance on that something told is meant the bot answers; below, it says that it is not told",
    "alone": "from which share of that chance on an entry, with those that quote the same line, is stated alone",
    "pair": "from which share on the two best are stated together; below, the bot asks which is meant",
    "least": "the share that the best must have for itself; below, the bot asks likewise",
}
