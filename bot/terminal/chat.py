"""Chat in the terminal: questions, numbered choices and a few commands."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import TextIO

from rich.console import Console
from rich.text import Text

from bot.dialogue.choice import place
from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Context
from bot.render.plain import Part, laid_out, wrapped

WIDEST = 100
"""Characters of a line that still reads well."""

LOOKS = {
    Part.ANSWER: "bold",
    Part.QUOTE: "cyan",
    Part.NOTE: "italic yellow",
    Part.HEADING: "dim",
    Part.OPTION: "green",
}

COMMAND = re.compile(r"/\w+")

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
        self._last: Turn | None = None
        smalltalk = conversation.base.smalltalk.values()
        self._talk = frozenset(said for block in smalltalk for said in block.phrasings if said.startswith("/"))

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
        number = place(line, len(self._choices), bare=False) if self._choices else None
        # As in Telegram, what stands behind a command does not matter.
        first = line.split()[0].casefold() if line else ""
        match first:
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
            case "/people":
                self._show(self._conversation.people())
            case "/timeline":
                self._state(self._conversation.base.article.timeline)
            case "/article":
                self._print_article()
            case "/why":
                self._explain()
            case _ if COMMAND.fullmatch(first) and first not in self._talk:
                self._say(Part.SAID, self._messages["unknown_command"])
            case _ if number is not None:
                self._choose(number)
            case _:
                self._show(self._conversation.respond(line, self._context, self._language))
        self._console.print()
        return True

    def _choose(self, number: int) -> None:
        if 1 <= number <= len(self._choices):
            self._choices[number - 1]()
        else:
            self._say(Part.SAID, self._messages["chat_no_such_number"])

    def _print_article(self) -> None:
        article = self._conversation.base.article
        self._say(Part.ANSWER, article.title)
        for number in article.told_lines:
            self._say(Part.QUOTE, article.line(number), f"  ¶ {number:<4}")

    def _explain(self) -> None:
        account = self._conversation.account(self._last) if self._last else self._messages["why_nothing"]
        for sentence in account.splitlines():
            self._say(Part.SAID, sentence)

    def _list_topics(self) -> None:
        topics = self._conversation.base.topics
        self._list(self._messages["topics"], [topic.title for topic in topics])
        self._choices = tuple(partial(self._list_entries, f"{topic.title}:", topic.entries) for topic in topics)

    def _list_entries(self, title: str, entries: tuple[str, ...]) -> None:
        self._list(title, [self._conversation.base.entries[entry].label for entry in entries])
        self._choices = tuple(partial(self._state, entry) for entry in entries)

    def _list(self, heading: str, labels: list[str]) -> None:
        self._say(Part.HEADING, heading)
        for number, label in enumerate(labels, 1):
            self._say(Part.OPTION, label, f"  {number:>{len(str(len(labels)))}}  ")

    def _state(self, entry: str) -> None:
        self._show(self._conversation.state(entry))

    def _show(self, turn: Turn) -> None:
        self._context = turn.context
        self._last = turn
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


def chat(conversation: Conversation, typed: TextIO, out: TextIO, *, colour: bool, language: str = "") -> None:
    """Hold a chat on standard input and output until the person leaves; a pipe gets the replies and nothing else."""
    on_terminal = typed.isatty()
    console = Console(file=out, highlight=False, color_system="auto" if colour else None)
    local = LocalChat(conversation, console, language)
    try:
        if on_terminal:
            local.open()
        for line in _typed() if on_terminal else typed:
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
