"""The whole article, line by line, in pages that are turned by buttons."""

from __future__ import annotations

from html import escape

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.base.model import Base
from bot.telegram.shown import Shown

PAGE = 1_300
"""Characters of text on a page: what a phone shows in two or three screens."""

PREFIX = "a:"
"""What begins the data of a button that leads to a page."""


class ArticlePages:
    """The pages of the article, by the data of the button that leads to each."""

    def __init__(self, base: Base) -> None:
        self._messages = base.messages
        pages: list[list[str]] = [[]]
        size = 0
        for number in base.article.told_lines:
            line = base.article.line(number).strip()
            if pages[-1] and size + len(line) > PAGE:
                pages.append([])
                size = 0
            pages[-1].append(f"¶ {number}: {escape(line)}")
            size += len(line)
        title = escape(base.article.title)
        self._pages = {
            f"{PREFIX}{number}": Shown(
                (self._html(title, lines, number, len(pages)),), self._turning(number, len(pages))
            )
            for number, lines in enumerate(pages, 1)
        }

    @property
    def first(self) -> Shown:
        """Return the first page."""
        return self._pages[f"{PREFIX}1"]

    def page(self, data: str) -> Shown | None:
        """Return the page that a button leads to, or None where it leads to none."""
        return self._pages.get(data)

    def _html(self, title: str, lines: list[str], number: int, count: int) -> str:
        place = escape(self._messages["page"].format(number=number, count=count))
        return "\n\n".join([f"<b>{title}</b>\n<i>{place}</i>", *lines])

    def _turning(self, number: int, count: int) -> InlineKeyboardMarkup | None:
        turning = [("previous", number - 1)] * (number > 1) + [("next", number + 1)] * (number < count)
        row = [InlineKeyboardButton(self._messages[name], callback_data=f"{PREFIX}{to}") for name, to in turning]
        return InlineKeyboardMarkup([row]) if row else None
