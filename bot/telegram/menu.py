"""The menu: the topics, and the questions of each in pages."""

from __future__ import annotations

from html import escape
from math import ceil

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.base.model import Base, Topic
from bot.dialogue.model import Option
from bot.telegram.buttons import entry_button
from bot.telegram.shown import Shown

PAGE = 10
"""The most questions on one page of a topic."""

TOPICS = "m"
"""The data of the button that leads to the topics."""


class Menu:
    """Every page of the menu, by the data of the button that leads to it."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._pages = {TOPICS: self._topics()}
        for topic in base.topics:
            for number in range(1, _page_count(topic) + 1):
                self._pages[_topic_data(topic, number)] = self._topic(topic, number)

    @property
    def first(self) -> Shown:
        """Return the page that lists the topics."""
        return self._pages[TOPICS]

    def page(self, data: str) -> Shown | None:
        """Return the page that a button leads to, or None where it leads to none."""
        return self._pages.get(data)

    def _topics(self) -> Shown:
        buttons = [
            [InlineKeyboardButton(topic.title, callback_data=_topic_data(topic, 1))] for topic in self._base.topics
        ]
        return Shown((escape(self._base.messages["topics"]),), InlineKeyboardMarkup(buttons))

    def _topic(self, topic: Topic, number: int) -> Shown:
        count = _page_count(topic)
        size = ceil(len(topic.entries) / count)
        entries = topic.entries[(number - 1) * size : number * size]
        buttons = [[entry_button(Option(each, self._base.entries[each].label))] for each in entries]
        turning = [("previous", number - 1)] * (number > 1) + [("next", number + 1)] * (number < count)
        if turning:
            buttons.append([self._button(name, _topic_data(topic, to)) for name, to in turning])
        buttons.append([self._button("back", TOPICS)])
        title = f"<b>{escape(topic.title)}</b>"
        html = f"{title}\n<i>{self._place(number, count)}</i>" if count > 1 else title
        return Shown((html,), InlineKeyboardMarkup(buttons))

    def _place(self, number: int, count: int) -> str:
        return escape(self._base.messages["page"].format(number=number, count=count))

    def _button(self, message: str, data: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(self._base.messages[message], callback_data=data)


def _topic_data(topic: Topic, page: int) -> str:
    return f"t:{topic.id}" if page == 1 else f"t:{topic.id}:{page}"


def _page_count(topic: Topic) -> int:
    return max(1, ceil(len(topic.entries) / PAGE))
