"""The buttons under replies and the data they carry, which says all there is to know: it outlives a restart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity
from telegram.helpers import create_deep_linked_url

from bot.base.model import Base
from bot.dialogue.conversation import Turn
from bot.dialogue.model import Option

ENTRY = "e:"
"""What begins the data of a button that stands for an entry."""

NONE_OF_THESE = "n:"
"""What begins the data of "None of these"; behind it stands the number under which the question is kept."""

GOOD, BAD = "+:", "-:"
"""What begins the data of the thumbs under an answer; behind it stands its entry."""

ALL_TOPICS = "all"
"""The data of the button that has the topics sent; one of the menu's own would put them in place of what is said."""

LOST = frozenset(("foreign", "off_topic", "declined", "too_long"))
"""The kinds of reply to somebody who may not know what there is to ask."""

LONGEST_NUMBER = 18
"""Digits of the number of something kept; the file it is kept in takes no more."""

_START = "?start="


class Buttons:
    """Makes the keyboards under replies, and reads them."""

    def __init__(self, base: Base, username: str, *, thumbs: bool) -> None:
        """Take the base, the bot's name without the @, and whether answers can be judged by a thumb."""
        self._base = base
        self._username = username
        self._thumbs = thumbs

    def under(self, turn: Turn, noted: int = 0) -> InlineKeyboardMarkup | None:
        """Return the keyboard under the reply of a turn, or None where it has none; `noted` is its number if kept."""
        reply = turn.reply
        if turn.context.unsure and reply.options:
            rows = [[entry_button(option, f"{number}. ")] for number, option in enumerate(reply.options, 1)]
            rows.append([self._button("none_of_these", f"{NONE_OF_THESE}{noted}")])
        else:
            rows = [[entry_button(option)] for option in reply.options]
        if reply.kind in LOST:
            rows.append([self._button("all_topics", ALL_TOPICS)])
        if self._thumbs:
            rows += self._thumbs_for([stated.entry for stated in reply.stated])
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

    def judged(self, data: str) -> tuple[str, bool]:
        """Return the entry that a thumb is about, nothing where the data is of no thumb, and whether it is up."""
        entry = data.removeprefix(GOOD).removeprefix(BAD)
        return (entry if data.startswith((GOOD, BAD)) and entry in self._base.entries else ""), data.startswith(GOOD)

    @staticmethod
    def noted(data: str) -> int | None:
        """Return the number that "None of these" carries, or None where the data is of another button."""
        number = data.removeprefix(NONE_OF_THESE)
        sound = data.startswith(NONE_OF_THESE) and number.isascii() and number.isdecimal()
        return int(number) if sound and len(number) <= LONGEST_NUMBER else None

    def stated(self, message: Message) -> str:
        """Return the entry that one of the bot's messages states, read from its buttons, or nothing.

        One sent through inline mode has a link in its button. A topic sent so has one too, but states no entry: it
        links to each of its own.
        """
        links = [button.copy_text.text for button in _buttons(message) if button.copy_text]
        if not any(entity.type == MessageEntity.TEXT_LINK for entity in message.entities):
            links += [button.url for button in _buttons(message) if button.url]
        entries = [link.partition(_START)[2] for link in links]
        return next((entry for entry in entries if entry in self._base.entries), "")

    def offered(self, message: Message) -> tuple[str, ...]:
        """Return the entries that one of the bot's messages offers."""
        data = [button.callback_data for button in _buttons(message) if isinstance(button.callback_data, str)]
        return tuple(entry for entry in map(self.entry, data) if entry)

    def asks_back(self, message: Message) -> int | None:
        """Return the number of one of the bot's messages that asks which of its offers is meant, else None."""
        numbers = (self.noted(str(button.callback_data)) for button in _buttons(message))
        return next((number for number in numbers if number is not None), None)

    def _thumbs_for(self, entries: Sequence[str]) -> list[list[InlineKeyboardButton]]:
        """Return a row of thumbs for each answer; of several, each says which it is about."""
        if len(entries) == 1:
            return [[self._button("good", f"{GOOD}{entries[0]}"), self._button("bad", f"{BAD}{entries[0]}")]]
        return [
            [self._button("good_of", f"{GOOD}{entry}", number), self._button("bad_of", f"{BAD}{entry}", number)]
            for number, entry in enumerate(entries, 1)
        ]

    def _button(self, message: str, data: str, number: int = 0) -> InlineKeyboardButton:
        return InlineKeyboardButton(self._base.messages[message].format(number=number), callback_data=data)


def entry_button(option: Option, number: str = "") -> InlineKeyboardButton:
    """Return the button that has an entry stated, its label behind a `number` if one is given."""
    return InlineKeyboardButton(f"{number}{option.label}", callback_data=f"{ENTRY}{option.entry}")


def _buttons(message: Message) -> Iterable[InlineKeyboardButton]:
    return [button for row in message.reply_markup.inline_keyboard for button in row] if message.reply_markup else ()
