"""The core: a message and its context in, a reply and the next context out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property

from bot.base.model import Base, Entity
from bot.dialogue import context as contexts
from bot.dialogue.choice import Chooser, Other
from bot.dialogue.decide import Thresholds
from bot.dialogue.model import (
    Answer,
    Chat,
    Clarify,
    Considered,
    Context,
    Decision,
    Declined,
    Fact,
    Foreign,
    NotInArticle,
    OffTopic,
    Option,
    Reply,
    TooLong,
)
from bot.dialogue.questions import Questions
from bot.dialogue.reply import Replies
from bot.dialogue.smalltalk import SmalltalkMatcher
from bot.dialogue.suggest import Suggester
from bot.dialogue.why import Accounts
from bot.errors import BaseError
from bot.language.foreign import Languages
from bot.language.long import first_question
from bot.language.model import Word
from bot.language.names import ForeignNames
from bot.language.normalise import MAX_LENGTH
from bot.language.understand import Understander
from bot.matching.index import Group, Index
from bot.matching.learned import Learned
from bot.matching.score import NOTHING, PARTS, Matcher

EMPTY = Context()

START_OVER = "start-over"
"""The block of smalltalk after which nothing counts that was said before: "/stop", "cancel that"."""

NEAREST = 3
"""Entries that are offered on whom a message in another language names."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message answered: the reply, what to remember, and how it came about."""

    reply: Reply
    context: Context
    decision: Decision
    considered: tuple[Considered, ...]


