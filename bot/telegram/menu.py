"""The inline keyboards: the topics, the questions of each, and what a pressed button means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from math import ceil

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.base.model import Base, Topic
from bot.dialogue.model import Option

PAGE = 10
"""The most questions on one page of a topic."""

TOPICS = "m"
"""The data of the button that leads to the topics."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the menu: its text, and the buttons under it."""

    html: str
    keyboard: InlineKeyboardMarkup


class Menu:
    """Every page of the menu, by the data of the button that leads to it."""

    def __init__(self, base: Base) -> None:
        self._base = base
        self._pages = {TOPICS: self._topics()}
        for topic in base.topics:
            for number in range(1, _page_count(topic) + 1):
                self._pages[_topic_data(topic, number)] = self._topic(topic, number)

    @property
    def first(self) -> Page:
        """Return the page that lists the topics."""
        return self._pages[TOPICS]

    def page(self, data: str) -> Page | None:
        """Return the page that a button leads to, or None where it leads to none."""
        return self._pages.get(data)

    def entry(self, data: str) -> str | None:
        """Return the entry that a button stands for, or None where it stands for none."""
        prefix, _, entry = data.partition(":")
        return entry if prefix == "e" and entry in self._base.entries else None

    def _topics(self) -> Page:
        buttons = [
            [InlineKeyboardButton(topic.title, callback_data=_topic_data(topic, 1))] for topic in self._base.topics
        ]
        return Page(escape(self._base.messages["topics"]), InlineKeyboardMarkup(buttons))

    def _topic(self, topic: Topic, number: int) -> Page:
        count = _page_count(topic)
        size = ceil(len(topic.entries) / count)
        entries = topic.entries[(number - 1) * size : number * size]
        buttons = [[_question(Option(each, self._base.entries[each].label))] for each in entries]
        turning = [("previous", number - 1)] * (number > 1) + [("next", number + 1)] * (number < count)
        if turning:
            buttons.append([self._button(name, _topic_data(topic, to)) for name, to in turning])
        buttons.append([self._button("back", TOPICS)])
        title = f"<b>{escape(topic.title)}</b>"
        return Page(f"{title} ({number}/{count})" if count > 1 else title, InlineKeyboardMarkup(buttons))

    def _button(self, message: str, data: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(self._base.messages[message], callback_data=data)


def questions(options: Iterable[Option]) -> InlineKeyboardMarkup | None:
    """Return the buttons for what can be asked next, one a row, or None where there are none."""
    rows = [[_question(option)] for option in options]
    return InlineKeyboardMarkup(rows) if rows else None


def _question(option: Option) -> InlineKeyboardButton:
    return InlineKeyboardButton(option.label, callback_data=f"e:{option.entry}")


def _topic_data(topic: Topic, page: int) -> str:
    return f"t:{topic.id}" if page == 1 else f"t:{topic.id}:{page}"


def _page_count(topic: Topic) -> int:
    return max(1, ceil(len(topic.entries) / PAGE))
