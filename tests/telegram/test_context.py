"""What each chat is about is remembered, for that chat alone and in memory only."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Context, OffTopic, Reply
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person, labels


class Echo(Conversation):
    """A conversation that says what was said before."""

    def __init__(self, real: Conversation) -> None:
        self.base = real.base

    def respond(self, text: str, context: Context = EMPTY, language: str = "") -> Turn:  # noqa: ARG002
        said = f"{text} after {', '.join(context.entries) or 'nothing'}"
        return Turn(Reply("smalltalk", said, (), ()), Context((*context.entries, text)), OffTopic(), ())

    def account(self, turn: Turn) -> str:
        return turn.reply.said

    def state(self, entry: str) -> Turn:
        return Turn(Reply("smalltalk", entry, (), ()), Context((entry,)), OffTopic(), ())


@pytest.fixture
def echo(conversation: Conversation) -> Conversation:
    return Echo(conversation)


async def test_what_was_said_before_counts_until_start_is_sent(
    echo: Conversation, running: Running, ada: Person
) -> None:
    async with running(echo):
        assert (await ada.asks("one"))["text"] == "one after nothing"
        assert (await ada.asks("two"))["text"] == "two after one"
        await ada.asks("/topics")
        assert (await ada.asks("three"))["text"] == "three after one, two"
        await ada.asks("/start")
        assert (await ada.asks("four"))["text"] == "four after nothing"


async def test_a_pressed_button_and_the_summary_count_as_what_was_said_before(
    api: BotApi, echo: Conversation, running: Running, ada: Person
) -> None:
    async with running(echo):
        await ada.presses_data(await ada.asks("/topics"), "e:altman-age")
        assert (await api.shows())["text"] == "altman-age"
        assert (await ada.asks("one"))["text"] == "one after altman-age"
        await ada.asks("/summary")
        assert (await ada.asks("two"))["text"] == "two after summary"


async def test_chats_do_not_hear_of_each_other(api: BotApi, echo: Conversation, running: Running, ada: Person) -> None:
    async with running(echo):
        await ada.asks("one")
        assert (await Person(api, 777).asks("two"))["text"] == "two after nothing"
        assert (await Person(api, 501, group=True).asks("three @ArticleTestBot"))["text"] == "three after nothing"
        assert (await ada.asks("four"))["text"] == "four after one"


async def test_where_nothing_is_to_be_kept_nothing_is_written_down(  # noqa: PLR0913, PLR0917
    api: BotApi,
    guessing: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    kept: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTICLE_BOT_KEEP_MISSES", "false")
    async with running(guessing):
        answer = await ada.asks("/summary")
        assert base.messages["good"] not in labels(answer)
        assert await ada.presses_data(answer, "+:summary") == base.messages["thanks_off"]
        refusal = await ada.asks("Is Musk a critic?")
        await ada.presses(refusal, base.messages["none_of_these"])
        await api.shows()
        assert (await ada.asks("/privacy"))["text"] == base.messages["privacy_off"].strip()
        assert (await ada.asks("/forget_me"))["text"] == base.messages["forgotten"].format(count=0)
    assert list(tmp_path.iterdir()) == []
    locks = {f"polling-{api.me['id']}.lock", f"inbox-{api.me['id']}-1.lock"}
    assert {each.name for each in kept.iterdir()} == {"inbox.sqlite"} | locks
    assert b"pizza" not in (kept / "inbox.sqlite").read_bytes()
