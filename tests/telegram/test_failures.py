"""What goes wrong is told in a plain sentence or survived; the token is never told."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import EMPTY, Conversation, Turn
from bot.dialogue.model import Context
from bot.errors import BotError, SettingsError, TelegramError
from bot.settings import Settings
from bot.telegram.logs import guarded
from bot.telegram.pace import Pace
from bot.telegram.start import run
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.conftest import Running, served, settings_for
from tests.telegram.people import Person


class Failing(Conversation):
    """A conversation with a bug in it that tells the token."""

    def __init__(self, sound: Conversation, secret: str) -> None:
        self.base = sound.base
        self._sound = sound
        self._secret = secret

    def respond(self, text: str, context: Context = EMPTY, language: str = "") -> Turn:  # noqa: ARG002
        if "boom" in text:
            raise RuntimeError(f"a bug that shows {self._secret}")
        return self._sound.respond(text, context)


HASTY = Pace(poll=1, respond=0.5, conflict=1.5, checks=(0.05, 0.05), silence=6)
"""So that no test need wait long."""


async def ends(
    conversation: Conversation, settings: Settings, log: pytest.LogCaptureFixture, code: int = 3, pace: Pace = HASTY
) -> str:
    """Run the bot as the command does, and return the sentence it ends with."""
    log.set_level(logging.DEBUG)
    secret = settings.telegram_bot_token.get_secret_value() if settings.telegram_bot_token else ""
    with guarded(secret), pytest.raises(BotError) as caught:
        await asyncio.wait_for(served(conversation, settings, pace), PATIENCE)
    error = caught.value
    assert error.exit_code == code
    assert error.__cause__ is None
    assert error.__context__ is None
    for part in (secret, secret.partition(":")[2]):
        assert part not in str(error)
        assert part not in log.text
    assert "Traceback" not in log.text
    assert "\n" not in str(error)
    return str(error)


async def stopped(task: asyncio.Future[None]) -> None:
    """Stop the bot as a signal does."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, PATIENCE)


async def test_without_a_token_the_settings_are_at_fault(conversation: Conversation) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN is not set"):
        await asyncio.to_thread(run, conversation, Settings(telegram_bot_token=None))


async def test_a_wrong_token(api: BotApi, conversation: Conversation, caplog: pytest.LogCaptureFixture) -> None:
    sentence = await ends(conversation, settings_for(api, token="7312045:AAwrong_one"), caplog, 2)
    assert "does not accept the bot's token" in sentence


