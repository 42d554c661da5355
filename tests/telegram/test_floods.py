"""One person who sends without end: told once, then dropped, and nobody else waits for it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from telegram import InlineQuery, Update, User

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram import pacing
from bot.telegram.dispatcher import DONE, Again, Dispatcher
from bot.telegram.floods import AT_ONCE, GROUP_AT_ONCE, INLINE_AT_ONCE, Floods, Verdict
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person
from tests.telegram.test_intake import waiting

ADA, BOB = 501, 502

TELEGRAMS = pacing.TELEGRAMS


class Clock:
    """The time of the running loop, which goes on only when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", clock)
    return clock


async def judged(floods: Floods, count: int, person: int = ADA) -> list[Verdict]:
    return [await floods.judge(person) for _ in range(count)]


@pytest.mark.usefixtures("clock")
async def test_beyond_the_bucket_there_is_one_notice_and_then_nothing() -> None:
    floods = Floods()
    assert await judged(floods, AT_ONCE + 3) == [Verdict.PASSES] * AT_ONCE + [Verdict.TOLD] + [Verdict.DROPPED] * 2
    assert await floods.judge(BOB) is Verdict.PASSES


async def test_after_it_one_a_second_passes_without_another_notice(clock: Clock) -> None:
    floods = Floods()
    await judged(floods, AT_ONCE + 1)
    for _ in range(30):
        clock.now += 1
        assert await judged(floods, 2) == [Verdict.PASSES, Verdict.DROPPED]


async def test_who_was_silent_for_a_while_is_told_again(clock: Clock) -> None:
    floods = Floods()
    await judged(floods, AT_ONCE + 1)
    clock.now += AT_ONCE
    assert (await judged(floods, AT_ONCE + 1))[-1] is Verdict.TOLD


@pytest.mark.usefixtures("clock")
async def test_an_album_counts_once() -> None:
    floods = Floods()
    assert {await floods.judge(ADA, "album") for _ in range(AT_ONCE + 1)} == {Verdict.PASSES}
    assert (await judged(floods, AT_ONCE))[-2:] == [Verdict.PASSES, Verdict.TOLD]


@pytest.mark.usefixtures("clock")
async def test_each_group_has_a_smaller_bucket_of_its_own_for_each_person() -> None:
    floods = Floods()
    verdicts = [await floods.judge(ADA, group=-1) for _ in range(GROUP_AT_ONCE + 2)]
    assert verdicts == [Verdict.PASSES] * GROUP_AT_ONCE + [Verdict.TOLD, Verdict.DROPPED]
    assert await floods.judge(BOB, group=-1) is Verdict.PASSES
    assert await floods.judge(ADA, group=-2) is Verdict.PASSES
    assert await floods.judge(ADA) is Verdict.PASSES


@pytest.mark.usefixtures("clock")
async def test_inline_queries_have_a_bucket_of_their_own() -> None:
    floods = Floods()
    verdicts = [await floods.judge_inline(ADA) for _ in range(INLINE_AT_ONCE + 1)]
    assert verdicts == [Verdict.PASSES] * INLINE_AT_ONCE + [Verdict.DROPPED]
    assert await floods.judge(ADA) is Verdict.PASSES


@pytest.mark.usefixtures("clock")
async def test_no_more_people_are_kept_count_of_than_there_is_room_for() -> None:
    floods = Floods(people=3)
    await judged(floods, AT_ONCE + 1)
    for stranger in (1, 2, ADA, 3, 4):
        await floods.judge(stranger)
    assert len(floods) == 3
    assert await floods.judge(ADA) is Verdict.DROPPED


def update_of(number: int, person: int) -> Update:
    return Update(number, inline_query=InlineQuery(str(number), User(person, "Somebody", is_bot=False), "", ""))


@pytest.mark.usefixtures("bot")
async def test_a_thousand_messages_of_one_person_are_met_with_a_few_answers_and_one_notice(
    api: BotApi, ada: Person, base: Base
) -> None:
    began = time.monotonic()
    for number in range(1_000):
        await ada.says(f"How old is Altman? {number}")
    await api.until(lambda: any(each["text"] == base.messages["slow_down"] for each in api.called("sendMessage")))
    await Person(api, BOB).asks("Who is JD Vance?")
    mine = [each["text"] for each in api.called("sendMessage") if each["chat_id"] == ADA]
    assert mine.count(base.messages["slow_down"]) == 1
    assert AT_ONCE < len(mine) <= AT_ONCE + 1 + (time.monotonic() - began)


