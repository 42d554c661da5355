"""What each command shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from telegram import Message
from telegram.constants import ChatType

from bot.dialogue.conversation import Conversation
from bot.recent import Recent
from bot.render.html import text_html
from bot.telegram.addressed import replied_to, replies_to, said_to
from bot.telegram.answers import Answers
from bot.telegram.article import ArticlePages
from bot.telegram.buttons import Buttons
from bot.telegram.feedback import Feedback
from bot.telegram.memory import Memory, speaker_of
from bot.telegram.menu import Menu
from bot.telegram.reading import quoted
from bot.telegram.shown import Shown

Make = Callable[[Message], Awaitable[Shown | None]]

SUMMARY = "summary"
"""The entry that /summary states."""

FORGOTTEN = 100
"""Of how many /forget_me it is remembered how much was deleted."""


class Commands:
    """Makes the replies to commands."""

    def __init__(  # noqa: PLR0913, PLR0917 (each is a part of the edge that some command shows)
        self,
        conversation: Conversation,
        memory: Memory,
        answers: Answers,
        buttons: Buttons,
        menu: Menu,
        article: ArticlePages,
        feedback: Feedback,
        keep_days: int,
    ) -> None:
        self._conversation = conversation
        self._messages = conversation.base.messages
        self._memory = memory
        self._answers = answers
        self._buttons = buttons
        self._menu = menu
        self._article = article
        self._feedback = feedback
        self._keep_days = keep_days
        self._forgotten: Recent[tuple[int, int], int] = Recent(FORGOTTEN)
        smalltalk = conversation.base.smalltalk.values()
        self._talk = frozenset(said for block in smalltalk for said in block.phrasings if said.startswith("/"))

    @property
    def all(self) -> Mapping[str, Make]:
        """Return what makes the reply to each command, by its name."""
        return {
            "start": self._start,
            "ask": self._ask,
            "topics": self._topics,
            "summary": self._summary,
            "people": self._people,
            "timeline": self._timeline,
            "article": self._show_article,
            "why": self._why,
            "privacy": self._privacy,
            "forget_me": self._forget_me,
            "help": self._help,
        }

    async def other(self, message: Message) -> Shown | None:
        """Return the reply to a command that is not among `all`, or None where it is not for the bot."""
        said = said_to(message.get_bot().bot, message)
        if not said:
            return None
        name = said.split()[0].casefold()
        if "@" in name and message.chat.type != ChatType.PRIVATE:
            return None  # "/new@OtherBot", in reply to a message of this one
        if name in self._talk:
            return await self._answers.to_words(message, said)
        return Shown((text_html(self._messages["unknown_command"]),))

    async def _start(self, message: Message) -> Shown:
        entry = _argument(message)
        if entry in self._conversation.base.entries:
            return self._answers.state(entry)
        self._memory.begin_anew(speaker_of(message))
        return Shown((text_html(self._messages["start"]),), self._buttons.offer([SUMMARY]))

    async def _ask(self, message: Message) -> Shown:
        question = _argument(message)
        if question or quoted(message.get_bot().bot, message, alone=True):
            return await self._answers.to_words(message, question)
        return Shown((text_html(self._messages["ask_what"]),))

    async def _topics(self, _: Message) -> Shown:
        return self._menu.first

    async def _summary(self, _: Message) -> Shown:
        return self._answers.state(SUMMARY)

    async def _people(self, _: Message) -> Shown:
        return self._answers.show(self._conversation.people())

    async def _timeline(self, _: Message) -> Shown:
        return self._answers.state(self._conversation.base.article.timeline)

    async def _show_article(self, _: Message) -> Shown:
        return self._article.first

    async def _why(self, message: Message) -> Shown:
        replied = replied_to(message)
        speaker = speaker_of(message)
        about = self._memory.of(replied) or (None if replied else self._memory.last(speaker))
        entry = self._buttons.stated(replied) if replied and replies_to(message.get_bot().bot, message) else ""
        # In a group, what somebody asked is told to nobody else.
        if about and about.account and about.speaker.person == speaker.person:
            return Shown((text_html(about.account),))
        if entry:
            label = self._conversation.base.entries[entry].label
            return Shown((text_html(self._messages["why_forgotten"].format(label=label)),))
        return Shown((text_html(self._messages["why_nothing"]),))

    async def _privacy(self, _: Message) -> Shown:
        if not self._feedback.keeps:
            return Shown((text_html(self._messages["privacy_off"]),))
        return Shown((text_html(self._messages["privacy"].format(days=self._keep_days)),))

    async def _forget_me(self, message: Message) -> Shown:
        person, number = speaker_of(message).person, (message.chat_id, message.message_id)
        self._memory.forget(person)
        count = await self._feedback.forget(person)
        if count is None:
            return Shown((text_html(self._messages["not_forgotten"]),))
        # Of a reply that could not be sent, the next try tells the same.
        count += self._forgotten.get(number) or 0
        self._forgotten.put(number, count)
        return Shown((text_html(self._messages["forgotten"].format(count=count)),))

    async def _help(self, _: Message) -> Shown:
        return Shown((text_html(self._messages["help"]),))


def _argument(message: Message) -> str:
    """Return what follows a command."""
    return "".join((message.text or "").split(maxsplit=1)[1:]).strip()