async def test_a_server_that_knows_no_such_bot(
    api: BotApi, conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    api.lacking = {"getMe"}
    assert "TELEGRAM_BOT_TOKEN" in await ends(conversation, settings_for(api), caplog, 2)


async def test_nobody_listens_at_the_start_and_then_somebody_does(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    await api.goes_down()
    task = asyncio.ensure_future(served(conversation, settings_for(api)))
    await api.until(lambda: caplog.text.count("Telegram cannot be reached at") == 2)
    assert f"Telegram cannot be reached at {api.url} (" in caplog.text
    assert "trying again in 1 s" in caplog.text
    assert "trying again in 2 s" in caplog.text
    await api.comes_back()
    assert (await ada.asks("/help"))["text"]
    await stopped(task)


async def test_a_proxy_that_cannot_be_used(
    conversation: Conversation, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "nonsense://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    settings = Settings.model_validate(
        {"telegram_bot_token": "1:AAsecret-half", "telegram_api_url": "http://telegram.invalid"}
    )
    assert "ALL_PROXY cannot be used" in await ends(conversation, settings, caplog)


async def test_a_server_on_this_machine_is_reached_past_any_proxy(
    conversation: Conversation, running: Running, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]


async def test_a_server_that_only_fails_at_the_start_and_repeats_the_address(
    api: BotApi, conversation: Conversation, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    api.broken = True
    with guarded(api.token):
        task = asyncio.ensure_future(served(conversation, settings_for(api)))
        await api.until(lambda: "Telegram cannot be reached" in caplog.text)
        api.broken = False
        assert (await ada.asks("/help"))["text"]
        await stopped(task)
    assert "Internal Server Error at /bot<token>/getMe" in caplog.text
    assert api.token.partition(":")[2] not in caplog.text


async def test_a_second_poller_at_the_start(
    api: BotApi, conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    api.conflicts = 1000
    assert "another one polls for this bot" in await ends(conversation, settings_for(api), caplog)


async def test_of_two_pollers_the_newcomer_yields(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, tmp_path: Path
) -> None:
    elsewhere = settings_for(api).model_copy(update={"article_bot_data_dir": tmp_path})
    async with running(conversation):
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
        with pytest.raises(TelegramError, match="another one polls"):
            # The one that was there first may pause for seconds between its polls: that ends no conflict.
            await asyncio.wait_for(served(conversation, elsewhere, replace(HASTY, respond=3.0)), PATIENCE)
        assert (await ada.asks("/topics"))["text"] == base.messages["topics"]


async def test_a_token_revoked_while_the_bot_runs(api: BotApi, conversation: Conversation, ada: Person) -> None:
    task = asyncio.ensure_future(served(conversation, settings_for(api), HASTY))
    await ada.asks("/help")
    api.revoked = True
    await ada.says("/help")
    with pytest.raises(SettingsError, match="no longer accepts") as caught:
        await asyncio.wait_for(task, PATIENCE)
    assert caught.value.exit_code == 2


async def test_a_short_conflict_is_waited_out(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    api.conflicts = 2
    async with running(conversation):
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
        api.conflicts = 3  # which would have ended it at the start
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


@pytest.mark.parametrize("method", ["deleteWebhook", "setMyCommands", "getMe"])
async def test_a_strange_response_costs_nothing(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    api.send_faults[method] = ["none", "strange"] if method == "getMe" else ["strange"]
    async with running(conversation):
        if method == "getMe":
            api.send_faults["getUpdates"] = ["401"]  # whereupon the token is looked at
        assert (await ada.asks("/help"))["text"]
        await api.until(lambda: not api.send_faults[method])
        assert (await ada.asks("/topics"))["text"]
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_flood_limit_is_waited_out(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        api.floods = {"sendMessage": 1, "getUpdates": 1}
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
        assert (await ada.asks("/topics"))["text"] == base.messages["topics"]
    assert len(api.called("sendMessage")) == 3


@pytest.mark.parametrize("method", ["sendMessage", "getUpdates", "editMessageText", "answerCallbackQuery"])
async def test_an_ailing_server_is_asked_again(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, method: str
) -> None:
    async with running(conversation):
        api.failures = {method: 1}
        menu = await ada.asks("/topics")
        await ada.presses(menu, base.topics[0].title)
        assert base.messages["back"] in str(await api.shows())
    assert api.failures == {method: 0}


async def test_being_blocked_is_noted_and_nothing_else(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    api.blocked_by = {ada.chat["id"]}
    async with running(conversation):
        await ada.says("/help")
        assert (await Person(api, 900).asks("/help"))["text"]
    assert "A reply was dropped: Forbidden: bot was blocked by the user." in caplog.text
    assert "Traceback" not in caplog.text


async def test_a_bug_is_logged_without_the_token_and_the_bot_goes_on(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with guarded(api.token):
        async with running(Failing(conversation, api.token)):
            assert (await ada.asks("boom"))["text"] == base.messages["trouble"]
            assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
            assert (await ada.asks("hello"))["text"] == base.smalltalk["greeting"].reply
    assert "RuntimeError: a bug that shows <token>" in caplog.text
    assert api.token.partition(":")[2] not in caplog.text


async def test_messages_sent_while_the_bot_was_off_are_answered_once(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    await ada.says("/help")
    await ada.says("/topics")
    async with running(conversation):
        assert (await api.shows())["text"] == base.messages["help"].strip()
        assert (await api.shows())["text"] == base.messages["topics"]
    assert api.pending == []
    async with running(conversation):
        assert (await ada.asks("/start"))["text"] == base.messages["start"].strip()
    assert len(api.called("sendMessage")) == 3


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_stop_does_not_wait_as_long_as_telegram_asks_for(
    api: BotApi, conversation: Conversation, ada: Person, method: str
) -> None:
    task = asyncio.ensure_future(served(conversation, settings_for(api)))
    await ada.asks("/help")
    api.floods = {method: 600}
    await ada.says("/help")
    await api.until(lambda: not api.floods)
    await stopped(task)


async def test_a_stop_during_the_start_is_heeded(api: BotApi, conversation: Conversation) -> None:
    api.floods = {"getMe": 600}
    task = asyncio.ensure_future(served(conversation, settings_for(api)))
    await api.until(lambda: not api.floods)
    await stopped(task)


async def test_at_a_stop_what_is_in_hand_is_answered_and_the_rest_at_the_next_start(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        api.failures = {"sendMessage": 1}
        await ada.says("/help")
        await ada.says("/topics")
        await api.until(lambda: bool(api.called("sendMessage")))
    assert api.shown.qsize() == 1
    assert api.pending == []
    async with running(conversation):
        assert (await api.shows())["text"] == base.messages["help"].strip()
        assert (await api.shows())["text"] == base.messages["topics"]
    assert len(api.called("sendMessage")) == 3
