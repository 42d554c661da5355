"""Many people for a while, in bad weather: every question answered, in order, and twice only where it must be."""

from __future__ import annotations

import asyncio
from collections import Counter
from itertools import groupby
from pathlib import Path
from random import Random

import pytest

from bot.dialogue.conversation import Conversation
from bot.telegram import poller
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.conftest import Running
from tests.telegram.methods import Json
from tests.telegram.people import Person
from tests.telegram.test_command import START, started
from tests.telegram.test_intake import waiting

QUESTIONS = ("/topics", "How old is Altman?", "/help", "Who is JD Vance?", "/people", "/start", "/article", "/privacy")
"""What each stands for does not hang on what was asked before."""

BEFORE, AFTER = ("500", "502", "reset before"), ("reset after", "cut", "garbage")
"""What goes wrong before a call has its effect, and after it."""


class Weather:
    """Spoils a quarter of all polls and a tenth of all sends, each chat in a way of its own that is always the same."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._dice: dict[int, Random] = {}
        self._storms: dict[int, set[str]] = {}
        """What has gone wrong in each chat since the last call that went well."""
        self.calls: Counter[str] = Counter()
        self.spoilt: Counter[str] = Counter()
        self.lost: Counter[int] = Counter()
        """How many sends to each chat had their effect, but the bot was not told."""

    def __call__(self, method: str, chat: int) -> str:
        share = {"getUpdates": 0.25, "sendMessage": 0.1}.get(method, 0)
        self.calls[method] += 1
        dice = self._dice.setdefault(chat, Random(f"{self._seed} {chat}"))  # noqa: S311 (only weather)
        fault = dice.choice(BEFORE + AFTER) if dice.random() < share else "none"
        storm = self._storms.setdefault(chat, set())
        if method == "sendMessage" and fault == "reset before" and fault in storm:
            fault = "500"  # a reset might come after the effect, so after two of them the bot gives up a reply
        if fault == "none":
            storm.clear()
        else:
            storm.add(fault)
            self.spoilt[method] += 1
        if fault in AFTER and method == "sendMessage":
            self.lost[chat] += 1
        return fault


def in_chat(shown: list[Json], person: Person) -> list[str]:
    """Return what a person was told, in order."""
    return [each["text"] for each in shown if each["chat"]["id"] == person.chat["id"]]


def once(texts: list[str]) -> list[str]:
    """Return texts without repetitions right after one another."""
    return [text for text, _ in groupby(texts)]


def taken(api: BotApi) -> list[Json]:
    return [api.shown.get_nowait() for _ in range(api.shown.qsize())]


async def test_in_bad_weather_everybody_is_answered_in_order_and_twice_only_where_the_response_was_lost(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "FIRST_PAUSE", 0.05)
    people = [Person(api, 700 + number) for number in range(15)]
    weather, dice = Weather(13), Random(5)  # noqa: S311 (only weather)
    orders = [dice.sample(QUESTIONS, len(QUESTIONS)) for _ in people]
    async with running(conversation):
        answers = {question: (await ada.asks(question))["text"] for question in QUESTIONS}
        assert len(set(answers.values())) == len(QUESTIONS)
        api.spoils = weather

        async def asks(person: Person, questions: list[str], pauses: list[float]) -> None:
            for question, pause in zip(questions, pauses, strict=True):
                await person.says(question)
                await asyncio.sleep(pause)  # as people do, so that it takes many polls

        pauses = [[dice.uniform(0, 1.0) for _ in QUESTIONS] for _ in people]
        await asyncio.gather(*map(asks, people, orders, pauses))
        shown: list[Json] = []
        for person, order in zip(people, orders, strict=True):
            while answers[order[-1]] not in in_chat(shown, person):
                shown.append(await api.shows())
    shown += taken(api)
    for person, order in zip(people, orders, strict=True):
        texts = in_chat(shown, person)
        assert once(texts) == [answers[question] for question in order]
        assert len(texts) - len(order) <= weather.lost[person.chat["id"]]
    assert weather.calls["getUpdates"] >= 50
    assert weather.spoilt["getUpdates"] >= weather.calls["getUpdates"] / 4
    assert weather.spoilt["sendMessage"] >= weather.calls["sendMessage"] / 10
    assert sum(weather.lost.values()) >= 8


async def test_killed_again_and_again_the_bot_answers_every_question_and_hardly_any_twice(
    api: BotApi, tiny: Path, tmp_path: Path, kept: Path
) -> None:
    kills, dice = 5, Random(11)  # noqa: S311 (only weather)
    people = [Person(api, 800 + number) for number in range(12)]
    asked = ["/help", "/topics", "/help", "/topics", "/help", "/topics"]
    turns, left = iter(asked), []

    async def all_ask() -> None:
        question = next(turns)
        for person in people:
            await person.says(question)
            await asyncio.sleep(0.01)

    for _ in range(kills):
        asking = asyncio.ensure_future(all_ask())
        begun = len(api.called("getMe"))
        process = await started(api, tmp_path, tiny)
        try:
            async with asyncio.timeout(START):
                while len(api.called("getMe")) == begun:
                    await asyncio.sleep(0.005)
            await asyncio.sleep(dice.uniform(0, 0.6))  # while it takes up what the last one left, or takes what is new
        finally:
            process.kill()
            output, _ = await process.communicate()
        assert process.returncode == -9, output.decode()
        await asking
        left.append(waiting(kept))
    process = await started(api, tmp_path, tiny)
    try:
        await all_ask()
        async with asyncio.timeout(PATIENCE):
            while api.pending or api.shown.qsize() < len(people) * len(asked) or waiting(kept):
                await asyncio.sleep(0.02)
    finally:
        process.terminate()
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, output.decode()
    shown = taken(api)
    for person in people:
        assert [text.startswith("What would") for text in once(in_chat(shown, person))] == [False, True] * 3
    assert len(shown) - len(people) * len(asked) <= kills
    assert max(left) >= 5, "no kill came at a bad moment"
