"""What is remembered of the chats: in memory only, bounded, and for each person on their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import Message, User

from bot.dialogue.model import Context
from bot.recent import Recent

SPEAKERS = 10_000
"""How many people's contexts are remembered."""

EXCHANGES = 5_000
"""How many messages, questions and answers, are remembered, so that an edit or /why finds what it is about."""

MOVES = 1_000
"""How many groups are remembered to have become supergroups, so that what still comes from the old one is answered."""


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
    is kept for the curator, `kept` that of the message itself, 0 where it is not. It is `whole` unless a part of the
    reply could not be sent.
    """

    speaker: Speaker
    text: str
    before: Context
    after: Context
    account: str
    sent: tuple[int, ...]
    noted: int = 0
    kept: int = 0
    whole: bool = True


class Memory:
    """Remembers what each person was told last, and what each recent message was answered with."""

    def __init__(self) -> None:
        self._last: Recent[Speaker, Exchange] = Recent(SPEAKERS)
        self._by_message: Recent[tuple[int, int], Exchange] = Recent(EXCHANGES)
        self._moves: Recent[int, int] = Recent(MOVES)

    def context(self, speaker: Speaker) -> Context:
        """Return what somebody was speaking of; an empty context for who is new or forgotten."""
        last = self.last(speaker)
        return last.after if last else Context()

    def last(self, speaker: Speaker) -> Exchange | None:
        """Return the last exchange with somebody, if it is remembered."""
        return self._last.get(self._at_home(speaker))

    def of(self, message: Message | None) -> Exchange | None:
        """Return the exchange that a message, asked or replied, belongs to, if it is remembered."""
        return self._by_message.get((message.chat_id, message.message_id)) if message else None

    def keep(self, exchange: Exchange, asked: Message | None, instead_of: Exchange | None = None) -> None:
        """Remember an exchange; in place of an earlier one where its question was edited.

        What came after the earlier one stays what was said last.
        """
        exchange = replace(exchange, speaker=self._at_home(exchange.speaker))
        for number in exchange.sent:
            self._by_message.put((exchange.speaker.chat, number), exchange)
        if asked:
            self._by_message.put((asked.chat_id, asked.message_id), exchange)
        if exchange.account and (instead_of is None or self._last.get(exchange.speaker) in (None, instead_of)):
            self._last.put(exchange.speaker, exchange)

    def withdraw_offer(self, speaker: Speaker) -> None:
        """Have a number choose nothing any more from what somebody was offered last: another list came after it."""
        last = self.last(speaker)
        if last:
            self._last.put(last.speaker, replace(last, after=replace(last.after, offered=(), unsure=False)))

    def begin_anew(self, speaker: Speaker) -> None:
        """Forget what somebody was speaking of."""
        home = self._at_home(speaker)
        self._last.take(lambda exchange: exchange.speaker == home)

    def forget(self, person: int) -> None:
        """Forget everything about a person, in all chats."""
        self._drop(lambda exchange: exchange.speaker.person == person)

    def leave(self, chat: int) -> None:
        """Forget everything about a chat, as one in which the bot may not speak any more."""
        self._drop(lambda exchange: exchange.speaker.chat == self.home(chat))

    def move(self, old: int, new: int) -> None:
        """Take along what people were speaking of in a group that has become a supergroup, and so has a new number.

        Its messages are numbered anew, so what is known by the numbers of the old ones is forgotten.
        """
        if self.home(old) == new:
            return
        self._moves.put(old, new)
        self._by_message.take(lambda exchange: exchange.speaker.chat == old)
        for exchange in self._last.take(lambda exchange: exchange.speaker.chat == old):
            speaker = replace(exchange.speaker, chat=new)
            if self._last.get(speaker) is None:
                self._last.put(speaker, replace(exchange, speaker=speaker))

    def home(self, chat: int) -> int:
        """Return the number that a chat has now."""
        return self._moves.get(chat) or chat

    def _at_home(self, speaker: Speaker) -> Speaker:
        return replace(speaker, chat=self.home(speaker.chat))

    def _drop(self, unwanted: Callable[[Exchange], bool]) -> None:
        self._last.take(unwanted)
        self._by_message.take(unwanted)


def speaker_of(message: Message, person: User | None = None) -> Speaker:
    """Return who speaks in a message, or who `person` is where it was sent.

    Somebody who speaks as a channel or as the group is that chat.
    """
    topic = message.message_thread_id or 0 if message.is_topic_message else 0
    who = person or message.sender_chat or message.from_user
    return Speaker(message.chat_id, topic, who.id if who else 0)