async def test_at_telegrams_pace_a_flood_leaves_nothing_in_the_queue_that_others_wait_behind(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At that pace a bucket judged at its turn would never overflow: it empties as fast as the chat is answered."""
    monkeypatch.setattr(pacing, "TELEGRAMS", TELEGRAMS)
    bob = Person(api, BOB)
    async with running(conversation):
        for number in range(1_000):
            await ada.says(f"How old is Altman? {number}")
        await bob.says("Who is JD Vance?")
        await api.until(lambda: any(each["chat_id"] == BOB for each in api.called("sendMessage")))
        await api.until(lambda: not api.pending and waiting(kept) <= AT_ONCE + 1)
        assert len([each for each in api.called("sendMessage") if each["chat_id"] == ADA]) < AT_ONCE


@pytest.mark.usefixtures("bot")
async def test_many_chats_that_telegram_has_wait_hold_up_no_other(api: BotApi) -> None:
    waiting_ones = [Person(api, 2_000 + number) for number in range(250)]
    for person in waiting_ones:
        api.chat_floods[person.chat["id"]] = 60
        await person.says("/help")
    await api.until(lambda: not api.chat_floods)
    assert (await Person(api, BOB).asks("/topics"))["chat"]["id"] == BOB


async def test_no_chat_takes_up_the_room_of_others() -> None:
    gate = asyncio.Event()

    async def handle(_: Update) -> Again:
        await gate.wait()
        return DONE

    dispatcher = Dispatcher(handle, queued=6, in_a_chat=3)
    # One is in hand, three wait.
    assert [await dispatcher.put(update_of(number, ADA)) for number in range(6)] == [True] * 4 + [False] * 2
    assert [await dispatcher.put(update_of(number, BOB)) for number in range(2)] == [True] * 2
    full = asyncio.ensure_future(dispatcher.put(update_of(9, BOB)))
    await asyncio.sleep(0)
    assert not full.done()
    gate.set()
    assert await full
    assert await dispatcher.stop(1)


async def test_chats_take_turns() -> None:
    dealt: list[tuple[int, int]] = []

    async def handle(update: Update) -> Again:
        dealt.append((update.effective_user.id if update.effective_user else 0, update.update_id))
        return DONE

    dispatcher = Dispatcher(handle, at_once=1)
    for number in range(3):
        await dispatcher.put(update_of(number, ADA))
    await dispatcher.put(update_of(9, BOB))
    while len(dealt) < 4:
        await asyncio.sleep(0)
    assert dealt == [(ADA, 0), (BOB, 9), (ADA, 1), (ADA, 2)]
    await dispatcher.stop(1)


@pytest.mark.usefixtures("bot")
async def test_presses_count_and_the_first_beyond_is_told(ada: Person, base: Base) -> None:
    menu = await ada.asks("/topics")
    answers = [await ada.presses_data(menu, "m") for _ in range(AT_ONCE)]
    assert answers[-1] == base.messages["slow_down"]
    assert set(answers[:-1]) == {""}


@pytest.mark.usefixtures("bot")
async def test_edits_count(api: BotApi, ada: Person, base: Base) -> None:
    asked = await ada.says("hello")
    await api.shows()
    for number in range(AT_ONCE):
        await ada.edits(asked, f"/help {number}")
    await api.until(lambda: len(api.called("sendMessage")) == 2)
    assert api.called("sendMessage")[1]["text"] == base.messages["slow_down"]


@pytest.mark.usefixtures("bot")
async def test_what_people_in_a_group_say_to_each_other_does_not_count(api: BotApi, base: Base) -> None:
    ada = Person(api, group=True)
    for number in range(2 * AT_ONCE):
        await ada.says("/roll" if number % 2 else "you know what?")
    await ada.says("/ask@ArticleTestBot How old is Altman?")
    assert "39" in (await api.shows())["text"]
    for _ in range(GROUP_AT_ONCE + 3):
        await ada.says("/ask")
    await api.until(lambda: any(each["text"] == base.messages["slow_down"] for each in api.called("sendMessage")))
    assert len(api.called("sendMessage")) == GROUP_AT_ONCE + 1


@pytest.mark.parametrize("spelt", ["/HELP", "/help,1", "/Ask you", "/ask: who?", "/help@articletestbot"])
@pytest.mark.usefixtures("bot")
async def test_a_command_counts_however_it_is_spelt(api: BotApi, base: Base, spelt: str) -> None:
    ada = Person(api, group=True)
    for _ in range(GROUP_AT_ONCE + 3):
        await ada.says(spelt)
    await api.until(lambda: any(each["text"] == base.messages["slow_down"] for each in api.called("sendMessage")))
    assert len(api.called("sendMessage")) == GROUP_AT_ONCE + 1


@pytest.mark.usefixtures("bot")
async def test_a_notice_that_cannot_be_sent_lets_nothing_pass(api: BotApi, ada: Person) -> None:
    api.blocked_by = {ADA}
    for _ in range(AT_ONCE + 5):
        await ada.says("/help")
    assert (await Person(api, BOB).asks("/help"))["text"]
    await api.until(lambda: len([each for each in api.called("sendMessage") if each["chat_id"] == ADA]) > AT_ONCE)
    # What comes after the notice is dropped without a word, so that Bob's next answer comes after all there will be.
    await ada.says("/help")
    assert (await Person(api, BOB).asks("/topics"))["text"]
    assert len([each for each in api.called("sendMessage") if each["chat_id"] == ADA]) == AT_ONCE + 1
