"""What is done where an update cannot be handled: one record for who runs the bot, one apology for who wrote."""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import CallbackContext

from bot.telegram.delivery import Delivery
from bot.telegram.memory import Memory
from bot.telegram.patience import UnsentError, reason
from bot.telegram.shown import Shown

LOG = logging.getLogger(__name__)

CHAIN = 10
"""How many errors that led to one another are told of."""

NOT_ALLOWED = re.compile("rights|topic_closed|thread not found|chat_restricted|write_forbidden", re.IGNORECASE)
"""What Telegram says with a 400 where the bot may not write in a chat at the moment."""

TELLING = re.compile(r"\w{4,}")
"""The words of a message that say something of it."""

Ctx = CallbackContext[Any, Any, Any, Any]
Handle = Callable[[Update, Ctx], Coroutine[Any, Any, None]]


class Trouble:
    """Deals with the errors of every handler."""

    def __init__(self, memory: Memory, delivery: Delivery, apology: str) -> None:
        """Take what remembers and what reaches the chats, and the HTML of the apology."""
        self._memory = memory
        self._delivery = delivery
        self._apology = apology
        self._unsent: set[int] = set()

    def during(self, part: str, handle: Handle) -> Handle:
        """Return a handler whose errors end here; `part` is what the record calls it."""

        async def handled(update: Update, context: Ctx) -> None:
            try:
                await handle(update, context)
            except Exception as error:
                await self.deal(part, update, error)

        return handled

    def is_unsent(self, update: Update) -> bool:
        """Tell, once, whether a reply to an update is still to be sent."""
        unsent = update.update_id in self._unsent
        self._unsent.discard(update.update_id)
        return unsent

    async def elsewhere(self, update: object, context: Ctx) -> None:
        """Deal with an error outside all handlers, as while one is chosen."""
        if context.error:
            await self.deal("no handler", update if isinstance(update, Update) else None, context.error)

    async def deal(self, part: str, update: Update | None, error: Exception) -> None:
        """Deal with an error; whatever comes of that ends here too."""
        chat = update.effective_chat if update else None
        where = f"update {update.update_id if update else '-'}, {chat.type if chat else 'no'} chat, {part}"
        if isinstance(error, Forbidden):
            LOG.info("A reply was dropped: %s. (%s)", reason(error), where)
            if chat:
                self._memory.leave(chat.id)
        elif isinstance(error, BadRequest) and NOT_ALLOWED.search(str(error)):
            # As where a group lets only its administrators write, or a topic is gone: nor would an apology arrive.
            LOG.info("A reply was not allowed: %s. (%s)", reason(error), where)
        elif isinstance(error, TelegramError) and not isinstance(error, BadRequest):
            if update and isinstance(error, UnsentError):
                self._unsent.add(update.update_id)
            LOG.warning("A reply could not be sent: %s. (%s)", reason(error), where)
        else:
            LOG.error("An update could not be handled (%s).\n%s", where, told(error, _words(update)))
            await self._apologise(update)

    async def _apologise(self, update: Update | None) -> None:
        message = update.effective_message if update else None
        if message is None:
            return
        try:
            await self._delivery.send(message, Shown((self._apology,)))
        except TelegramError as error:
            LOG.info("An apology was not sent: %s.", reason(error))
            if isinstance(error, Forbidden):
                self._memory.leave(message.chat_id)
        except Exception as error:  # the bug may be in what sends; its text may be somebody's words
            LOG.info("An apology was not sent: %s.", type(error).__name__)


def told(error: BaseException, words: frozenset[str]) -> str:
    """Return the traceback of an error and of what led to it; an error's own text is left out if it has one of `words`.

    A KeyError, for one, is nothing but the word that somebody wrote.
    """
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current and len(chain) < CHAIN:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(_told(each, words) for each in reversed(chain))


def _told(error: BaseException, words: frozenset[str]) -> str:
    text = str(error)
    if any(word in text.casefold() for word in words):
        text = "(not shown, as it may repeat what somebody wrote)"
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{frames}{type(error).__name__}: {text}"


def _words(update: Update | None) -> frozenset[str]:
    """Return the words that came with an update and are nobody's business, and short texts as a whole."""
    message = update.effective_message if update else None
    query = update.inline_query.query if update and update.inline_query else ""
    replied = message.reply_to_message if message else None
    texts = [query, *(text for each in (message, replied) if each for text in (each.text, each.caption))]
    texts += [message.quote.text] if message and message.quote else []
    found = (text.strip().casefold() for text in texts if text)
    return frozenset(word for text in found if text for word in TELLING.findall(text) or [text])
