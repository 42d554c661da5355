"""Inline mode: answers for a question that is being typed in any chat."""

from __future__ import annotations

import logging
from html import escape

from telegram import (
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.base.model import Topic
from bot.dialogue.conversation import Conversation, Turn
from bot.render.html import reply_html
from bot.telegram.buttons import Buttons

LOG = logging.getLogger(__name__)

RESULTS = 20
"""The most results for a query; nobody scrolls further (Telegram takes 50)."""

CACHE_TIME = 300
"""Seconds for which Telegram may show the same results for the same query, to anybody: they depend on it alone."""

DESCRIPTION = 200
"""Characters of an answer's beginning that are shown under its title."""

PAYLOAD = "inline"
"""What /start is sent with from the button over an empty list; it names no entry."""


class Inline:
    """Answers inline queries."""

    def __init__(self, conversation: Conversation, buttons: Buttons) -> None:
        self._conversation = conversation
        self._base = conversation.base
        self._buttons = buttons

    async def answer(self, query: InlineQuery) -> None:
        """Answer a query; that it is out of date, because the person has typed on, does not matter."""
        results = self._answers(query.query) if query.query.strip() else self._topics()
        nothing = InlineQueryResultsButton(self._base.messages["inline_nothing"], start_parameter=PAYLOAD)
        try:
            await query.answer(results, cache_time=CACHE_TIME, button=None if results else nothing)
        except BadRequest as error:
            LOG.info("An inline query was not answered: %s.", error)

    def _answers(self, text: str) -> list[InlineQueryResultArticle]:
        return [self._answer(turn) for turn in self._conversation.suggest(text, RESULTS)]

    def _answer(self, turn: Turn) -> InlineQueryResultArticle:
        stated = turn.reply.stated
        title = " ".join(self._base.entries[each.entry].label for each in stated)
        return self._result(
            "+".join(each.entry for each in stated)[:64],
            title,
            stated[0].text,
            reply_html(turn.reply, self._base.messages),
            stated[0].entry,
        )

    def _topics(self) -> list[InlineQueryResultArticle]:
        return [self._topic(topic) for topic in self._base.topics]

    def _topic(self, topic: Topic) -> InlineQueryResultArticle:
        labels = {entry: self._base.entries[entry].label for entry in topic.entries}
        links = [
            f'<a href="{escape(self._buttons.link(entry))}">{escape(label)}</a>' for entry, label in labels.items()
        ]
        html = "\n".join([f"<b>{escape(topic.title)}</b>", *links])
        return self._result(topic.id, topic.title, " ".join(labels.values()), html, topic.entries[0])

    def _result(self, id_: str, title: str, description: str, html: str, entry: str) -> InlineQueryResultArticle:
        return InlineQueryResultArticle(
            id_,
            title,
            InputTextMessageContent(html, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)),
            reply_markup=InlineKeyboardMarkup([[self._buttons.link_button(entry)]]),
            description=description[:DESCRIPTION],
        )
