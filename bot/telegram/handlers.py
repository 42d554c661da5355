"""What the bot does on each kind of update."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from telegram import CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.dialogue.chats import Chats
from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Context, Option
from bot.render.html import reply_html, text_html
from bot.telegram.addressed import said_to
from bot.telegram.menu import Menu, Page, questions

LOG = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]
Ctx = CallbackContext[Any, Any, Any, Any]
Handle = Callable[[Update, Ctx], Coroutine[Any, Any, None]]

SUMMARY = "summary"
"""The entry that /summary states."""

ALBUMS = 100
"""How many albums are remembered, so that each gets one reply, not one a picture."""


class Handlers:
    """Answers updates; remembers what each chat is about in memory, and writes nothing down.

    Edited messages are passed over: the answer to the message as it was stands already, and a second one to the same
    message would confuse a group. Whoever mends a question sends it anew.
    """

    def __init__(self, conversation: Conversation, chats: Chats) -> None:
        self._conversation = conversation
        self._chats = chats
        self._messages = conversation.base.messages
        self._menu = Menu(conversation.base)
        self._albums: deque[str] = deque(maxlen=ALBUMS)

    def register(self, app: App) -> None:
        """Have the application call these handlers."""
        new = filters.UpdateType.MESSAGE
        commands = {"start": self._start, "help": self._help, "topics": self._topics, "summary": self._summary}
        for name, callback in commands.items():
            app.add_handler(CommandHandler(name, _on_message(callback), new))
        app.add_handler(MessageHandler(new & filters.TEXT, _on_message(self._text)))
        app.add_handler(MessageHandler(new & filters.ATTACHMENT, _on_message(self._attachment)))
        app.add_handler(CallbackQueryHandler(_on_press(self._press)))
        app.add_error_handler(self._error)

    async def _start(self, message: Message) -> None:
        self._chats.put(message.chat_id, Context())
        summary = Option(SUMMARY, self._conversation.base.entries[SUMMARY].label)
        await _send(message, text_html(self._messages["start"]), questions([summary]))

    async def _help(self, message: Message) -> None:
        await _send(message, text_html(self._messages["help"]))

    async def _topics(self, message: Message) -> None:
        await _send(message, self._menu.first.html, self._menu.first.keyboard)

    async def _summary(self, message: Message) -> None:
        await self._tell(message, self._conversation.state(SUMMARY))

    async def _text(self, message: Message) -> None:
        said = said_to(message.get_bot().bot, message)
        if said is not None:
            await self._tell(message, self._conversation.respond(said, self._chats.get(message.chat_id)), quote=True)

    async def _attachment(self, message: Message) -> None:
        album = message.media_group_id
        if said_to(message.get_bot().bot, message) is None or album in self._albums:
            return
        if album:
            self._albums.append(album)
        await _send(message, text_html(self._messages["text_only"]), quote=True)

    async def _press(self, query: CallbackQuery) -> None:
        page, entry = self._menu.page(query.data or ""), self._menu.entry(query.data or "")
        message = query.message if isinstance(query.message, Message) else None
        await _acknowledge(query, "" if message and (page or entry) else self._messages["stale_button"])
        if message and page:
            await _turn_to(page, message)
        elif message and entry:
            await self._tell(message, self._conversation.state(entry))

    async def _tell(self, message: Message, turn: Turn, *, quote: bool = False) -> None:
        self._chats.put(message.chat_id, turn.context)
        await _send(message, reply_html(turn.reply, self._messages), questions(turn.reply.options), quote=quote)

    async def _error(self, update: object, context: Ctx) -> None:
        error = context.error
        if isinstance(error, Forbidden):
            LOG.info("A reply was dropped: %s.", error)
        elif isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            LOG.warning("A reply could not be sent: %s.", error)
        else:
            LOG.error("An update could not be handled.", exc_info=error)
            if isinstance(update, Update) and update.effective_message:
                with suppress(TelegramError):
                    await _send(update.effective_message, text_html(self._messages["trouble"]))


async def _send(
    message: Message, html: str, keyboard: InlineKeyboardMarkup | None = None, *, quote: bool = False
) -> None:
    """Send HTML to the chat and thread of a message; in a group, with the message quoted if asked for."""
    in_group = message.chat.type != ChatType.PRIVATE
    await message.reply_text(html, ParseMode.HTML, reply_markup=keyboard, do_quote=quote and in_group)


async def _turn_to(page: Page, message: Message) -> None:
    """Show a page of the menu in place of the one in a message; anew where that one cannot be edited any more."""
    try:
        await message.edit_text(page.html, ParseMode.HTML, reply_markup=page.keyboard)
    except BadRequest as error:
        if "not modified" not in str(error).casefold():  # as after a second press of one button
            LOG.info("The menu is sent anew: %s.", error)
            await _send(message, page.html, page.keyboard)


async def _acknowledge(query: CallbackQuery, text: str) -> None:
    """Answer a press, with a note if there is one; that it is too old to be answered does not matter."""
    try:
        await query.answer(text or None)
    except TelegramError as error:
        LOG.info("A press was not acknowledged: %s.", error)


def _on_message(callback: Callable[[Message], Awaitable[None]]) -> Handle:
    async def handle(update: Update, _: Ctx) -> None:
        if update.message:
            await callback(update.message)

    return handle


def _on_press(callback: Callable[[CallbackQuery], Awaitable[None]]) -> Handle:
    async def handle(update: Update, _: Ctx) -> None:
        if update.callback_query:
            await callback(update.callback_query)

    return handle
