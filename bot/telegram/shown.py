"""What the bot shows in one reply."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup

from bot.dialogue.conversation import Turn
from bot.dialogue.model import Context


@dataclass(frozen=True, slots=True)
class Shown:
    """A reply as it is sent: its HTML, a message each, and the buttons under the last of them.

    `turn` is the turn of the conversation that it shows; None where it does not count as one, as with /help. `noted` is
    the number under which the question that the buttons are about is kept for the curator, `kept` that of the message
    itself, 0 where it is not: "thanks" leaves open what was offered before it. `before` is what it follows up on,
    if not simply what was said last: what a message replies to may have been said long ago, or to somebody else.
    """

    html: tuple[str, ...]
    keyboard: InlineKeyboardMarkup | None = None
    turn: Turn | None = None
    noted: int = 0
    kept: int = 0
    before: Context | None = None