class Conversation:
    """Answers messages from a knowledge base; holds no state of any chat."""

    def __init__(self, base: Base, learned: Learned, understander: Understander | None = None) -> None:
        """Take the base and what was learned from it; the understander is made from the base if not given."""
        missing = [name for name in (*PARTS, *NOTHING, *Thresholds.names()) if name not in base.calibration]
        if missing:
            raise BaseError(
                f"calibration.yaml lacks {', '.join(missing)}. Run `python -m bot learn` with labelled messages."
            )
        self.base = base
        self.understander = understander or Understander(base, learned.prepared)
        index = Index(base, learned.counts)
        self.matcher = Matcher(index, learned.words, self.understander.english, base.calibration)
        self.replies = Replies(base)
        self._questions = Questions(base, self.understander, self.matcher)
        self._names = ForeignNames(base.entities.values())
        self._languages = Languages(base, self.understander.english)
        self._smalltalk = SmalltalkMatcher(base, learned.prepared.smalltalk)
        self._chooser = Chooser(base, self.understander)
        self._accounts = Accounts(base)

    def respond(self, text: str, context: Context = EMPTY, language: str = "") -> Turn:
        """Return the reply to a message of any content and length, and the context for the next one.

        `language` is the code of the person's own language, such as "pt-br", if it is known; it decides between
        languages that a message may be in, and makes no English message a foreign one.
        """
        if len(text) > MAX_LENGTH:
            beginning, text = text[:MAX_LENGTH], first_question(text)
            if not text:
                code = self._languages.of(beginning, language)
                return self._turn(Foreign(code, self._about(beginning)) if code else TooLong(), context, ())
        text = self._names.in_english(text)
        read = cache(lambda: self.understander.read(text))
        chosen = self._chosen(text, context, read) if context.offered else None
        if chosen:
            return chosen
        block = self._smalltalk.find(text)
        if block:
            return self._turn(Chat(block), context, ())
        code = self._languages.of(text, language)
        if code:
            return self._turn(Foreign(code, self._about(text)), context, ())
        words = read()
        block = self._smalltalk.among(words) if any(word.corrected for word in words) else ""
        if block:
            return self._turn(Chat(block), context, ())
        whole = self._questions.consider(words, context)
        parts = self.understander.questions(words)
        if isinstance(whole[0].decision, OffTopic | NotInArticle) and not whole[0].understanding.asks:
            # "Hello there, greetings from Warsaw!" asks nothing, and is not to be turned away.
            block = self._smalltalk.opens(text)
            if block:
                return self._turn(Chat(block), context, (whole[0],))
        if len(parts) == 1 and not isinstance(whole[0].decision, Chat) and not _untold_first(whole[0]):
            both = self._questions.both_halves(words, context)
            if both is not None:
                return self._turn(both.decision, both.context, both.considered)
        if parts == (words,) or (len(parts) == 1 and (isinstance(whole[0].decision, Answer) or "?" not in text)):
            return self._turn(whole[0].decision, whole[1], (whole[0],))
        several = self._questions.in_turn(parts, context)
        if several is None:
            return self._turn(whole[0].decision, whole[1], (whole[0],))
        return self._turn(several.decision, several.context, several.considered)

    def state(self, entry: str) -> Turn:
        """Return the turn in which an entry is stated because it was chosen, by button or number."""
        understanding = self.understander.phrasing(self.base.entries[entry].label)
        context = contexts.remember(understanding, (entry,), self.matcher.core((entry,)), EMPTY, self.base)
        return self._turn(Answer((Fact(entry, 1.0),)), context, ())

    def people(self) -> Turn:
        """Return the turn that names everybody in the article and offers to tell of each."""
        turn = self.state(self.base.article.cast)
        people = self.base.article.people
        options = tuple(Option(each, self.base.entries[each].label) for each in people)
        return replace(turn, reply=replace(turn.reply, options=options), context=replace(turn.context, offered=people))

    @cached_property
    def _suggester(self) -> Suggester:
        # Only who is asked while somebody types needs one, and a start should not wait for it.
        return Suggester(self.base)

    def suggest(self, text: str, limit: int) -> tuple[Turn, ...]:
        """Return up to `limit` turns that a question still being typed may lead to, likeliest first."""
        turn = self.respond(text)
        entries = self._suggester.entries(text, turn.decision, turn.considered)
        if isinstance(turn.decision, Answer):
            told = {fact.entry for fact in turn.decision.facts}
            return (turn, *(self.state(each) for each in entries if each not in told))[:limit]
        return tuple(self.state(each) for each in entries[:limit])

    def account(self, turn: Turn) -> str:
        """Return why a turn came out as it did, in plain words, a line for each thing there is to say."""
        return self._accounts.of(turn.decision, turn.considered)

    def decline(self, context: Context = EMPTY) -> Turn:
        """Return the turn in which nothing that was offered was meant."""
        return self._turn(Declined(), context, ())

    def _chosen(self, text: str, context: Context, read: Callable[[], tuple[Word, ...]]) -> Turn | None:
        """Return the turn for a message that says something to what was offered, or None where it says nothing."""
        match self._chooser.choose(text, context, read):
            case None:
                return None
            case Other.NONE_OF_THESE:
                return self.decline(context)
            case Other.NO_SUCH:
                return self._turn(Clarify(context.offered), context, ())
            case entry:
                return self.state(entry)

    def _about(self, text: str) -> tuple[str, ...]:
        """Return the entries nearest to the names in a message that cannot be read."""
        named = [self.base.entities[each] for each in self.understander.phrasing(self._languages.named(text)).entities]
        # First what tells of all of them, then what tells of each.
        asked = [named, *([entity] for entity in named)] if len(named) > 1 else [named]
        about: dict[str, None] = {}
        for group in asked[: NEAREST + 1]:
            match = self.matcher.match(self.understander.phrasing(" ".join(entity.name for entity in group)))
            told = [each.id for each in match.stated if any(self._tells_of(each.id, entity) for entity in group)]
            about.update(dict.fromkeys(told[:NEAREST] if group is named else told[:1]))
        return tuple(about)[:NEAREST]

    def _tells_of(self, entry: str, entity: Entity) -> bool:
        return entity.name.split()[-1] in f"{self.base.entries[entry].label} {self.base.entries[entry].answer}"

    def _turn(self, decision: Decision, context: Context, considered: tuple[Considered, ...]) -> Turn:
        reply = self.replies.render(decision)
        if isinstance(decision, Chat):
            following = EMPTY if decision.smalltalk == START_OVER else context
            return Turn(reply, following, decision, considered)
        offered = tuple(option.entry for option in reply.options)
        # Where nothing known to be untold was asked for, what comes nearest may be what was meant.
        guesses = isinstance(decision, Clarify) or (isinstance(decision, NotInArticle) and not decision.unstated)
        following = replace(context, offered=offered, unsure=guesses and bool(offered))
        return Turn(reply, following, decision, considered)


def _untold_first(whole: Considered) -> bool:
    """Tell whether a message is likeliest one question for something that is not told."""
    return bool(whole.match.scores) and whole.match.scores[0].group is Group.UNTOLD
