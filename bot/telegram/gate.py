"""What comes before all answers: floods are dropped, and who pastes a bot's token is warned."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress

from telegram import Message, Update, User
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.render.html import text_html
from bot.store.private import holds_token
from bot.telegram.addressed import replies_to, said_to
from bot.telegram.delivery import Delivery, acknowledge
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
        self._commands = frozenset(f"/{name}" for name in commands)
        self._delivery = delivery
        self._floods = floods

    async def check(self, update: Update) -> None:
        """Look at an update before anything else does.

        Raises:
            ApplicationHandlerStop: It goes no further; what there is to say to it has been said.

        """
        message = None if update.callback_query else update.effective_message
        if message and not self._is_for_bot(message):
            return
        verdict = await self._judge(update, message)
        if verdict is Verdict.PASSES and message and any(map(holds_token, _texts(message))):
            # Not by way of the memory or the store: neither is to hold it.
            await self._say(message, "token_pasted")
        elif verdict is Verdict.PASSES:
            return
        elif verdict is Verdict.TOLD and message:
            await self._say(message, "slow_down")
        elif verdict is Verdict.TOLD and update.callback_query:
            await acknowledge(update.callback_query, self._messages["slow_down"])
        raise ApplicationHandlerStop

    async def _judge(self, update: Update, message: Message | None) -> Verdict:
        if message:
            person = speaker_of(message).person or message.chat_id
            return await self._floods.judge(person, message.media_group_id or "")
        if update.effective_user is None:
            return Verdict.PASSES
        if update.inline_query:
            return await self._floods.judge_inline(update.effective_user.id)
        return await self._floods.judge(update.effective_user.id)

    def _is_for_bot(self, message: Message) -> bool:
        """Tell whether the bot would answer a message; what people in a group say to each other is theirs."""
        if message.chat.type == ChatType.PRIVATE:
            return True
        opening = (message.text or "").split(maxsplit=1)[:1]
        return said_to(_me(message), message) is not None or not self._commands.isdisjoint(opening)

    async def _say(self, message: Message, name: str) -> None:
        with suppress(TelegramError):
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
