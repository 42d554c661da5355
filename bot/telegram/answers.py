"""What is replied to what people say, and to the entries they choose."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

from telegram import Message

from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Chat, Context, Declined
from bot.render.html import reply_parts, text_html
from bot.telegram.addressed import replied_to, replies_to, said_to
from bot.telegram.buttons import Buttons
from bot.telegram.feedback import Feedback
from bot.telegram.kinds import message_for
from bot.telegram.logs import TEXTS
from bot.telegram.memory import Memory, speaker_of
from bot.telegram.reading import is_own, readings
from bot.telegram.shown import Shown

TEXTS_LOG = logging.getLogger(TEXTS)


@dataclass(frozen=True, slots=True)
class Before:
    """What a message follows up on, and the number under which that is kept for the curator, 0 where it is not."""

    context: Context
    noted: int = 0


class Answers:
    """Has the conversation answer, in the light of what was said before."""

    def __init__(self, conversation: Conversation, memory: Memory, buttons: Buttons, feedback: Feedback) -> None:
        self._conversation = conversation
        self._messages = conversation.base.messages
        self._memory = memory
        self._buttons = buttons
        self._feedback = feedback

    async def to_text(self, message: Message) -> Shown | None:
        """Return the reply to a text or a caption, or None where it is not for the bot."""
        said = said_to(message.get_bot().bot, message)
        return await self.to_words(message, said) if said is not None else None

    async def to_attachment(self, message: Message) -> Shown | None:
        """Return the reply to what has no words, or None where it is not for the bot."""
        if said_to(message.get_bot().bot, message) is None:
            return None
        return Shown((text_html(message_for(message, self._messages)),))

    async def to_words(self, message: Message, said: str) -> Shown:
        """Return the reply to words said in a message, and keep for the curator what went wrong with it."""
        me = message.get_bot().bot
        before = self._before(message)
        text, turn = self._respond(message, said, before.context)
        TEXTS_LOG.debug("%r is met with: %s.", text, turn.reply.kind)
        edited = self._memory.of(message)
        kept = await self._feedback.note(
            speaker_of(message).person,
            turn,
            text if text == said and is_own(me, message) else "",
            instead_of=edited.kept if edited else 0,
        )
        noted = kept
        if isinstance(turn.decision, Declined):
            await self._feedback.none_of_these(speaker_of(message).person, before.noted)
        elif isinstance(turn.decision, Chat):
            # What was offered before "thanks" can still be chosen or declined after it.
            noted = before.noted
        return replace(self.show(turn, noted), before=before.context, kept=kept)

    def _respond(self, message: Message, said: str, context: Context) -> tuple[str, Turn]:
        """Return the words that were answered, and the turn."""
        language = (message.from_user.language_code if message.from_user else None) or ""
        texts = readings(message.get_bot().bot, message, said)
        turns = ((text, self._conversation.respond(text, context, language)) for text in texts)
        first = next(turns)
        # "Is that so?" beside a quote from another chat: the quote says what is meant.
        empty = ("off_topic", "smalltalk") if message.quote else ("off_topic",)
        if first[1].reply.kind not in empty:
            return first
        return next((each for each in turns if each[1].reply.kind not in empty), first)

    def state(self, entry: str) -> Shown:
        """Return the reply that states an entry."""
        return self.show(self._conversation.state(entry))

    def show(self, turn: Turn, noted: int = 0) -> Shown:
        """Return a turn as it is shown; `noted` is the number under which it is kept for the curator, if it is."""
        return Shown(reply_parts(turn.reply, self._messages), self._buttons.under(turn, noted), turn, noted)

    def _before(self, message: Message) -> Before:
        """Return what a message follows up on: the message of the bot's that it replies to, or what was said last."""
        edited = self._memory.of(message)
        if edited:
            return Before(edited.before)
        last = self._memory.last(speaker_of(message))
        spoken_of = Before(last.after, last.noted) if last else Before(Context())
        replied = replied_to(message)
        if replied is None or not replies_to(message.get_bot().bot, message):
            return spoken_of
        exchange = self._memory.of(replied)
        if exchange:
            return Before(exchange.after, exchange.noted)
        # After a restart its buttons still tell what it said and what it offered.
        entry, offered = self._buttons.stated(replied), self._buttons.offered(replied)
        if entry:
            # Its buttons may be others than the entry's own follow-ups, as under /people or where it states two.
            return Before(replace(self._conversation.state(entry).context, offered=offered))
        if offered:
            noted = self._buttons.asks_back(replied)
            return Before(Context(offered=offered, unsure=noted is not None), noted or 0)
        return spoken_of
