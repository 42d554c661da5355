"""Somebody pastes the token of a bot: they are warned, and it is kept nowhere and answered by nothing else."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from telegram.ext import Application

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram.lenient import Lenient
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Events, Running
from tests.telegram.people import Person
from tests.telegram.test_intake import waiting

SECRET = "AAF-pasted_by_mistake_0123456789abc"
PASTED = f"123456789:{SECRET}"
"""A token of nobody's."""

QUESTION = f"Does {PASTED} know the best recipe for banana bread?"


def kept_in(folder: Path) -> bool:
    return any(SECRET.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize(
    "text",
    [PASTED, QUESTION, f"/ask {QUESTION}", f"/start {PASTED}", f"https://x/bot{PASTED}/getMe",
     f"123456789：{SECRET}", f"123456789: {SECRET}", f"123456789:\n{SECRET}", f"123456789\u2060:\u200b{SECRET}",
     f"１２３４５６７８９:{SECRET}", f"bot123456789%3A{SECRET}", PASTED.replace("_", "\\_")],
)  # fmt: skip
async def test_who_pastes_a_token_is_warned_and_it_is_kept_nowhere(  # noqa: PLR0913, PLR0917
    ada: Person, base: Base, kept: Path, text: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    assert (await ada.asks(text))["text"] == base.messages["token_pasted"].strip()
    assert (await ada.asks("/why"))["text"] == base.messages["why_nothing"]
    assert not kept_in(kept)
    assert SECRET not in caplog.text + "".join(capfd.readouterr())


async def test_the_secret_half_alone_is_kept_nowhere(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path, events: Events
) -> None:
    async with running(conversation):
        await ada.asks(f"{SECRET} banana bread")
        await api.until(lambda: waiting(kept) == 0)
    assert [event.text for event in events()] == ["[hidden] banana bread"]
    assert not kept_in(kept)


@pytest.mark.parametrize("command", ["/Ask", "/ask:", "/ASK@articletestbot"])
@pytest.mark.usefixtures("bot")
async def test_in_a_group_a_token_is_met_with_a_warning_however_the_command_is_spelt(
    api: BotApi, base: Base, command: str
) -> None:
    reply = await Person(api, group=True).asks(f"{command} {PASTED}")
    assert reply["text"] == base.messages["token_pasted"].strip()


async def test_nothing_that_shows_the_bot_shows_its_token() -> None:
    bot = Lenient(PASTED)
    app = Application.builder().bot(bot).updater(None).job_queue(None).build()
    for shown in (repr(bot), str(bot), repr(app), str(app), f"{[bot]}"):
        assert "123456789" in shown
        assert SECRET not in shown


@pytest.mark.usefixtures("bot")
async def test_a_caption_an_edit_and_what_is_quoted_are_looked_at_too(
    api: BotApi, ada: Person, base: Base, kept: Path
) -> None:
    warning = base.messages["token_pasted"].strip()
    await ada.sends(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}], caption=QUESTION)
    assert (await api.shows())["text"] == warning
    asked = await ada.says("hello")
    await api.shows()
    await ada.edits(asked, QUESTION)
    assert (await api.shows())["text"] == warning
    await ada.says("?", quote={"text": QUESTION, "position": 0})
    assert (await api.shows())["text"] == warning
    await ada.says("what?", reply_to_message=asked | {"text": QUESTION})
    assert (await api.shows())["text"] == warning
    assert not kept_in(kept)


@pytest.mark.usefixtures("bot")
async def test_in_a_group_only_what_is_said_to_the_bot_is_met_with_a_warning(api: BotApi, base: Base) -> None:
    ada = Person(api, group=True)
    await ada.says(QUESTION)
    await ada.says(f"@ArticleTestBot {QUESTION}")
    assert (await api.shows())["text"] == base.messages["token_pasted"].strip()
    assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
