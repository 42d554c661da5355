"""Updates that come over HTTP: taken from Telegram alone, and stored before they are confirmed."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from time import time
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram import Bot, Update

from bot.dialogue.conversation import Conversation
from bot.errors import SettingsError, TelegramError
from bot.health import alive
from bot.settings import read_settings
from bot.telegram.hosted import serve
from bot.telegram.logs import guarded
from bot.telegram.polling import UPDATES
from bot.telegram.webhook import LARGEST, Receiver
from tests.telegram.botapi import PATIENCE, BotApi
from tests.telegram.people import Person
from tests.telegram.sender import PATH, SECRET, Sender, free_port, hosting, settings_behind

MESSAGE = {"message_id": 1, "date": 1_750_000_000, "chat": {"id": 5, "type": "private"}, "text": "hi"}
UPDATE = {"update_id": 7, "message": MESSAGE}


class Notes:
    """An intake that remembers what it took, once it is let go on."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.asked = asyncio.Event()
        self.stored = asyncio.Event()
        self.stored.set()
        self.fails = False

    async def take(self, updates: Sequence[Update], waited: bool) -> None:
        assert not waited
        self.asked.set()
        await self.stored.wait()
        if self.fails:
            raise OSError("the disk is full")
        self.taken += [update.update_id for update in updates]


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def sender(notes: Notes) -> AsyncIterator[Sender]:
    receiver = Receiver(Bot("1:A"), notes.take, PATH, SECRET)
    async with receiver.listening("127.0.0.1", 0) as port, ClientSession() as session:
        yield Sender(session, port)


async def test_an_update_is_confirmed_only_once_it_is_stored(sender: Sender, notes: Notes) -> None:
    notes.stored.clear()
    sent = asyncio.ensure_future(sender.sends(UPDATE))
    await asyncio.wait_for(notes.asked.wait(), PATIENCE)
    assert not sent.done()
    notes.stored.set()
    assert await sent == 200
    assert notes.taken == [7]


async def test_what_cannot_be_stored_is_not_confirmed(
    sender: Sender, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    notes.fails = True
    assert await sender.sends(UPDATE) == 500
    assert "the disk is full" in caplog.text
    notes.fails = False
    assert await sender.sends(UPDATE) == 200


@pytest.mark.parametrize("path", ["/", "/updates", f"{PATH}/", "/updates/../updates", f"{PATH}/x"])
async def test_a_wrong_path_is_not_found_even_with_the_secret(sender: Sender, notes: Notes, path: str) -> None:
    assert await sender.sends(UPDATE, path=path) == 404
    assert notes.taken == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_a_wrong_method_is_not_allowed(sender: Sender, notes: Notes, method: str) -> None:
    assert await sender.sends(UPDATE, method=method) == 405
    assert notes.taken == []


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.lower(), "gehéim"])
async def test_a_wrong_secret_is_forbidden(
    sender: Sender, notes: Notes, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await sender.sends(UPDATE, secret=secret) == 403
    assert await sender.sends(b"x" * (LARGEST + 1), secret=secret) == 403
    assert notes.taken == []
    assert SECRET not in caplog.text


async def test_a_body_over_a_mebibyte_is_refused_and_one_of_that_size_is_not(sender: Sender, notes: Notes) -> None:
    body = json.dumps(UPDATE).encode()
    assert await sender.sends(body + b" " * (LARGEST + 1 - len(body))) == 413
    assert notes.taken == []
    assert await sender.sends(body + b" " * (LARGEST - len(body))) == 200


async def test_a_long_body_that_does_not_tell_its_length_is_refused_too(sender: Sender, notes: Notes) -> None:
    async def spaces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST // 65536 + 1):
            yield b" " * 65536

    assert await sender.sends(spaces()) == 413
    assert notes.taken == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"9" * 5000, [], 7, None, "text", {}, {"update_id": "7"},
     {"update_id": True}, {"update_id": 7.5}, {"message": MESSAGE}],
)  # fmt: skip
async def test_what_is_no_update_is_a_bad_request(sender: Sender, notes: Notes, body: Any) -> None:  # noqa: ANN401
    assert await sender.sends(body) == 400
    assert notes.taken == []


@pytest.mark.parametrize("content", [{}, {"message": {"message_id": 1}}, {"message": 7}, {"message": [1]}])
async def test_an_update_of_an_unknown_shape_is_not_sent_again(sender: Sender, content: dict[str, Any]) -> None:
    assert await sender.sends({"update_id": 7} | content) == 200


async def test_a_kind_that_nobody_knows_is_taken(sender: Sender, notes: Notes) -> None:
    assert await sender.sends({"update_id": 8, "telepathy": {"thought": "hm"}}) == 200
    assert notes.taken == [8]


async def test_a_body_that_is_not_packed_as_it_says_is_a_bad_request(sender: Sender, notes: Notes) -> None:
    assert await sender.sends(b"no gzip", **{"Content-Encoding": "gzip"}) == 400
    assert notes.taken == []


