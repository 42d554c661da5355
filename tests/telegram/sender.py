"""Somebody who sends requests to the bot's webhook, as Telegram does, and a bot behind one to send them to."""

from __future__ import annotations

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.dialogue.conversation import Conversation
from bot.settings import Settings
from bot.telegram.hosted import serve
from bot.telegram.logs import guarded
from bot.telegram.webhook import SECRET_HEADER
from tests.telegram.botapi import BotApi
from tests.telegram.conftest import settings_for

PATH = "/updates/here"
SECRET = "a_secret-of-Telegram"


class Sender:
    """Sends requests to a port of this machine."""

    def __init__(self, session: ClientSession, port: int) -> None:
        self._session = session
        self._root = f"http://127.0.0.1:{port}"

    async def sends(
        self,
        body: Any,  # noqa: ANN401
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


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def settings_behind(api: BotApi, port: int, url: str = f"https://bot.example.org{PATH}") -> Settings:
    """Return the settings of a bot behind a webhook."""
    return settings_for(api).model_copy(
        update={
            "article_bot_webhook_url": url,
            "article_bot_webhook_secret": SecretStr(SECRET),
            "article_bot_webhook_listen": f"127.0.0.1:{port}",
        }
    )


@asynccontextmanager
async def hosting(api: BotApi, conversation: Conversation) -> AsyncIterator[Sender]:
    """Run the bot behind a webhook until the end of the block, and yield who sends to it."""
    port, told = free_port(), len(api.called("setWebhook"))
    with guarded(api.token), guarded(SECRET):
        task = asyncio.ensure_future(serve(conversation, settings_behind(api, port)))
        try:
            await api.until(lambda: len(api.called("setWebhook")) > told or task.done())
            async with ClientSession() as session:
                yield Sender(session, port)
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
