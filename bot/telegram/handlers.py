"""Which part of the edge each kind of update goes to."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Message, Update
from telegram.ext import (
    Application,
    ApplicationHandlerStop,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.dialogue.conversation import Conversation
from bot.recent import Recent
from bot.render.html import text_html
from bot.telegram.answers import Answers
from bot.telegram.article import ArticlePages
from bot.telegram.buttons import Buttons
from bot.telegram.commands import Commands, Make
from bot.telegram.delivery import Delivery
from bot.telegram.feedback import Feedback
from bot.telegram.floods import Floods
from bot.telegram.gate import Gate
from bot.telegram.groups import is_addition, is_removal
from bot.telegram.inline import Inline
from bot.telegram.memory import Memory
from bot.telegram.menu import Menu
from bot.telegram.patience import UnsentError
from bot.telegram.presses import Presses
from bot.telegram.shown import Shown
from bot.telegram.trouble import Ctx, Handle, Trouble

LOG = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

FIRST = -1
"""The group of the handler that comes before all others."""

ALBUMS = 100
"""How many albums are remembered, so that each gets one reply, not one a picture."""


class Handlers:
    """Hands each update to the part that deals with it."""

    def __init__(self, app: App, conversation: Conversation, feedback: Feedback, keep_days: int) -> None:
        """Take the application, connected, the conversation, and what keeps things for the curator, for how long."""
        base = conversation.base
        memory, menu, article = Memory(), Menu(base), ArticlePages(base)
        buttons = Buttons(base, app.bot.username, thumbs=feedback.keeps)
        self._app = app
        self._messages = base.messages
        self._feedback = feedback
        self._memory = memory
        self._delivery = Delivery(conversation, memory)
        self._trouble = Trouble(memory, self._delivery, text_html(self._messages["trouble"]))
        self._answers = Answers(conversation, memory, buttons, feedback)
        answers = self._answers
        self._commands = Commands(conversation, memory, answers, buttons, menu, article, feedback, keep_days)
        self._presses = Presses(conversation, self._delivery, answers, buttons, menu, article, feedback)
        self._inline = Inline(conversation, buttons)
        self._gate = Gate(base.messages, self._commands.all, self._delivery, Floods())
        self._albums: Recent[str, int] = Recent(ALBUMS)
        """The message of each album that is replied to."""

    def register(self) -> None:
        """Have the application call these handlers."""
        app = self._app
        new, new_or_edited = filters.UpdateType.MESSAGE, filters.UpdateType.MESSAGES
        words, moves = filters.TEXT | filters.CAPTION, filters.StatusUpdate.MIGRATE
        during = self._trouble.during
        app.add_handler(TypeHandler(Update, self._check), group=FIRST)
        for name, make in self._commands.all.items():
            app.add_handler(CommandHandler(name, during(f"/{name}", self._replying(make)), new_or_edited))
        other = during("unknown command", self._replying(self._commands.other))
        app.add_handler(MessageHandler(new_or_edited & filters.COMMAND, other))
        app.add_handler(MessageHandler(new_or_edited & words, during("words", self._replying(self._words))))
        attachment = during("attachment", self._replying(self._once_an_album))
        app.add_handler(MessageHandler(new & (filters.ATTACHMENT | filters.CHECKLIST), attachment))
        app.add_handler(MessageHandler(new & moves, during("move", self._move)))
        app.add_handler(CallbackQueryHandler(during("press", self._press)))
        app.add_handler(InlineQueryHandler(during("inline query", self._inline_query)))
        app.add_handler(ChatMemberHandler(during("membership", self._member), ChatMemberHandler.MY_CHAT_MEMBER))
        app.add_handler(TypeHandler(Update, self._ignore))
        app.add_error_handler(self._trouble.elsewhere)

    def asks(self, update: Update) -> bool:
        """Tell whether somebody wants something of the bot."""
        return self._gate.asks(update)

    async def admits(self, update: Update) -> bool:
        """Count an update that has just come in, and tell whether it is to be answered in its turn."""
        return await self._gate.admits(update)

    async def answer(self, update: Update) -> bool:
        """Have an update dealt with, and tell whether it is done with; if not, it is worth another try later."""
        await self._app.process_update(update)
        return not self._trouble.is_unsent(update)

    async def _check(self, update: Update, _: Ctx) -> None:
        passes = False
        try:
            passes = await self._gate.lets_pass(update)
        except Exception as error:
            await self._trouble.deal("gate", update, error)
        if not passes:
            raise ApplicationHandlerStop

    @staticmethod
    async def _ignore(update: Update, _: Ctx) -> None:
        LOG.debug("Update %d is of no kind that the bot knows and is ignored.", update.update_id)

    def _replying(self, make: Make) -> Handle:
        async def handle(update: Update, _: Ctx) -> None:
            message = update.effective_message
            if message is None or self._delivery.stands(message, edited=update.edited_message is not None):
                return
            shown = await make(message)
            if shown:
                await self._reply(message, shown)

        return handle

    async def _reply(self, message: Message, shown: Shown) -> None:
        try:
            await self._delivery.reply(message, shown)
        except UnsentError:
            remembered = self._memory.of(message)
            if remembered is None or remembered.kept != shown.kept:
                # Another try will make a new reply, and keep the question once more.
                await self._feedback.withdraw(shown.kept)
            raise

    async def _words(self, message: Message) -> Shown | None:
        if message.media_group_id:
            self._albums.put(message.media_group_id, message.message_id)
        return await self._answers.to_text(message)

    async def _once_an_album(self, message: Message) -> Shown | None:
        album = message.media_group_id
        if album and self._albums.get(album) not in (None, message.message_id):
            return None
        if album:
            self._albums.put(album, message.message_id)
        return await self._answers.to_attachment(message)

    async def _press(self, update: Update, _: Ctx) -> None:
        if update.callback_query:
            await self._presses.press(update.callback_query)

    async def _inline_query(self, update: Update, _: Ctx) -> None:
        if update.inline_query:
            await self._inline.answer(update.inline_query)

    async def _member(self, update: Update, context: Ctx) -> None:
        change = update.my_chat_member
        if change and is_removal(change):
            self._memory.leave(change.chat.id)
        if change and is_addition(change):
            await self._delivery.say(context.bot, change.chat.id, text_html(self._messages["hello_group"]))

    async def _move(self, update: Update, _: Ctx) -> None:
        """Take along what is remembered of a group that becomes a supergroup; both of them say so."""
        message = update.effective_message
        if message and message.migrate_to_chat_id:
            self._memory.move(message.chat_id, message.migrate_to_chat_id)
        elif message and message.migrate_from_chat_id:
            self._memory.move(message.migrate_from_chat_id, message.chat_id)
