"""What is remembered of the chats: in memory only, bounded, and for each person on their own."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from telegram import Message, User

from bot.dialogue.model import Context

Value = TypeVar("Value")

SPEAKERS = 10_000
"""How many people's contexts are remembered."""

EXCHANGES = 5_000
"""How many messages, questions and answers, are remembered, so that an edit or /why finds what it is about."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person in one chat, or in one topic of it (0 where there are none)."""

    chat: int
    topic: int
    person: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message and what was replied.

    `sent` are the ids of the bot's messages, `account` says why it replied so; without one it is no turn of a
    conversation, as with /help. `noted` is the number under which the question that the reply's buttons are about
    is kept for the curator, `kept` that of the message itself, 0 where it is not.
    """

    speaker: Speaker
    text: str
    before: Context
    after: Context
    account: str
    sent: tuple[int, ...]
    noted: int = 0
    kept: int = 0


class Memory:
    """Remembers what each person was told last, and what each recent message was answered with."""

    def __init__(self) -> None:
        self._last: _Recent[Exchange] = _Recent(SPEAKERS)
        self._by_message: _Recent[Exchange] = _Recent(EXCHANGES)

    def context(self, speaker: Speaker) -> Context:
        """Return what somebody was speaking of; an empty context for who is new or forgotten."""
        last = self._last.get(speaker)
        return last.after if last else Context()

    def last(self, speaker: Speaker) -> Exchange | None:
        """Return the last exchange with somebody, if it is remembered."""
        return self._last.get(speaker)

    def of(self, message: Message | None) -> Exchange | None:
        """Return the exchange that a message, asked or replied, belongs to, if it is remembered."""
        return self._by_message.get((message.chat_id, message.message_id)) if message else None

    def keep(self, exchange: Exchange, asked: Message | None, instead_of: Exchange | None = None) -> None:
        """Remember an exchange; in place of an earlier one where its question was edited.

        What came after the earlier one stays what was said last.
        """
        ids = (*exchange.sent, asked.message_id) if asked else exchange.sent
        for number in ids:
            self._by_message.put((exchange.speaker.chat, number), exchange)
        if exchange.account and (instead_of is None or self._last.get(exchange.speaker) in (None, instead_of)):
            self._last.put(exchange.speaker, exchange)

    def withdraw_offer(self, speaker: Speaker) -> None:
        """Have a number choose nothing any more from what somebody was offered last: another list came after it."""
        last = self._last.get(speaker)
        if last:
            self._last.put(speaker, replace(last, after=replace(last.after, offered=(), unsure=False)))

    def begin_anew(self, speaker: Speaker) -> None:
        """Forget what somebody was speaking of."""
        self._last.drop(lambda exchange: exchange.speaker == speaker)

    def forget(self, person: int) -> None:
        """Forget everything about a person, in all chats."""
        self._last.drop(lambda exchange: exchange.speaker.person == person)
        self._by_message.drop(lambda exchange: exchange.speaker.person == person)


class _Recent(Generic[Value]):
    """The values used most recently, by their keys."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._values: OrderedDict[Hashable, Value] = OrderedDict()

    def get(self, key: Hashable) -> Value | None:
        if key in self._values:
            self._values.move_to_end(key)
        return self._values.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        self._values[key] = value
        self._values.move_to_end(key)
        if len(self._values) > self._limit:
            self._values.popitem(last=False)

    def drop(self, unwanted: Callable[[Value], bool]) -> None:
        for key in [key for key, value in self._values.items() if unwanted(value)]:
            del self._values[key]


def speaker_of(message: Message, person: User | None = None) -> Speaker:
    """Return who speaks in a message, or who `person` is where it was sent.

    Somebody who speaks as a channel or as the group is that chat.
    """
    topic = message.message_thread_id or 0 if message.is_topic_message else 0
    who = person or message.sender_chat or message.from_user
    return Speaker(message.chat_id, topic, who.id if who else 0)
