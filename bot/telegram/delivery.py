"""Send replies, or edit them in place of those sent before; what was sent is remembered."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import zip_longest

from telegram import CallbackQuery, InlineKeyboardMarkup, Message
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.dialogue.conversation import Conversation
from bot.telegram.memory import Exchange, Memory, Speaker, speaker_of
from bot.telegram.shown import Shown

LOG = logging.getLogger(__name__)

Piece = tuple[str, InlineKeyboardMarkup | None]


class Delivery:
    """Brings replies to the chats."""

    def __init__(self, conversation: Conversation, memory: Memory) -> None:
        self._conversation = conversation
        self._memory = memory

    def stands(self, message: Message) -> bool:
        """Tell whether the words of an edited message are those that were replied to, as where a preview is added."""
        earlier = self._memory.of(message)
        return earlier is not None and earlier.text == _words(message)

    async def reply(self, message: Message, shown: Shown) -> None:
        """Reply to a message; where it was replied to before it was edited, edit that reply."""
        earlier = self._memory.of(message)
        sent = await edit(message, earlier.sent, shown) if earlier else await send(message, shown)
        self._keep(speaker_of(message), shown, sent, message, earlier)

    async def follow(self, query: CallbackQuery, message: Message, shown: Shown) -> None:
        """Send what a pressed button asks for, below the message with the button."""
        sent = await send(message, shown)
        self._keep(speaker_of(message, query.from_user), shown, sent, None, None)

    def _keep(
        self, speaker: Speaker, shown: Shown, sent: tuple[int, ...], asked: Message | None, earlier: Exchange | None
    ) -> None:
        before = shown.before or (earlier.before if earlier else self._memory.context(speaker))
        text = _words(asked) if asked else ""
        after, account = before, ""
        if shown.turn:
            after, account = shown.turn.context, self._conversation.account(shown.turn)
        elif shown.keyboard:
            self._memory.withdraw_offer(speaker)
        exchange = Exchange(speaker, text, before, after, account, sent, shown.noted, shown.kept)
        self._memory.keep(exchange, asked, earlier)


def _words(message: Message) -> str:
    return message.text or message.caption or ""


async def send(message: Message, shown: Shown) -> tuple[int, ...]:
    """Send a reply to the chat and topic of a message; in a group, to the message itself. Return the ids."""
    return tuple([await _send(message, piece) for piece in _pieces(shown)])


async def edit(message: Message, sent: tuple[int, ...], shown: Shown) -> tuple[int, ...]:
    """Put a reply in place of the messages sent before, in the chat of `message`; return the ids it has now."""
    ids = []
    for number, piece in zip_longest(sent, _pieces(shown)):
        if piece is None:
            await _delete(message, number)
        elif number is None:
            ids.append(await _send(message, piece))
        else:
            ids.append(await _edit(message, number, piece))
    return tuple(ids)


async def acknowledge(query: CallbackQuery, text: str = "") -> None:
    """Answer a press, with a note if there is one; that it is too old to be answered does not matter."""
    try:
        await query.answer(text or None)
    except TelegramError as error:
        LOG.info("A press was not acknowledged: %s.", error)


async def _send(message: Message, piece: Piece) -> int:
    in_group = message.chat.type != ChatType.PRIVATE
    sent = await message.reply_text(piece[0], ParseMode.HTML, reply_markup=piece[1], do_quote=in_group)
    return sent.message_id


async def _edit(message: Message, number: int, piece: Piece) -> int:
    """Edit one message; send it anew where it cannot be edited any more."""
    try:
        await message.get_bot().edit_message_text(
            piece[0], message.chat_id, number, parse_mode=ParseMode.HTML, reply_markup=piece[1]
        )
    except BadRequest as error:
        if "not modified" not in str(error).casefold():  # as after a second press of one button
            LOG.info("A message is sent anew: %s.", error)
            return await _send(message, piece)
    return number


async def _delete(message: Message, number: int) -> None:
    """Delete one message; where Telegram does not let the bot, it stays."""
    try:
        await message.get_bot().delete_message(message.chat_id, number)
    except BadRequest as error:
        LOG.info("A message was not deleted: %s.", error)


def _pieces(shown: Shown) -> Iterator[Piece]:
    """Yield the messages of a reply; the buttons stand under the last."""
    *firsts, last = shown.html
    yield from ((html, None) for html in firsts)
    yield last, shown.keyboard
