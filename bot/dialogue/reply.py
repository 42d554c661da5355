"""Put a decision into words: everything said comes from the knowledge base."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from bot.base.model import Base, Entry
from bot.dialogue.model import (
    Answer,
    Chat,
    Clarify,
    Decision,
    Declined,
    Fact,
    Foreign,
    NotInArticle,
    OffTopic,
    Option,
    Reply,
    Stated,
    TooLong,
)

MAX_OPTIONS = 3


class Replies:
    """Turns decisions into replies."""

    def __init__(self, base: Base) -> None:
        self._base = base

    def render(self, decision: Decision) -> Reply:
        """Return what to say for a decision."""
        messages = self._base.messages
        match decision:
            case Answer(facts, untold):
                stated = tuple(self._state(fact) for fact in facts)
                said = " ".join(self._says(each) for each in untold)
                shown = {fact.entry for fact in facts}
                follow_ups = [each for fact in facts for each in self._base.entries[fact.entry].follow_ups]
                return Reply("answer", said, stated, self._options(each for each in follow_ups if each not in shown))
            case Clarify(options):
                return Reply("clarify", messages["clarify"], (), self._options(options))
            case NotInArticle(nearest=nearest):
                said = self._says(decision)
                nearby = self._options(nearest)
                return Reply("not_in_article", f"{said} {messages['nearest']}" if nearby else said, (), nearby)
            case OffTopic(unstated):
                says = self._base.unstated[unstated].says if unstated else messages["off_topic"]
                return Reply("off_topic", says, (), self._options(self._base.article.offers))
            case Foreign(code, nearest):
                says = self._base.languages[code].says
                return Reply("foreign", says, (), self._options(nearest or self._base.article.offers))
            case Chat(smalltalk):
                block = self._base.smalltalk[smalltalk]
                return Reply("smalltalk", block.reply, (), ())
            case Declined():
                return Reply("declined", messages["declined"], (), self._options(self._base.article.offers))
            case TooLong():
                return Reply("too_long", messages["too_long"], (), ())
            case _:
                assert_never(decision)

    def _says(self, decision: NotInArticle) -> str:
        thing = self._base.unstated.get(decision.unstated)
        if thing is None:
            return self._base.messages["not_in_article"]
        name = self._base.entities[decision.who].name if decision.who else ""
        return thing.says.replace("{who}", name)

    def _state(self, fact: Fact) -> Stated:
        entry = self._base.entries[fact.entry]
        return Stated(entry.id, fact.confidence, self._text(entry, fact.opening), entry.evidence, self._notes(entry))

    def _text(self, entry: Entry, opening: str) -> str:
        answer = " ".join(entry.answer.split())
        word = self._base.messages.get(opening, f"{opening}." if opening else "")
        first = answer.split(" ", 1)[0].strip(".,:").casefold()
        return answer if not word or word.strip(".,:").casefold() in (first, answer.casefold()) else f"{word} {answer}"

    def _notes(self, entry: Entry) -> tuple[str, ...]:
        return tuple(
            slip.note
            for slip in self._base.article.slips
            if any(each.line == slip.line and slip.words in each.quote for each in entry.evidence)
        )

    def _options(self, entries: Iterable[str]) -> tuple[Option, ...]:
        ids = list(dict.fromkeys(entries))
        return tuple(Option(each, self._base.entries[each].label) for each in ids[:MAX_OPTIONS])
