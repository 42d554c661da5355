"""What goes wrong and what people think is kept for the curator, and forgotten when somebody wants it forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.model import Base
from bot.cli import app
from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Answer, Context
from bot.errors import StoreError
from bot.store.model import Event, Kind
from bot.store.store import Store, everything
from bot.telegram.start import serve
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running, settings_for
from tests.telegram.people import Person, labels

Events = Callable[[], tuple[Event, ...]]

UNTOLD = "Did Musk eat a pizza?"


@pytest.fixture
def events(kept: Path) -> Events:
    return lambda: everything(kept / "misses.sqlite", 30)


async def gone(api: BotApi, kept: Path, words: bytes) -> None:
    """Wait until no file has the words: an update stays in the inbox until a moment after its answer."""

    def is_so() -> bool:
        try:
            return all(words not in file.read_bytes() for file in kept.iterdir())
        except FileNotFoundError:  # one that was replaced right now
            return False

    await api.until(is_so)


@pytest.mark.usefixtures("bot")
async def test_a_question_that_is_not_told_is_kept_and_an_answer_is_not(ada: Person, events: Events) -> None:
    await ada.asks(UNTOLD)
    await ada.asks("How old is Altman?")
    await ada.asks("hello")
    await ada.asks("/help")
    (event,) = events()
    assert (event.kind, event.text) == (Kind.NOT_IN_ARTICLE, UNTOLD)
    assert event.candidates


@pytest.mark.usefixtures("bot")
async def test_thumbs_are_kept_by_a_press_that_is_thanked_for(
    api: BotApi, ada: Person, base: Base, events: Events
) -> None:
    answer = await ada.asks("How old is Altman?")
    assert await ada.presses(answer, base.messages["good"]) == base.messages["thanks_good"]
    assert [(event.kind, event.entry) for event in events()] == [(Kind.GOOD, "altman-age")]
    assert await ada.presses(answer, base.messages["bad"]) == base.messages["thanks_bad"]
    assert [(event.kind, event.entry) for event in events()] == [(Kind.BAD, "altman-age")]
    assert len(api.called("sendMessage")) == 1


@pytest.mark.usefixtures("bot")
async def test_each_of_two_answers_in_one_reply_has_thumbs_of_its_own(ada: Person, base: Base, events: Events) -> None:
    both = await ada.asks("How old is Altman? And who is JD Vance?")
    good, bad = base.messages["good_of"], base.messages["bad_of"]
    thumbs = [each.format(number=number) for number in (1, 2) for each in (good, bad)]
    assert [label for label in labels(both) if label[0] in "👍👎"] == thumbs
    assert await ada.presses(both, thumbs[1]) == base.messages["thanks_bad"]
    assert await ada.presses(both, thumbs[2]) == base.messages["thanks_good"]
    assert [(event.kind, event.entry) for event in events()] == [(Kind.BAD, "altman-age"), (Kind.GOOD, "who-is-vance")]


async def test_a_thumb_given_after_a_restart_counts(
    conversation: Conversation, running: Running, ada: Person, base: Base, events: Events
) -> None:
    async with running(conversation):
        answer = await ada.asks("How old is Altman?")
    async with running(conversation):
        await ada.presses(answer, base.messages["bad"])
    assert [event.entry for event in events()] == ["altman-age"]


@pytest.mark.parametrize(
    "way", ["press", "type", "type after thanks", "press after a restart", "reply after a restart"]
)
async def test_none_of_these_keeps_the_question_as_missed(  # noqa: PLR0913, PLR0917
    api: BotApi, wavering: Conversation, running: Running, ada: Person, base: Base, events: Events, way: str
) -> None:
    async with running(wavering):
        asked_back = await ada.asks("Is Musk a critic?")
        assert [event.kind for event in events()] == [Kind.CLARIFY]
        if way == "type after thanks":
            await ada.asks("thanks")
        if way == "press":
            await ada.presses(asked_back, base.messages["none_of_these"])
            await api.shows()
        elif way.startswith("type"):
            await ada.asks("none of these")
    if way.endswith("restart"):
        async with running(wavering):
            if way.startswith("press"):
                await ada.presses(asked_back, base.messages["none_of_these"])
            else:
                await ada.says("neither", reply_to_message=asked_back)
            assert (await api.shows())["text"] == base.messages["declined"]
    assert [(event.kind, event.text) for event in events()] == [(Kind.NONE_OF_THESE, "Is Musk a critic?")]


@pytest.mark.parametrize("way", ["press", "type"])
async def test_none_of_these_under_a_refusal_keeps_that_nothing_it_offered_was_meant(  # noqa: PLR0913, PLR0917
    api: BotApi, guessing: Conversation, running: Running, ada: Person, base: Base, events: Events, way: str
) -> None:
    async with running(guessing):
        refusal = await ada.asks("Is Musk a critic?")
        assert [event.kind for event in events()] == [Kind.NOT_IN_ARTICLE]
        if way == "press":
            await ada.presses(refusal, base.messages["none_of_these"])
            await api.shows()
        else:
            await ada.asks("none of these")
    assert [(event.kind, event.text) for event in events()] == [(Kind.NONE_OF_THESE, "Is Musk a critic?")]


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("data", ["n:0", "n:999999999999", "n:1"])
async def test_none_of_these_about_what_was_never_kept_or_is_gone_does_no_harm(
    api: BotApi, ada: Person, base: Base, events: Events, data: str
) -> None:
    menu = await ada.asks("/topics")
    await ada.presses_data(menu, data)
    assert (await api.shows())["text"] == base.messages["declined"]
    assert events() == ()


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("data", ["+:", "-:no-such-entry", "+", "n:", "n:-1", "n:٣", "n"])
async def test_a_thumb_or_a_number_out_of_date_is_told_so(ada: Person, base: Base, events: Events, data: str) -> None:
    assert await ada.presses_data(await ada.asks("/topics"), data) == base.messages["stale_button"]
    assert events() == ()


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


async def test_a_store_that_fails_costs_no_reply(  # noqa: PLR0913, PLR0917
    conversation: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    kept: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with running(conversation):
        with sqlite3.connect(kept / "misses.sqlite") as database:
            database.execute("DROP TABLE events")
        refusal = await ada.asks(UNTOLD)
        assert labels(refusal)
        assert await ada.presses_data(refusal, "+:altman-age") == base.messages["thanks_off"]
        await ada.presses_data(refusal, "n:1")
        assert (await ada.api.shows())["text"] == base.messages["declined"]
        assert (await ada.asks("/forget_me"))["text"] == base.messages["not_forgotten"]
    assert "A miss was not kept" in caplog.text
    assert UNTOLD not in caplog.text


async def test_a_store_that_cannot_be_opened_is_told_at_the_start(
    api: BotApi, conversation: Conversation, kept: Path
) -> None:
    (kept / "misses.sqlite").mkdir()
    with pytest.raises(StoreError, match="ARTICLE_BOT_DATA_DIR"):
        await serve(conversation, settings_for(api))


@pytest.mark.usefixtures("bot")
async def test_the_curator_reads_what_people_missed(ada: Person, base: Base, kept: Path) -> None:
    refusal = await ada.asks(UNTOLD)
    assert base.messages["nearest"] in refusal["text"]
    environment = {"ARTICLE_BOT_DATA_DIR": str(kept), "NO_COLOR": "1"}
    listed = await asyncio.to_thread(CliRunner().invoke, app, ["misses"], env=environment)
    assert (listed.exit_code, UNTOLD in listed.stdout) == (0, True)
    as_yaml = await asyncio.to_thread(CliRunner().invoke, app, ["misses", "--yaml"], env=environment)
    assert (as_yaml.exit_code, UNTOLD in as_yaml.stdout) == (0, True)


class Hesitant(Conversation):
    """A conversation that is never quite sure of its answers."""

    def __init__(self, sound: Conversation) -> None:
        self.base = sound.base
        self._sound = sound

    def respond(self, text: str, context: Context = EMPTY, language: str = "") -> Turn:
        turn = self._sound.respond(text, context, language)
        if not isinstance(turn.decision, Answer):
            return turn
        return replace(turn, decision=Answer(tuple(replace(each, confidence=0.8) for each in turn.decision.facts)))

    def account(self, turn: Turn) -> str:
        return self._sound.account(turn)


async def test_an_answer_given_with_little_confidence_is_kept_with_what_else_it_could_have_been(
    conversation: Conversation, running: Running, ada: Person, events: Events
) -> None:
    async with running(Hesitant(conversation)):
        await ada.asks("How old is Altman?")
    (event,) = events()
    assert (event.kind, event.text, event.entry) == (Kind.UNSURE, "How old is Altman?", "altman-age")
    assert event.understood == "how old is altman"
    assert event.candidates[0][0] == "altman-age"
