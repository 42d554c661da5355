"""Updates that no Telegram sends today, buttons that nobody made, and texts that nobody types."""

from __future__ import annotations

import json
import logging
import random
from pathlib import Path
from time import time
from typing import Any

import pytest
from telegram import Update

from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.telegram.inbox import Inbox
from bot.telegram.lenient import Lenient
from bot.telegram.logs import guarded
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import Running
from tests.telegram.methods import Json
from tests.telegram.people import Person, buttons
from tests.telegram.sender import hosting
from tests.telegram.test_intake import waiting

NOW = int(time())

CHAT: Json = {"id": 501, "type": "private", "first_name": "Ada"}

STRANGE: tuple[tuple[str, Any], ...] = (
    ("message_from_the_future", {"text": "hello"}),
    ("channel_post", {"message_id": 1, "date": NOW, "chat": {"id": -1, "type": "channel"}, "text": "hello"}),
    ("message", {"message_id": 1, "date": NOW, "chat": CHAT}),
    ("message", {"message_id": 1, "date": NOW, "chat": CHAT, "delete_chat_photo": True}),
    ("inline_query", None),
)  # fmt: skip
"""Updates that can be read, and are of no use."""

BROKEN: tuple[Any, ...] = (
    {"message": {"message_id": 1, "text": "a text to be seen by nobody"}},
    {"message": {"date": 1, "chat": CHAT, "text": "a text to be seen by nobody"}},
    {"message": "a text to be seen by nobody"},
    {"callback_query": {"id": "1", "data": "m"}},
    {"callback_query": {"id": "1", "chat_instance": "1", "data": "+:summary"}},
    {"inline_query": {"id": "1", "query": "musk", "offset": ""}},
    {"my_chat_member": {"chat": CHAT}},
    {"edited_message": [1]},
    {"message": {}},
    {"message": {"message_id": 1, "date": None, "chat": CHAT, "text": "a text to be seen by nobody"}},
    {"message": {"message_id": 1, "date": 10**30, "chat": CHAT, "text": "a text to be seen by nobody"}},
    {"message": {"message_id": 1, "date": NOW, "chat": {"id": [5], "type": "private"}, "text": "seen by nobody"}},
    {"message": {"message_id": 1, "date": NOW, "chat": {"id": {}, "type": "private"}, "text": "seen by nobody"}},
    {"message": {"message_id": 1, "date": NOW, "chat": {"id": 2**70, "type": "private"}, "text": "seen by nobody"}},
)
"""Updates that lack what every one has, or are of another shape."""


def nested(depth: int) -> Json:
    """Return a field that nobody knows, with others in it."""
    return {"in": nested(depth - 1)} if depth else {}


GROUP: Json = {"id": -7, "type": "group", "title": "Readers"}

ODD: tuple[Json, ...] = (
    {"message_id": 1, "date": NOW, "chat": GROUP, "text": 5},
    {"message_id": 1, "date": NOW, "chat": GROUP, "caption": ["seen by nobody"]},
    {"message_id": 1, "date": NOW, "chat": GROUP, "text": "/ask", "entities": [
        {"type": "bot_command", "offset": 0, "length": "4"}
    ]},
    {"message_id": 1, "date": NOW, "chat": CHAT, "text": "deep", "unknown": nested(600)},
)  # fmt: skip
"""Messages that can be read, and not dealt with."""


async def send(api: BotApi, kind: str, content: Any) -> None:  # noqa: ANN401
    """Make an update, whether or not the bot has said that it wants its kind."""
    wanted, api._allowed = api._allowed, []
    await api.publish(kind, content)
    api._allowed = wanted


