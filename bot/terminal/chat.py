"""Chat in the terminal: questions, numbered choices and a few commands."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from functools import partial

from rich.console import Console
from rich.text import Text

from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Context
from bot.render.plain import Part, laid_out, wrapped

WIDEST = 100
"""Characters of a line that still reads well."""

LONGEST_NUMBER = 3
"""Digits that can be a choice; more are no number of any list."""

LOOKS = {
    Part.ANSWER: "bold",
    Part.QUOTE: "cyan",
    Part.NOTE: "italic yellow",
    Part.HEADING: "dim",
    Part.OPTION: "green",
}

Choice = Callable[[], None]


class LocalChat:
    """One chat: what was said so far, and the list that a number chooses from."""

    def __init__(self, conversation: Conversation, console: Console, language: str = "") -> None:
        """Take what answers, where to write, and the code of the person's language, if it is known."""
        self._language = language
        self._conversation = conversation
        self._messages = conversation.base.messages
        self._console = console
        self._context = Context()
        self._choices: tuple[Choice, ...] = ()

    def open(self) -> None:
        """Say what this is and how it is used."""
        self._say(Part.SAID, self._messages["start"])
        self._say(Part.HEADING, self._messages["chat_hint"])

    def close(self) -> None:
        """Say goodbye."""
        self._say(Part.SAID, self._messages["chat_goodbye"])

    def hear(self, line: str) -> bool:
        """Answer a line; return whether the chat goes on."""
        line = line.strip()
        match line.casefold():
            case "":
                return True
            case "/quit" | "/exit":
                return False
            case "/start" | "/help":
                self.open()
            case "/topics":
                self._list_topics()
            case "/summary":
                self._state("summary")
            case _ if self._choices and line.isdecimal() and len(line) <= LONGEST_NUMBER:
                self._choose(int(line))
            case _:
                self._show(self._conversation.respond(line, self._context, self._language))
        self._console.print()
        return True

    def _choose(self, number: int) -> None:
        if 1 <= number <= len(self._choices):
            self._choices[number - 1]()
        else:
            self._say(Part.SAID, self._messages["chat_no_such_number"])

    def _list_topics(self) -> None:
        topics = self._conversation.base.topics
        self._list(self._messages["topics"], [topic.title for topic in topics])
        self._choices = tuple(partial(self._list_entries, topic.title, topic.entries) for topic in topics)

    def _list_entries(self, title: str, entries: tuple[str, ...]) -> None:
        self._list(f"{title}:", [self._conversation.base.entries[entry].label for entry in entries])
        self._choices = tuple(partial(self._state, entry) for entry in entries)

    def _list(self, heading: str, labels: list[str]) -> None:
        self._say(Part.HEADING, heading)
        for number, label in enumerate(labels, 1):
            self._say(Part.OPTION, label, f"  {number:>{len(str(len(labels)))}}  ")

    def _state(self, entry: str) -> None:
        self._show(self._conversation.state(entry))

    def _show(self, turn: Turn) -> None:
        self._context = turn.context
        self._choices = tuple(partial(self._state, option.entry) for option in turn.reply.options)
        for part, text in laid_out(turn.reply, self._messages, self._width, numbered=True):
            self._print(part, text)

    def _say(self, part: Part, text: str, start: str = "") -> None:
        self._print(part, wrapped(text, self._width, start))

    def _print(self, part: Part, text: str) -> None:
        self._console.print(Text(text, LOOKS.get(part, "")), soft_wrap=True)

    @property
    def _width(self) -> int:
        return min(self._console.width, WIDEST)


def chat(conversation: Conversation, *, colour: bool, language: str = "") -> None:
    """Hold a chat on standard input and output until the person leaves; a pipe gets the replies and nothing else."""
    on_terminal = sys.stdin.isatty()
    console = Console(file=sys.stdout, highlight=False, color_system="auto" if colour else None)
    local = LocalChat(conversation, console, language)
    try:
        if on_terminal:
            local.open()
        for line in _typed() if on_terminal else sys.stdin:
            if not local.hear(line):
                break
    except KeyboardInterrupt:
        # Ctrl-C leaves like Ctrl-D.
        console.print()
    if on_terminal:
        local.close()


def _typed() -> Iterator[str]:
    """Yield the lines that a person types, with arrow keys and the history of the session where readline is there."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401, PLC0415 (importing it is what lets input() use it)
    while True:
        try:
            yield input("> ")
        except EOFError:
            # The cursor still stands behind the prompt.
            sys.stdout.write("\n")
            return