async def test_a_small_body_that_unpacks_to_a_large_one_is_refused(sender: Sender, notes: Notes) -> None:
    packed = gzip.compress(json.dumps(UPDATE).encode() + b" " * (8 * LARGEST))
    assert len(packed) < LARGEST
    assert await sender.sends(packed, **{"Content-Encoding": "gzip"}) == 413
    assert notes.taken == []


async def test_strangers_who_speak_no_http_fill_no_log(notes: Notes, caplog: pytest.LogCaptureFixture) -> None:
    async with Receiver(Bot("1:A"), notes.take, PATH, SECRET).listening("127.0.0.1", 0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /updates/here HTTP/1.1\r\nContent-Length: many\r\n\r\n")
        assert (await asyncio.wait_for(reader.read(), PATIENCE)).startswith(b"HTTP/1.0 400 ")
        writer.close()
        await writer.wait_closed()
    assert caplog.records == []


async def test_a_request_under_way_ends_before_the_stop(notes: Notes) -> None:
    notes.stored.clear()
    async with ClientSession() as session:
        async with Receiver(Bot("1:A"), notes.take, PATH, SECRET).listening("127.0.0.1", 0) as port:
            sent = asyncio.ensure_future(Sender(session, port).sends(UPDATE))
            await asyncio.wait_for(notes.asked.wait(), PATIENCE)
            asyncio.get_running_loop().call_later(0.05, notes.stored.set)
        assert await sent == 200
    assert notes.taken == [7]


async def test_telegram_is_told_where_to_send_and_the_webhook_outlives_a_stop(
    api: BotApi, conversation: Conversation, kept: Path, ada: Person
) -> None:
    async with hosting(api, conversation) as sender:
        await ada.says("/help")
        assert await sender.sends(api.pending[0]) == 200
        assert (await api.shows())["text"]
    (call,) = api.called("setWebhook")
    assert call == {"url": f"https://bot.example.org{PATH}", "secret_token": SECRET, "allowed_updates": list(UPDATES)}
    assert api.webhook["url"] == call["url"]
    assert alive(kept / "health.json", time())


@pytest.mark.parametrize("url", ["http://x/", "https://x:8081/"])
async def test_an_address_that_telegram_does_not_take_ends_it(
    api: BotApi, conversation: Conversation, url: str
) -> None:
    with guarded(api.token), pytest.raises(TelegramError, match="Telegram does not take the webhook") as caught:
        await asyncio.wait_for(serve(conversation, settings_behind(api, free_port(), url=url)), PATIENCE)
    assert "ARTICLE_BOT_WEBHOOK_URL" in str(caught.value)


def test_another_server_may_send_to_any_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081")
    monkeypatch.setenv("ARTICLE_BOT_WEBHOOK_URL", "https://example.org:8080/x")
    assert read_settings().article_bot_webhook_url == "https://example.org:8080/x"


@pytest.mark.parametrize(
    ("name", "value"),
    [("URL", "http://bot.example.org/"), ("URL", "bot.example.org"), ("URL", "https://u:p@example.org/"),
     ("URL", "https://example.org/?x=1"), ("URL", "https://example.org/{x}"), ("URL", "https://example.org/a%20b"),
     ("URL", "https://example.org:8081/x"), ("URL", "https://example.org:4430"), ("URL", "https://[::1]:8080/x"),
     ("SECRET", "two words"), ("SECRET", "too_short"), ("SECRET", "x" * 257), ("SECRET", "ä"),
     ("LISTEN", "8080"), ("LISTEN", "127.0.0.1"), ("LISTEN", "h:0"), ("LISTEN", "h:99999"), ("LISTEN", "h:1/x")],
)  # fmt: skip
def test_a_wrong_setting_is_told_without_the_secret(
    name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(f"ARTICLE_BOT_WEBHOOK_{name}", value)
    with pytest.raises(SettingsError, match=f"^ARTICLE_BOT_WEBHOOK_{name} is not valid. It must be") as caught:
        read_settings()
    assert name != "SECRET" or value not in str(caught.value)


@pytest.mark.parametrize("port", ["", ":443", ":80", ":88", ":8443"])
def test_the_ports_that_telegram_sends_to_are_taken(port: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTICLE_BOT_WEBHOOK_URL", f"https://bot.example.org{port}/x")
    assert read_settings().article_bot_webhook_url == f"https://bot.example.org{port}/x"


@pytest.mark.parametrize(
    ("text", "read"),
    [("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:8443", ("::1", 8443)), ("", ("127.0.0.1", 8080))],  # noqa: S104
)
def test_the_address_to_listen_at_is_read(
    text: str, read: tuple[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARTICLE_BOT_WEBHOOK_LISTEN", text)
    assert read_settings().webhook_listen == read
