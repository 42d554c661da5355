"""What is replied to what people say, and to the entries they choose."""

from __future__ import annotations

from telegram import Message

from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Context
from bot.render.html import reply_parts, text_html
from bot.telegram.addressed import replies_to, said_to
from bot.telegram.buttons import Buttons
from bot.telegram.kinds import message_for
from bot.telegram.memory import Memory, speaker_of
from bot.telegram.reading import readings
from bot.telegram.shown import Shown


class Answers:
    """Has the conversation answer, in the light of what was said before."""

    def __init__(self, conversation: Conversation, memory: Memory, buttons: Buttons) -> None:
        self._conversation = conversation
        self._messages = conversation.base.messages
        self._memory = memory
        self._buttons = buttons

    async def to_text(self, message: Message) -> Shown | None:
        """Return the reply to a text or a caption, or None where it is not for the bot."""
        said = said_to(message.get_bot().bot, message)
        return self.to_words(message, said) if said is not None else None

    async def to_attachment(self, message: Message) -> Shown | None:
        """Return the reply to what has no words, or None where it is not for the bot."""
        if said_to(message.get_bot().bot, message) is None:
            return None
        return Shown((text_html(message_for(message, self._messages)),))

    def to_words(self, message: Message, said: str) -> Shown:
        """Return the reply to words said in a message."""
        context = self._context(message)
        turns = (self._conversation.respond(text, context) for text in readings(message.get_bot().bot, message, said))
        first = next(turns)
        # "Is that so?" beside a quote from another chat: the quote says what is meant.
        empty = ("off_topic", "smalltalk") if message.quote else ("off_topic",)
        if first.reply.kind not in empty:
            return self.show(first)
        return self.show(next((each for each in turns if each.reply.kind not in empty), first))

    def state(self, entry: str) -> Shown:
        """Return the reply that states an entry."""
        return self.show(self._conversation.state(entry))

    def show(self, turn: Turn) -> Shown:
        """Return a turn as it is shown."""
        return Shown(reply_parts(turn.reply, self._messages), self._buttons.under(turn), turn)

    def _context(self, message: Message) -> Context:
        """Return what a message follows up on: the message of the bot's that it replies to, or what was said last."""
        edited = self._memory.of(message)
        if edited:
            return edited.before
        replied = message.reply_to_message
        if replied is None or not replies_to(message.get_bot().bot, message):
            return self._memory.context(speaker_of(message))
        exchange = self._memory.of(replied)
        if exchange:
            return exchange.after
        # After a restart its buttons still tell what it said and what it offered.
        entry, offered = self._buttons.stated(replied), self._buttons.offered(replied)
        if entry:
            return self._conversation.state(entry).context
        if offered:
            return Context(offered=offered, unsure=self._buttons.asks_back(replied))
        return self._memory.context(speaker_of(message))
