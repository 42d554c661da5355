"""The buttons under replies and the data they carry, which says all there is to know: it outlives a restart."""

from __future__ import annotations

from collections.abc import Iterable

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.helpers import create_deep_linked_url

from bot.base.model import Base
from bot.dialogue.conversation import Turn
from bot.dialogue.model import Option

ENTRY = "e:"
"""What begins the data of a button that stands for an entry."""

NONE_OF_THESE = "n"
"""The data of "None of these"."""

_START = "?start="


class Buttons:
    """Makes the keyboards under replies, and reads them."""

    def __init__(self, base: Base, username: str) -> None:
        """Take the base, and the bot's name without the @."""
        self._base = base
        self._username = username

    def under(self, turn: Turn) -> InlineKeyboardMarkup | None:
        """Return the keyboard under the reply of a turn, or None where it has none."""
        reply = turn.reply
        if turn.context.unsure and reply.options:
            rows = [[entry_button(option, f"{number}. ")] for number, option in enumerate(reply.options, 1)]
            rows.append([self._button("none_of_these", NONE_OF_THESE)])
        else:
            rows = [[entry_button(option)] for option in reply.options]
        if reply.stated:
            link = CopyTextButton(self.link(reply.stated[0].entry))
            rows.append([InlineKeyboardButton(self._base.messages["copy_link"], copy_text=link)])
        return InlineKeyboardMarkup(rows) if rows else None

    def offer(self, entries: Iterable[str]) -> InlineKeyboardMarkup:
        """Return a keyboard of entries."""
        return InlineKeyboardMarkup([[entry_button(Option(each, self._base.entries[each].label))] for each in entries])

    def link(self, entry: str) -> str:
        """Return the link that has the bot state an entry."""
        return create_deep_linked_url(self._username, entry)

    def link_button(self, entry: str) -> InlineKeyboardButton:
        """Return a button that leads to the private chat, where the bot states an entry."""
        return InlineKeyboardButton(self._base.messages["ask_more"], url=self.link(entry))

    def entry(self, data: str) -> str:
        """Return the entry that a button's data stands for, or nothing where it stands for none."""
        entry = data.removeprefix(ENTRY)
        return entry if data.startswith(ENTRY) and entry in self._base.entries else ""

    def stated(self, message: Message) -> str:
        """Return the entry that one of the bot's messages states, read from its buttons, or nothing."""
        links = [button.copy_text.text for button in _buttons(message) if button.copy_text]
        entries = [link.partition(_START)[2] for link in links]
        return next((entry for entry in entries if entry in self._base.entries), "")

    def offered(self, message: Message) -> tuple[str, ...]:
        """Return the entries that one of the bot's messages offers."""
        data = [button.callback_data for button in _buttons(message) if isinstance(button.callback_data, str)]
        return tuple(entry for entry in map(self.entry, data) if entry)

    @staticmethod
    def asks_back(message: Message) -> bool:
        """Tell whether one of the bot's messages asks which of its offers is meant."""
        return any(str(button.callback_data).startswith(NONE_OF_THESE) for button in _buttons(message))

    def _button(self, message: str, data: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(self._base.messages[message], callback_data=data)


def entry_button(option: Option, number: str = "") -> InlineKeyboardButton:
    """Return the button that has an entry stated, its label behind a `number` if one is given."""
    return InlineKeyboardButton(f"{number}{option.label}", callback_data=f"{ENTRY}{option.entry}")


def _buttons(message: Message) -> Iterable[InlineKeyboardButton]:
    return [button for row in message.reply_markup.inline_keyboard for button in row] if message.reply_markup else ()
