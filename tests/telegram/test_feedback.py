"""What goes wrong and what people think is kept for the curator."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.base.model import Base
from bot.cli import app
from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Answer, Context
from bot.errors import StoreError
from bot.store.model import Kind
from bot.store.sqlite import LITTLE_PATIENCE
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Events, Running, served, settings_for
from tests.telegram.people import Person, labels

UNTOLD = "Did Musk eat a pizza?"


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


async def test_a_locked_store_holds_up_a_few_and_no_stop(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    loop = asyncio.get_running_loop()
    people = [Person(api, number) for number in range(900, 920)]
    async with running(conversation):
        with closing(sqlite3.connect(kept / "misses.sqlite")) as other:
            other.execute("BEGIN IMMEDIATE")
            begun = loop.time()
            for each in people:
                await each.says(UNTOLD)
            await ada.says("/help")
            for _ in (*people, ada):
                assert (await api.shows())["text"]
            # Each would wait as long as the first.
            assert loop.time() - begun < len(people) * LITTLE_PATIENCE / 2
            other.rollback()
        await ada.asks(UNTOLD)


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
        assert await ada.presses_data(refusal, "+:altman-age") == base.messages["thanks_failed"]
        await ada.presses_data(refusal, "n:1")
        assert (await ada.api.shows())["text"] == base.messages["declined"]
        assert (await ada.asks("/forget_me"))["text"] == base.messages["not_forgotten"]
    assert "A miss was not kept" in caplog.text
    assert UNTOLD not in caplog.text


async def test_what_could_not_be_deleted_at_an_edit_is_at_the_next(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path, events: Events
) -> None:
    async with running(conversation):
        question = await ada.says(UNTOLD)
        await api.shows()
        with closing(sqlite3.connect(kept / "misses.sqlite")) as other:
            other.execute("BEGIN IMMEDIATE")
            await ada.edits(question, "Who is JD Vance?")
            await api.shows()
            other.rollback()
        assert [event.text for event in events()] == [UNTOLD]
        await ada.edits(question, "How old is Altman?")
        await api.shows()
        assert events() == ()


async def test_a_store_that_cannot_be_opened_is_told_at_the_start(
    api: BotApi, conversation: Conversation, kept: Path
) -> None:
    (kept / "misses.sqlite").mkdir()
    with pytest.raises(StoreError, match="ARTICLE_BOT_DATA_DIR"):
        await served(conversation, settings_for(api))


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
