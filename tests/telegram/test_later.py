"""What could not be sent through all the pauses is tried again later, until it is too old, and said once."""

from __future__ import annotations

from pathlib import Path
from time import time

import pytest

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram import patience, turn
from bot.telegram.patience import ATTEMPTS_TO_REPLY
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Events, Running
from tests.telegram.http import Answer
from tests.telegram.methods import Json
from tests.telegram.people import Person, labels
from tests.telegram.test_intake import waiting

OUTAGE = ["502"] * ATTEMPTS_TO_REPLY


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the bot try again sooner than people would need, and give up sooner."""
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.01)
    monkeypatch.setattr(turn, "FIRST_PAUSE", 0.2)


async def test_it_is_sent_when_the_outage_is_over_before_what_came_after_it(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = OUTAGE + OUTAGE
        await ada.says("/help")
        await api.until(lambda: "sendMessage failed" in caplog.text)
        await ada.says("/topics")
        texts = [(await api.shows())["text"] for _ in range(2)]
    assert texts == [base.messages["help"].strip(), base.messages["topics"]]
    assert len(api.called("sendMessage")) == 2
    assert "is tried again in 0.4 s" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("faults", "copies"),
    [
        (["reset before", *OUTAGE[1:]], 1),
        (["reset after", *OUTAGE[1:]], 2),
        (["reset after", *OUTAGE[1:], "reset after"], 2),
    ],
    ids=["lost", "arrived", "arrived twice"],
)
async def test_what_may_have_arrived_before_an_outage_is_sent_once_more_and_no_oftener(  # noqa: PLR0913, PLR0917
    api: BotApi,
    conversation: Conversation,
    running: Running,
    ada: Person,
    base: Base,
    faults: list[str],
    copies: int,
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = faults
        await ada.says("/help")
        texts = [(await api.shows())["text"] for _ in range(copies)]
        assert texts == [base.messages["help"].strip()] * copies
        assert (await ada.asks("/topics"))["text"] == base.messages["topics"]
    assert not api.send_faults["sendMessage"]


async def test_the_reply_to_an_edited_question_is_not_replaced_by_that_to_its_old_words(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "TRIES_IN_TURN", 1)
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        question = await ada.says("/help")
        await api.until(lambda: not api.send_faults["sendMessage"])
        await ada.edits(question, "/topics")
        assert labels(await api.shows())
        await api.until(lambda: waiting(kept) == 0)
    assert api.shown.empty()
    assert len(api.called("sendMessage")) == 1


async def test_while_one_chat_waits_for_another_try_the_others_are_answered(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "FIRST_PAUSE", 60)
    async with running(conversation):
        api.spoils = lambda _, chat: "500" if chat == ada.chat["id"] else "none"
        await ada.says("/help")
        for _ in range(3):
            assert (await Person(api, 900).asks("/topics"))["chat"]["id"] == 900


async def test_a_stop_in_between_leaves_it_for_the_next_start(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        await ada.says("/help")
        await api.until(lambda: "is tried again in" in caplog.text)
    assert api.shown.empty()
    async with running(conversation):
        assert (await api.shows())["text"] == base.messages["help"].strip()


async def test_a_token_refused_for_a_moment_costs_no_answer(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = ["401"]
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert api.shown.empty()


async def test_a_long_reply_goes_on_where_it_was_broken_off(
    api: BotApi, wordy: Conversation, running: Running, ada: Person
) -> None:
    async with running(wordy):
        api.send_faults["sendMessage"] = ["none", *OUTAGE]
        await ada.says("How old is Altman?")
        parts = [await api.shows() for _ in range(4)]
        await ada.asks("/help")
    assert len({part["message_id"] for part in parts}) == 4
    assert [bool(labels(part)) for part in parts] == [False, False, False, True]
    assert len(api.called("sendMessage")) == 5


async def test_an_album_is_replied_to_once_and_for_sure(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    photo = [{"file_id": "p", "file_unique_id": "u", "width": 1, "height": 1}]
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        for _ in range(3):
            await ada.sends(photo=photo, media_group_id="album")
        assert (await api.shows())["text"] == base.messages["only_photo"].strip()
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


async def test_a_question_that_was_missed_is_kept_once(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, events: Events
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = OUTAGE + OUTAGE
        await ada.asks("How old is Elon Musk?")
        await ada.asks("/help")
        question = await ada.says("How old is JD Vance?")
        await api.shows()
        api.send_faults["editMessageText"] = [*OUTAGE]
        await ada.edits(question, "How tall is JD Vance?")
        await api.shows()
        await ada.asks("/help")
    assert [event.text for event in events()] == ["How old is Elon Musk?", "How tall is JD Vance?"]


async def test_what_a_press_asks_for_is_sent_later_too(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    follow_up = base.entries["altman-age"].follow_ups[0]
    async with running(conversation):
        answer = await ada.asks("How old is Altman?")
        api.send_faults["sendMessage"] = [*OUTAGE]
        await ada.presses_data(answer, f"e:{follow_up}")
        assert (await api.shows())["text"].startswith(" ".join(base.entries[follow_up].answer.split())[:40])
        api.send_faults["editMessageText"] = [*OUTAGE]
        menu = await ada.asks("/topics")
        await ada.presses(menu, base.topics[0].title)
        assert base.messages["back"] in labels(await api.shows())


async def test_a_reply_that_never_gets_through_silences_its_chat_for_a_while_only(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = api._sound

    async def fails_for_help(path: str, form: dict[str, str]) -> Answer:
        if form.get("text", "").startswith(base.messages["help"][:20]):
            return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        return await sound(path, form)

    monkeypatch.setattr(api, "_sound", fails_for_help)
    async with running(conversation):
        await ada.says("/help")
        assert (await ada.asks("/topics"))["text"] == base.messages["topics"]
        monkeypatch.setattr(api, "_sound", sound)
        assert (await api.shows())["text"] == base.messages["help"].strip()


async def test_while_a_reply_waits_for_another_try_inline_queries_are_answered(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "FIRST_PAUSE", 60)
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        await ada.says("/help")
        assert (await ada.types("How old is Altman?"))["results"]
        assert api.shown.empty()


async def test_a_press_that_never_gets_through_is_given_up(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "TRIES", 2)
    async with running(conversation):
        answer = await ada.asks("How old is Altman?")
        api.send_faults["sendMessage"] = OUTAGE * 2
        await ada.presses_data(answer, f"e:{base.entries['altman-age'].follow_ups[0]}")
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert not api.send_faults["sendMessage"]
    assert api.shown.empty()


async def test_a_message_is_tried_again_until_it_is_too_old(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "TRIES", 2)
    async with running(conversation):
        api.send_faults["sendMessage"] = OUTAGE * 3
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()


async def test_an_edit_that_was_broken_off_is_completed(
    api: BotApi, wordy: Conversation, running: Running, ada: Person
) -> None:
    async with running(wordy):
        question = await ada.says("/help")
        await api.shows()
        api.send_faults["sendMessage"] = [*OUTAGE]
        await ada.edits(question, "How old is Altman?")
        parts: dict[int, Json] = {}
        while len(parts) < 4:
            part = await api.shows()
            parts[part["message_id"]] = part
        assert [bool(labels(part)) for part in parts.values()] == [False, False, False, True]
        sends = len(api.called("sendMessage"))
        api.send_faults["editMessageText"] = ["none", *OUTAGE]
        await ada.edits(question, "What is the age of Altman?")
        await api.until(lambda: not api.send_faults["editMessageText"])
        await ada.edits(question, "/topics")
        await api.until(lambda: len(api.called("deleteMessage")) == 3)
        assert len(api.called("sendMessage")) == sends


async def test_how_much_was_forgotten_is_told_as_it_was(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        await ada.asks("How old is Elon Musk?")
        api.send_faults["sendMessage"] = [*OUTAGE]
        assert (await ada.asks("/forget_me"))["text"] == base.messages["forgotten"].format(count=1)


async def test_who_pasted_a_token_is_warned_though_only_after_a_restart(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, base: Base
) -> None:
    async with running(conversation):
        api.send_faults["sendMessage"] = [*OUTAGE]
        await ada.says(f"123456789:AAF{'x' * 32} is my token")
        await api.until(lambda: not api.send_faults["sendMessage"])
    async with running(conversation):
        assert (await api.shows())["text"] == base.messages["token_pasted"].strip()


async def test_what_grows_too_old_in_the_meantime_gets_no_answer(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    almost_a_day_ago, tries = int(time()) - 24 * 3600 + 4, []

    def fails_for_her(method: str, chat: int) -> str:
        if method != "sendMessage" or chat != ada.chat["id"]:
            return "none"
        tries.append(method)
        return "500"

    async with running(conversation):
        api.spoils = fails_for_her
        await ada.says("/help", date=almost_a_day_ago)
        await api.until(lambda: len(tries) >= ATTEMPTS_TO_REPLY and waiting(kept) == 0)
        assert (await Person(api, 900).asks("/topics"))["text"]
