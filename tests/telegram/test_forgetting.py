"""What is kept for the curator tells nothing of who asked, and is forgotten in time or when somebody wants it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.store.model import Event, Kind
from bot.store.store import Store
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Events, Running
from tests.telegram.people import Person

UNTOLD = "Did Musk eat a pizza?"


async def gone(api: BotApi, kept: Path, words: bytes) -> None:
    """Wait until no file has the words: an update stays in the inbox until a moment after its answer."""

    def is_so() -> bool:
        try:
            return all(words not in file.read_bytes() for file in kept.iterdir())
        except FileNotFoundError:  # one that was replaced right now
            return False

    await api.until(is_so)


@pytest.mark.usefixtures("bot")
async def test_forget_me_deletes_what_is_kept_of_the_person_and_of_nobody_else(
    ada: Person, base: Base, events: Events, kept: Path
) -> None:
    secret = "Did Musk paint the ochre veranda?"
    await ada.asks(secret)
    await ada.presses(await ada.asks("How old is Altman?"), base.messages["good"])
    await Person(ada.api, 777).asks(UNTOLD)
    assert (await ada.asks("/forget_me"))["text"] == base.messages["forgotten"].format(count=2)
    assert [event.text for event in events()] == [UNTOLD]
    await gone(ada.api, kept, b"ochre")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("said", ["@ArticleTestBot ?", f"@ArticleTestBot {UNTOLD}", "/ask"])
async def test_what_is_asked_about_somebody_elses_words_is_kept_without_any_words(
    api: BotApi, events: Events, kept: Path, said: str
) -> None:
    ada, bob = Person(api, 1, group=7), Person(api, 2, group=7)
    words = "My name is Robert Smith of Elm Street, did Musk paint a giraffe?"
    theirs = await bob.says(words)
    await ada.says(said, reply_to_message=theirs)
    await api.shows()
    await ada.says(said, reply_to_message=theirs, quote={"text": words, "position": 0})
    await api.shows()
    await bob.asks("/forget_me")
    assert events()
    assert all((event.text, event.understood) == ("", "") for event in events())
    await gone(api, kept, b"giraffe")


@pytest.mark.usefixtures("bot")
async def test_forwarded_words_and_a_bare_mention_below_a_post_keep_no_words_but_a_reply_to_the_bot_does(
    api: BotApi, ada: Person, events: Events
) -> None:
    await ada.sends(text=UNTOLD, forward_origin={"type": "hidden_user", "date": 1, "sender_user_name": "Bob"})
    menu = await api.shows()
    await ada.says("Does Musk sing?", external_reply={"origin": {"type": "hidden_user", "date": 1,
                   "sender_user_name": "Bob"}}, quote={"text": "Musk sings", "position": 0})  # fmt: skip
    await api.shows()
    group = Person(api, 42, group=True)
    channel = {"id": -1_009, "type": "channel", "title": "News"}
    post = await group.sends(text=UNTOLD, sender_chat=channel, is_automatic_forward=True)
    await group.comments(post, "@ArticleTestBot ?")
    await api.shows()
    assert [event.text for event in events()] == ["", "", ""]
    await ada.says(UNTOLD, reply_to_message=menu)
    await api.shows()
    await group.comments(post, f"/ask {UNTOLD}")
    await api.shows()
    assert [event.text for event in events()][3:] == [UNTOLD, UNTOLD]


@pytest.mark.usefixtures("bot")
async def test_an_edited_question_is_kept_once(api: BotApi, ada: Person, events: Events, kept: Path) -> None:
    question = await ada.says("Did Musk eat the ochre veranda?")
    refusal = await api.shows()
    question = await ada.edits(question, "What is the best recipe for banana bread?")
    await api.shows()
    assert [event.text for event in events()] == [question["text"]]
    await gone(api, kept, b"ochre")
    await ada.asks("Does Altman like cats?")
    thanks = await ada.says("thanks")
    await api.shows()
    await ada.edits(thanks, "hello")
    await api.shows()
    assert [event.text for event in events()] == [question["text"], "Does Altman like cats?"]
    await ada.edits(question, "How old is Altman?")
    assert (await api.shows())["message_id"] == refusal["message_id"]
    assert [event.text for event in events()] == ["Does Altman like cats?"]


@pytest.mark.parametrize("keeps", ["true", "false"])
async def test_what_gets_too_old_while_the_bot_runs_is_deleted_though_nothing_is_noted(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, kept: Path, keeps: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARTICLE_BOT_KEEP_MISSES", keeps)
    monkeypatch.setattr("bot.telegram.feedback.PURGED_EVERY", 0.05)
    path, now = kept / "misses.sqlite", datetime.now(UTC)
    store = Store(path, 30)

    def texts() -> list[str]:
        with closing(sqlite3.connect(path)) as database:
            return [text for (text,) in database.execute("SELECT text FROM events ORDER BY number")]

    store.note(1, Event(now - timedelta(days=31), Kind.CLARIFY, "older", "", "", (), ""))
    async with running(conversation):
        assert texts() == []
        for text, at in (("old", now - timedelta(days=30) + timedelta(seconds=1)), ("new", now)):
            store.note(1, Event(at, Kind.CLARIFY, text, "", "", (), ""))
        await api.until(lambda: texts() == ["new"])


@pytest.mark.usefixtures("bot")
async def test_what_is_kept_does_not_tell_who_asked(ada: Person, kept: Path) -> None:
    await ada.asks(f"{UNTOLD} Write to ada@example.org")
    await gone(ada.api, kept, b"example.org")
    assert b"Ada" not in b"".join(file.read_bytes() for file in kept.iterdir())
    with sqlite3.connect(kept / "misses.sqlite") as database:
        rows = database.execute("SELECT * FROM events").fetchall()
    assert rows
    assert all("501" not in str(value) for row in rows for value in row if isinstance(value, str | bytes))


async def test_what_was_kept_before_can_be_forgotten_where_nothing_is_kept_any_more(
    conversation: Conversation,
    running: Running,
    ada: Person,
    events: Events,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with running(conversation):
        await ada.asks(UNTOLD)
    monkeypatch.setenv("ARTICLE_BOT_KEEP_MISSES", "false")
    async with running(conversation):
        await ada.asks(UNTOLD)
        assert len(events()) == 1
        await ada.asks("/forget_me")
    assert events() == ()
