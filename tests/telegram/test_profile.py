"""What the bot tells Telegram of itself holds up no start, whatever becomes of it."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.conversation import Conversation
from bot.telegram import profile
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.people import Person


async def test_methods_a_server_lacks_do_not_keep_the_bot_from_starting(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    api.lacking = {"deleteWebhook", "setMyCommands", "setMyDescription", "setMyShortDescription"}
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
    for method in api.lacking:
        assert re.search(rf"{method}.* failed \(Not Found\); going on without it\.", caplog.text)
    assert caplog.text.count("going on without it") == 5


async def test_too_many_requests_for_the_profile_do_not_hold_up_the_start(
    api: BotApi, conversation: Conversation, running: Running, ada: Person
) -> None:
    api.floods = {"setMyDescription": 3600}
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
    assert "commands for all_private_chats" in api.profile


async def test_a_profile_that_takes_for_ever_does_not_hold_up_the_start(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profile, "WITHIN", 0.2)
    api.lateness = 60
    api.send_faults["setMyCommands"] = ["late"]
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
    assert api.called("setMyShortDescription") == []
