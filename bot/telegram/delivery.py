"""Send replies, or edit them in place of those sent before; what was sent is remembered."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import zip_longest
from typing import TypeVar

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.dialogue.conversation import Conversation
from bot.recent import Recent
from bot.render.html import plain
from bot.telegram.memory import Exchange, Memory, Speaker, speaker_of
from bot.telegram.shown import Shown

LOG = logging.getLogger(__name__)

UNREADABLE = 100
"""How many texts that Telegram could not read are remembered, so that each is told of once, however often it is asked
for."""

Piece = tuple[str, InlineKeyboardMarkup | None]
Result = TypeVar("Result")


class Delivery:
    """Brings replies to the chats."""

    def __init__(self, conversation: Conversation, memory: Memory) -> None:
        self._conversation = conversation
        self._memory = memory
        self._unreadable: Recent[str, bool] = Recent(UNREADABLE)

    def stands(self, message: Message, *, edited: bool) -> bool:
        """Tell whether a message has its reply: an edited one in the same words, as where a preview is added.

        One that waited for another try may have been edited meanwhile; the reply to that is not to be replaced.
        """
        earlier = self._memory.of(message)
        return earlier is not None and earlier.whole and (not edited or earlier.text == _words(message))

    async def reply(self, message: Message, shown: Shown) -> None:
        """Reply to a message; where it was replied to before it was edited, edit that reply."""
        earlier = self._memory.of(message)
        before = earlier.sent if earlier else ()
        sent: list[int] = []
        try:
            async for number in self._put(message, shown, before):
                sent.append(number)
        except TelegramError:
            if sent:
                # Another try goes on from there.
                there = (*sent, *before[len(sent) :])
                self._keep(speaker_of(message), shown, there, message, earlier, whole=False)
            raise
        self._keep(speaker_of(message), shown, tuple(sent), message, earlier)

    async def follow(self, query: CallbackQuery, message: Message, shown: Shown) -> None:
        """Send what a pressed button asks for, below the message with the button."""
        sent = await self.send(message, shown)
        self._keep(speaker_of(message, query.from_user), shown, sent, None, None)

    async def send(self, message: Message, shown: Shown) -> tuple[int, ...]:
        """Send a reply to the chat and topic of a message; in a group, to the message itself. Return the ids."""
        return tuple([number async for number in self._put(message, shown)])

    async def edit(self, message: Message, sent: tuple[int, ...], shown: Shown) -> None:
        """Put a reply in place of the messages sent before, in the chat of `message`."""
        async for _ in self._put(message, shown, sent):
            pass

    async def _put(self, message: Message, shown: Shown, instead_of: tuple[int, ...] = ()) -> AsyncIterator[int]:
        """Send a reply piece by piece, or have it take the place of messages sent before; yield the id of each."""
        for number, piece in zip_longest(instead_of, _pieces(shown)):
            if piece is None:
                await self._delete(message, number)
            elif number is None:
                yield await self._send(message, piece)
            else:
                yield await self._edit(message, number, piece)

    async def say(self, bot: Bot, chat: int, html: str) -> None:
        """Say something in a chat of itself, in reply to no message."""

        async def put(home: int) -> Message:
            return await self._readable(lambda text, mode: bot.send_message(home, text, mode), html)

        await self._at_home(chat, put)

    async def _send(self, message: Message, piece: Piece) -> int:
        """Send one message, to the chat and topic of another."""
        html, keyboard = piece
        in_group = message.chat.type != ChatType.PRIVATE

        async def put(home: int) -> Message:
            async def said(text: str, mode: ParseMode | None) -> Message:
                if home != message.chat_id:  # where the message to reply to is unknown
                    return await message.get_bot().send_message(home, text, mode, reply_markup=keyboard)
                return await message.reply_text(text, mode, reply_markup=keyboard, do_quote=in_group)

            return await self._readable(said, html)

        return (await self._at_home(message.chat_id, put)).message_id

    async def _at_home(self, chat: int, put: Callable[[int], Awaitable[Result]]) -> Result:
        """Put something into a chat, where it is now if the group has become a supergroup."""
        try:
            return await put(self._memory.home(chat))
        except ChatMigrated as error:
            self._memory.move(chat, error.new_chat_id)
            return await put(error.new_chat_id)

    async def _edit(self, message: Message, number: int, piece: Piece) -> int:
        """Edit one message; send it anew where it cannot be edited any more."""
        html, keyboard = piece

        async def put(text: str, mode: ParseMode | None) -> Message | bool:
            bot = message.get_bot()
            return await bot.edit_message_text(text, message.chat_id, number, parse_mode=mode, reply_markup=keyboard)

        try:
            await self._readable(put, html)
        except (BadRequest, ChatMigrated) as error:
            if "not modified" not in str(error).casefold():  # as after a second press of one button
                LOG.info("A message is sent anew: %s.", error)
                return await self._send(message, piece)
        return number

    async def _delete(self, message: Message, number: int) -> None:
        """Delete one message; where Telegram does not let the bot, it stays."""
        try:
            await message.get_bot().delete_message(message.chat_id, number)
        except (BadRequest, ChatMigrated) as error:
            LOG.info("A message was not deleted: %s.", error)

    async def _readable(self, put: Callable[[str, ParseMode | None], Awaitable[Result]], html: str) -> Result:
        """Put HTML before a person; where Telegram cannot read it, the same text without tags."""
        try:
            return await put(html, ParseMode.HTML)
        except BadRequest as error:
            if "can't parse entities" not in str(error).casefold():
                raise
            if not self._unreadable.get(html):
                LOG.error("The HTML of a reply is broken, so it is sent without tags: %s.", error)  # noqa: TRY400
            self._unreadable.put(html, True)
        return await put(plain(html), None)

    def _keep(  # noqa: PLR0913 (what was said, and what was said to it)
        self,
        speaker: Speaker,
        shown: Shown,
        sent: tuple[int, ...],
        asked: Message | None,
        earlier: Exchange | None,
        *,
        whole: bool = True,
    ) -> None:
        before = shown.before or (earlier.before if earlier else self._memory.context(speaker))
        text = _words(asked) if asked else ""
        after, account = before, ""
        if shown.turn:
            after, account = shown.turn.context, self._conversation.account(shown.turn)
        elif shown.keyboard:
            self._memory.withdraw_offer(speaker)
        exchange = Exchange(speaker, text, before, after, account, sent, shown.noted, shown.kept, whole)
        self._memory.keep(exchange, asked, earlier)


def _words(message: Message) -> str:
    return message.text or message.caption or ""


async def acknowledge(query: CallbackQuery, text: str = "") -> None:
    """Answer a press, with a note if there is one; that it is too old to be answered does not matter."""
    try:
        await query.answer(text or None)
    except TelegramError as error:
        LOG.info("A press was not acknowledged: %s.", error)


def _pieces(shown: Shown) -> Iterator[Piece]:
    """Yield the messages of a reply; the buttons stand under the last."""
    *firsts, last = shown.html
    yield from ((html, None) for html in firsts)
    yield last, shown.keyboard
