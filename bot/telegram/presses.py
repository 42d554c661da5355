"""What the buttons do."""

from __future__ import annotations

from telegram import CallbackQuery, Message

from bot.dialogue.conversation import Conversation
from bot.telegram.answers import Answers
from bot.telegram.article import ArticlePages
from bot.telegram.buttons import ALL_TOPICS, Buttons
from bot.telegram.delivery import Delivery, acknowledge
from bot.telegram.feedback import Feedback
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
        feedback: Feedback,
    ) -> None:
        self._conversation = conversation
        self._messages = conversation.base.messages
        self._delivery = delivery
        self._answers = answers
        self._buttons = buttons
        self._menu = menu
        self._article = article
        self._feedback = feedback

    async def press(self, query: CallbackQuery) -> None:
        """Acknowledge a press at once, and do what the button stands for."""
        data = query.data or ""
        entry, good = self._buttons.judged(data)
        if entry:
            await self._judge(query, entry, good=good)
            return
        message = query.message if isinstance(query.message, Message) else None
        page = self._menu.page(data) or self._article.page(data)
        shown = None if page else self._says(data)
        await acknowledge(query, "" if message and (page or shown) else self._messages["stale_button"])
        if message and page:
            await self._delivery.edit(message, (message.message_id,), page)
        elif message and shown:
            await self._feedback.none_of_these(query.from_user.id, self._buttons.noted(data) or 0)
            await self._delivery.follow(query, message, shown)

    async def _judge(self, query: CallbackQuery, entry: str, *, good: bool) -> None:
        kept = await self._feedback.judge(query.from_user.id, entry, good=good)
        thanks = "thanks_good" if good else "thanks_bad"
        unkept = "thanks_failed" if self._feedback.keeps else "thanks_off"
        await acknowledge(query, self._messages[thanks if kept else unkept])

    def _says(self, data: str) -> Shown | None:
        """Return the reply that a button asks for, or None where it asks for none."""
        if data == ALL_TOPICS:
            return self._menu.first
        entry = self._buttons.entry(data)
        if entry:
            return self._answers.state(entry)
        if self._buttons.noted(data) is not None:
            return self._answers.show(self._conversation.decline())
        return None
