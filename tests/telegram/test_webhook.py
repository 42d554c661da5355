"""Updates that come over HTTP: taken from Telegram alone, and stored before they are confirmed."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import logging
import socket
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from telegram import Bot, Update
from telegram.error import BadRequest

from bot.errors import SettingsError
from bot.health import alive
from bot.settings import read_settings
from bot.telegram.webhook import LARGEST, SECRET_HEADER, Receiver, receive
from tests.telegram.botapi import PATIENCE, BotApi

PATH = "/updates/here"
SECRET = "a_secret-of-Telegram"
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

    async def take(self, updates: Sequence[Update]) -> None:
        self.asked.set()
        await self.stored.wait()
        if self.fails:
            raise OSError("the disk is full")
        self.taken += [update.update_id for update in updates]


class Sender:
    """Somebody who sends requests to the webhook."""

    def __init__(self, session: ClientSession, root: str) -> None:
        self._session = session
        self._root = root

    async def sends(
        self,
        body: Any = UPDATE,  # noqa: ANN401
        *,
        method: str = "POST",
        path: str = PATH,
        secret: str = SECRET,
        **headers: str,
    ) -> int:
        """Send a request, and return the status it is answered with; nothing else may be in the answer."""
        if not isinstance(body, bytes | AsyncIterator):
            body = json.dumps(body).encode()
        data = io.BytesIO(body) if isinstance(body, bytes) else body
        headers |= {SECRET_HEADER: secret} if secret else {}
        async with self._session.request(method, self._root + path, data=data, headers=headers) as response:
            assert await response.read() == b""
            assert "Server" not in response.headers
            return response.status


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
async def sender(notes: Notes) -> AsyncIterator[Sender]:
    receiver = Receiver(Bot("1:A"), notes, PATH, SECRET)
    async with receiver.listening("127.0.0.1", 0) as port, ClientSession() as session:
        yield Sender(session, f"http://127.0.0.1:{port}")


async def test_an_update_is_confirmed_only_once_it_is_stored(sender: Sender, notes: Notes) -> None:
    notes.stored.clear()
    sent = asyncio.ensure_future(sender.sends())
    await asyncio.wait_for(notes.asked.wait(), PATIENCE)
    assert not sent.done()
    notes.stored.set()
    assert await sent == 200
    assert notes.taken == [7]


async def test_what_cannot_be_stored_is_not_confirmed(
    sender: Sender, notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    notes.fails = True
    assert await sender.sends() == 500
    assert "the disk is full" in caplog.text
    notes.fails = False
    assert await sender.sends() == 200


@pytest.mark.parametrize("path", ["/", "/updates", f"{PATH}/", "/updates/../updates", f"{PATH}/x"])
async def test_a_wrong_path_is_not_found_even_with_the_secret(sender: Sender, notes: Notes, path: str) -> None:
    assert await sender.sends(path=path) == 404
    assert notes.taken == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"])
async def test_a_wrong_method_is_not_allowed(sender: Sender, notes: Notes, method: str) -> None:
    assert await sender.sends(method=method) == 405
    assert notes.taken == []


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", SECRET.lower(), "gehéim"])
async def test_a_wrong_secret_is_forbidden(
    sender: Sender, notes: Notes, secret: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert await sender.sends(secret=secret) == 403
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
    async with Receiver(Bot("1:A"), notes, PATH, SECRET).listening("127.0.0.1", 0) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /updates/here HTTP/1.1\r\nContent-Length: many\r\n\r\n")
        assert (await asyncio.wait_for(reader.read(), PATIENCE)).startswith(b"HTTP/1.0 400 ")
        writer.close()
        await writer.wait_closed()
    assert caplog.records == []


async def test_a_request_under_way_ends_before_the_stop(notes: Notes) -> None:
    notes.stored.clear()
    async with ClientSession() as session:
        async with Receiver(Bot("1:A"), notes, PATH, SECRET).listening("127.0.0.1", 0) as port:
            sent = asyncio.ensure_future(Sender(session, f"http://127.0.0.1:{port}").sends())
            await asyncio.wait_for(notes.asked.wait(), PATIENCE)
            asyncio.get_running_loop().call_later(0.05, notes.stored.set)
        assert await sent == 200
    assert notes.taken == [7]


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


async def test_telegram_is_told_where_to_send_and_the_webhook_outlives_a_stop(
    api: BotApi, notes: Notes, tmp_path: Path
) -> None:
    port, health = free_port(), tmp_path / "data" / "health.json"
    url = f"https://bot.example.org{PATH}"
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        work = receive(
            bot, notes, url=url, secret=SECRET, listen=("127.0.0.1", port), allowed_updates=["message"], health=health
        )
        task = asyncio.ensure_future(work)
        await api.until(health.exists)
        async with ClientSession() as session:
            assert await Sender(session, f"http://127.0.0.1:{port}").sends() == 200
        task.cancel()
        await asyncio.wait({task})
    assert api.called("setWebhook") == [{"url": url, "secret_token": SECRET, "allowed_updates": ["message"]}]
    assert api.webhook["url"] == url
    assert alive(health, health.stat().st_mtime)


async def test_an_address_that_telegram_does_not_take_ends_it(api: BotApi, notes: Notes, tmp_path: Path) -> None:
    async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
        with pytest.raises(BadRequest):
            await receive(
                bot, notes, url="http://x/", secret=SECRET, listen=("127.0.0.1", free_port()), allowed_updates=[],
                health=tmp_path / "health.json",
            )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [("URL", "http://bot.example.org/"), ("URL", "bot.example.org"), ("URL", "https://u:p@example.org/"),
     ("URL", "https://example.org/?x=1"), ("SECRET", "two words"), ("SECRET", "x" * 257), ("SECRET", "ä"),
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
