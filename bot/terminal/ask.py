"""Answer one question in plain text."""

from __future__ import annotations

import shutil
from typing import TextIO

from bot.dialogue.conversation import Conversation
from bot.render.plain import full

WIDEST = 100
"""Characters of a line that still reads well."""


def answer(conversation: Conversation, question: str, out: TextIO, language: str = "") -> None:
    """Write the reply to a question; it is wrapped for a terminal only, so that other programs get whole lines."""
    width = min(shutil.get_terminal_size().columns, WIDEST) if out.isatty() else 0
    out.write(full(conversation.respond(question, language=language).reply, conversation.base.messages, width) + "\n")
