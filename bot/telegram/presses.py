"""What the buttons do."""

from __future__ import annotations

from telegram import CallbackQuery, Message

from bot.dialogue.conversation import Conversation
from bot.telegram.answers import Answers
from bot.telegram.article import ArticlePages
from bot.telegram.buttons import NONE_OF_THESE, Buttons
from bot.telegram.delivery import Delivery, acknowledge, edit
from bot.telegram.menu import Menu
from bot.telegram.shown import Shown


class Presses:
    """Acts on pressed buttons, however old they are."""

    def __init__(  # noqa: PLR0913, PLR0917 (each is a part of the edge that some button leads to)
        self,
        conversation: Conversation,
        delivery: Delivery,
        answers: Answers,
        buttons: Buttons,
        menu: Menu,
        article: ArticlePages,
    ) -> None:
        self._conversation = conversation
        self._stale = conversation.base.messages["stale_button"]
        self._delivery = delivery
        self._answers = answers
        self._buttons = buttons
        self._menu = menu
        self._article = article

    async def press(self, query: CallbackQuery) -> None:
        """Acknowledge a press at once, and do what the button stands for."""
        data = query.data or ""
        message = query.message if isinstance(query.message, Message) else None
        page = self._menu.page(data) or self._article.page(data)
        shown = None if page else self._says(data)
        await acknowledge(query, "" if message and (page or shown) else self._stale)
        if message and page:
            await edit(message, (message.message_id,), page)
        elif message and shown:
            await self._delivery.follow(query, message, shown)

    def _says(self, data: str) -> Shown | None:
        """Return the reply that a button asks for, or None where it asks for none."""
        entry = self._buttons.entry(data)
        if entry:
            return self._answers.state(entry)
        if data == NONE_OF_THESE:
            return self._answers.show(self._conversation.decline())
        return None
