"""What comes before all answers: floods are dropped, and who pastes a bot's token is warned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from telegram import Message, Update, User
from telegram.constants import ChatType

from bot.recent import Recent
from bot.render.html import text_html
from bot.store.private import holds_token
from bot.telegram.addressed import command_in, replies_to, said_to
from bot.telegram.delivery import Delivery, acknowledge
from bot.telegram.dispatcher import QUEUED
from bot.telegram.floods import Floods, Verdict
from bot.telegram.memory import speaker_of
from bot.telegram.shown import Shown


class Gate:
    """Lets pass what is to be answered."""

    def __init__(
        self, messages: Mapping[str, str], commands: Collection[str], delivery: Delivery, floods: Floods
    ) -> None:
        """Take what the bot says, the names of its commands, what sends, and what keeps count of floods."""
        self._messages = messages
        self._commands = frozenset(commands)
        self._delivery = delivery
        self._floods = floods
        self._to_tell: Recent[int, bool] = Recent(QUEUED)
        """The ids of updates that are met with a notice rather than an answer."""

    def asks(self, update: Update) -> bool:
        """Tell whether somebody wants something of the bot; what people in a group say to each other is theirs."""
        if update.callback_query or update.inline_query:
            return True
        message = update.effective_message
        if message is None:
            return False
        if message.chat.type == ChatType.PRIVATE:
            return True
        me = _me(message)
        return said_to(me, message) is not None or command_in(me, message) in self._commands

    async def admits(self, update: Update) -> bool:
        """Count an update that has just come in, and tell whether it is to wait its turn: a flood is not."""
        if not self.asks(update):
            return True
        verdict = await self._judge(update)
        if verdict is Verdict.TOLD:
            self._to_tell.put(update.update_id, True)
        return verdict is not Verdict.DROPPED

    async def lets_pass(self, update: Update) -> bool:
        """Tell whether an update whose turn it is goes on to be answered; else what there is to say has been said.

        Raises:
            telegram.error.TelegramError: It could not be said.

        """
        to_tell = self._to_tell.get(update.update_id)
        message = None if update.callback_query else update.effective_message
        if to_tell and update.callback_query:
            await acknowledge(update.callback_query, self._messages["slow_down"])
        elif to_tell and message:
            await self._say(message, "slow_down")
        elif message and self.asks(update) and any(map(holds_token, _texts(message))):
            # Not by way of the memory or the store: neither is to hold it.
            await self._say(message, "token_pasted")
        else:
            return True
        return False

    async def _judge(self, update: Update) -> Verdict:
        if update.inline_query:
            return await self._floods.judge_inline(update.inline_query.from_user.id)
        if update.callback_query:
            return await self._floods.judge(update.callback_query.from_user.id)
        message = update.effective_message
        if message is None:
            return Verdict.PASSES
        person = speaker_of(message).person or message.chat_id
        group = message.chat_id if message.chat.type != ChatType.PRIVATE else 0
        return await self._floods.judge(person, message.media_group_id or "", group)

    async def _say(self, message: Message, name: str) -> None:
        await self._delivery.send(message, Shown((text_html(self._messages[name]),)))


def _texts(message: Message) -> Iterator[str]:
    """Yield every text that could be answered or kept on behalf of a message, those it quotes or replies to too."""
    yield message.text or message.caption or ""
    if message.quote:
        yield message.quote.text
    replied = message.reply_to_message
    if replied and not replies_to(_me(message), message):
        yield replied.text or replied.caption or ""


def _me(message: Message) -> User:
    return message.get_bot().bot
