"""Decide what a message asks: one question, several in turn, or two in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.base.model import Base
from bot.dialogue import context as contexts
from bot.dialogue.combine import combined_of, says_enough
from bot.dialogue.decide import Thresholds, decide, is_chat, share_a_line
from bot.dialogue.model import Answer, Considered, Context, Decision, Fact, NotInArticle, OffTopic
from bot.language import clauses
from bot.language.model import Word
from bot.language.understand import Understander
from bot.matching.score import Matcher, Thread

SURE_OF_HALF = 0.7
"""The chance that the answer to either half of a message needs before the message is cut in two."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the questions of a message come to, what to remember of them, and how each was decided."""

    decision: Decision
    context: Context
    considered: tuple[Considered, ...]


class Questions:
    """Decides questions by the match that the knowledge base has for each."""

    def __init__(self, base: Base, understander: Understander, matcher: Matcher) -> None:
        """Take the base, whose calibration holds the thresholds, and what reads and matches messages."""
        self._base = base
        self._understander = understander
        self._matcher = matcher
        self._thresholds = Thresholds.of(base.calibration)

    def consider(self, words: tuple[Word, ...], context: Context) -> tuple[Considered, Context]:
        """Decide one question, and return what to remember of it."""
        understanding = self._understander.understand(words)
        match = self._matcher.match(understanding)
        if contexts.leans(understanding, context, self._base) and not is_chat(understanding, match, to_the_bot=True):
            if context.entries and contexts.asks_for_the_words(understanding):
                facts = tuple(Fact(entry, 1.0) for entry in context.entries)
                return Considered(understanding, match, Answer(facts), "asks for the words just quoted"), context
            understanding = contexts.resolve(understanding, context, self._base)
            thread = Thread(contexts.linked(context, self._base), context.entries)
            match = self._matcher.match(understanding, thread)
        decision, why = decide(understanding, match, self._base, self._thresholds)
        entries = tuple(fact.entry for fact in decision.facts) if isinstance(decision, Answer) else ()
        following = contexts.remember(understanding, entries, self._matcher.core(entries), context, self._base)
        return Considered(understanding, match, decision, why), following

    def in_turn(self, parts: Sequence[tuple[Word, ...]], context: Context) -> Decided | None:
        """Decide the questions of one message, or return None where it is better taken as one."""
        considered, following = self._one_by_one(parts, context)
        decision = combined_of([self._beside_an_answer(each, considered) for each in considered])
        return Decided(decision, following, tuple(considered)) if decision is not None else None

    def both_halves(self, words: tuple[Word, ...], context: Context) -> Decided | None:
        """Decide two questions in one sentence, both of them answered, or return None where it holds but one."""
        best: tuple[float, Decided] | None = None
        for halves in clauses.halves(words):
            left, between = self.consider(halves[0], context)
            if not isinstance(left.decision, Answer) or not says_enough(left):
                continue
            right, following = self.consider(halves[1], between)
            if not isinstance(right.decision, Answer) or not says_enough(right):
                continue
            first, second = left.decision.facts[0], right.decision.facts[0]
            sure = min(first.confidence, second.confidence)
            apart = not share_a_line(first.entry, second.entry, self._base)
            if apart and sure > (best[0] if best else SURE_OF_HALF):
                best = sure, Decided(Answer((first, second)), following, (left, right))
        return best[1] if best else None

    def _one_by_one(self, parts: Sequence[tuple[Word, ...]], context: Context) -> tuple[list[Considered], Context]:
        """Decide each question in the light of those before it.

        One that leans on a refused one asks for the same once more ("who interviewed him? the name?") and is left out.
        """
        considered: list[Considered] = []
        for part in parts:
            each, following = self.consider(part, context)
            refused = bool(considered) and isinstance(considered[-1].decision, NotInArticle | OffTopic)
            if not (refused and each.match.following):
                considered.append(each)
                context = following
        return considered, context

    def _beside_an_answer(self, part: Considered, parts: Sequence[Considered]) -> Considered:
        """Return a refused question decided anew where the other one is answered: who asks two knows what to ask."""
        if not isinstance(part.decision, NotInArticle) or not any(isinstance(each.decision, Answer) for each in parts):
            return part
        decision, why = decide(part.understanding, part.match, self._base, self._thresholds.eased)
        return replace(part, decision=decision, why=why)