async def test_what_is_of_no_use_is_ignored_with_a_line_for_who_looks_for_it(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with running(conversation):
        for kind, content in STRANGE:
            await send(api, kind, content)
        await ada.asks("/help")
        ignored = "is of no kind that the bot knows and is ignored"
        await api.until(lambda: caplog.text.count(ignored) == len(STRANGE))
    assert {record.levelname for record in caplog.records} <= {"DEBUG", "INFO"}


async def test_of_updates_that_cannot_be_read_only_the_ids_are_left(
    api: BotApi, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    for each in BROKEN:
        ((kind, content),) = each.items()
        await send(api, kind, content)
    await ada.says("hello")
    bot = Lenient(api.token, base_url=f"{api.url}/bot")
    with guarded(api.token):
        async with bot:
            *broken, sound = await bot.get_updates()
    assert [each.to_dict().keys() - {"update_id"} for each in broken] == [set()] * len(BROKEN)
    assert isinstance(sound, Update)
    assert sound.message
    assert sound.message.text == "hello"
    assert caplog.text.count("cannot be read") == len(BROKEN)
    assert "seen by nobody" not in caplog.text


async def test_updates_that_cannot_be_read_keep_no_other_from_being_answered(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path, caplog: pytest.LogCaptureFixture
) -> None:
    for each in BROKEN:
        ((kind, content),) = each.items()
        await send(api, kind, content)
    await ada.says("/help")
    async with running(conversation):  # all in one poll
        assert (await api.shows())["text"] == conversation.base.messages["help"].strip()
        await api.until(lambda: waiting(kept) == 0)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
async def test_a_message_that_cannot_be_dealt_with_keeps_no_other_from_being_answered(  # noqa: PLR0913, PLR0917
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path, odd: Json
) -> None:
    api.messages[GROUP["id"], 0] = {"message_id": 0, "chat": GROUP, "from": {}}  # so that the server knows it
    await send(api, "message", odd)
    await ada.says("/help")
    async with running(conversation):  # both in one poll
        texts = [(await api.shows())["text"]]
        while texts[-1] != conversation.base.messages["help"].strip():
            texts.append((await api.shows())["text"])
        await api.until(lambda: waiting(kept) == 0)
    assert len(texts) <= 2


async def test_what_was_kept_and_cannot_be_read_any_more_keeps_no_bot_from_starting(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, kept: Path
) -> None:
    inbox = Inbox(kept / "inbox.sqlite", api.me["id"])
    broken = [json.dumps({"update_id": number, **each}) for number, each in enumerate(BROKEN)]
    inbox.add([*enumerate([*broken, "no JSON", "[" * 10_000, "[]", '{"update_id": "1"}'])])
    inbox.close()
    async with running(conversation):
        assert (await ada.asks("/help"))["text"]
        await api.until(lambda: waiting(kept) == 0)


@pytest.mark.parametrize("each", BROKEN, ids=range(len(BROKEN)))
async def test_a_webhook_takes_what_cannot_be_read_so_that_it_is_not_sent_again(
    api: BotApi, conversation: Conversation, each: Json, caplog: pytest.LogCaptureFixture
) -> None:
    async with hosting(api, conversation) as sender:
        for number in (7, 2**63, 2**70):
            assert await sender.sends({"update_id": number, **each}) == 200
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def forged(base: Base) -> list[str]:
    """Return data that no button of this version has."""
    chance = random.Random(3)  # noqa: S311 (nothing secret)
    entry = next(iter(base.entries))
    topic = base.topics[0].id
    rubbish = [
        "", "0", "-1", "1" * 62, "9223372036854775808", "٣", "²", "१", "1e9", "0x1", " 1", "1 ", "../../etc", "\0",
        "%s%n", "{0}", "no-such", f"{entry}\n", entry.upper(), f" {entry}", f"e:{entry}", "🙂" * 15, "\u202e1", "None",
        "501", "-100501", "<b>", "' OR 1=1 --",
    ]  # fmt: skip
    prefixes = ["e:", "n:", "+:", "-:", "t:", "a:", "m", "m:", f"t:{topic}:", "E:", "z:", "", ":"]
    made = [prefix + each for prefix in prefixes for each in rubbish]
    made += ["".join(chr(chance.randrange(32, 0x3000)) for _ in range(20)) for _ in range(50)]
    return [each for each in dict.fromkeys(made) if len(each.encode()) <= 64]


async def test_whatever_a_button_carries_is_answered_and_breaks_nothing(
    api: BotApi, conversation: Conversation, running: Running, ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    base = conversation.base
    expected = {"", base.messages["stale_button"], base.messages["thanks_good"], base.messages["thanks_bad"]}
    async with running(conversation):
        menu = await ada.asks("/topics")
        for number, data in enumerate(forged(base)):
            assert await Person(api, 1_000 + number // 8).presses_data(menu, data) in expected
        api.shown = type(api.shown)()
        assert (await ada.asks("/help"))["text"] == base.messages["help"].strip()
    assert "could not be handled" not in caplog.text
    assert base.messages["trouble"] not in {each["text"] for each in api.called("sendMessage")}


@pytest.mark.usefixtures("bot")
async def test_a_press_without_a_message_or_data_is_answered(base: Base, ada: Person) -> None:
    menu = await ada.asks("/topics")
    for fields in ({"data": "m"}, {"data": "m", "inline_message_id": "7"}, {"message": menu}, {"game_short_name": "x"}):
        assert await ada.presses_with(**fields) == base.messages["stale_button"]
    # What Telegram sends in place of a message that is too old.
    old = {"message_id": menu["message_id"], "date": 0, "chat": ada.chat}
    assert await ada.presses_with(message=old, data=f"t:{base.topics[0].id}") == ""
    assert base.topics[0].title in (await ada.api.shows())["text"]


@pytest.mark.usefixtures("bot")
async def test_a_press_of_somebody_else_changes_nothing_of_the_first(api: BotApi, ada: Person, base: Base) -> None:
    bob = Person(api, 502)
    await ada.asks("Who is JD Vance?")
    answer = await ada.asks("How old is Altman?")
    entry = next(each for each in buttons(answer) if each.get("callback_data", "").startswith("e:"))
    await bob.presses(answer, entry["text"])
    await api.shows()
    await ada.says("/why")
    assert base.entries["altman-age"].label in (await api.shows())["text"]
    assert (await bob.asks("/why"))["text"] == base.messages["why_nothing"]


TEXTS = (
    "how\u200bold\u200bis\u200baltman", "\u202eHow old is he?\u202c", "a" + "\u0301" * 4095, "😀" * 2048, "\0" * 4096,
    "How\0old is Altman?", "<b>How old</b> <script>&lt;is&amp;</i> Altman?", "*_`[How](x)~>#+-=|{}.! old", "<" * 4096,
    "/", "//", "/ask \0", "/start \ud800", "/why" + "y" * 4000, "/topics@", "/nosuch <b>", "\ud83d", "Altman\udc00?",
    "\u2028", "\ufeff", "ﷺ" * 4096, "x" * 4096, "?" * 4096, "%s {who} \\n $1", "@ArticleTestBot" * 270,
)  # fmt: skip


async def test_every_text_gets_a_reply(
    api: BotApi, conversation: Conversation, running: Running, base: Base, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        for number, text in enumerate(TEXTS):
            person = Person(api, 2_000 + number)
            await person.sends(text=text)
            assert (await api.shows())["text"] != base.messages["trouble"], ascii(text)
            assert (await person.asks("/why"))["text"] != base.messages["trouble"], ascii(text)
    assert "could not be handled" not in caplog.text


async def test_every_inline_query_is_answered(
    api: BotApi, conversation: Conversation, running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(conversation):
        for number, text in enumerate(TEXTS):
            assert "results" in await Person(api, 3_000 + number).types(text[:256])
    assert "could not be handled" not in caplog.text
