"""Take updates that Telegram sends over HTTP, in place of polling for them."""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot

from bot.telegram.poller import Take
from bot.telegram.session import Session
from bot.telegram.updates import parsed, read

LOG = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (the name of a header)

LARGEST = 1024 * 1024
"""Bytes of a body; an update of Telegram has some thousands."""

BODY_WITHIN = 10.0
"""Seconds that a body may take to arrive, so that slow senders do not pile up."""

STOP_WITHIN = 2.0
"""Seconds for the requests under way to end when the bot is stopped."""

BEAT_EVERY = 30.0
"""Seconds between two signs of life."""


class Receiver:
    """Answers each HTTP request: 200 once its update is stored; else a bare status, which tells strangers nothing."""

    def __init__(self, bot: Bot, take: Take, path: str, secret: str) -> None:
        """Take what updates go to, the path they come to, and the secret that Telegram sends along."""
        self._bot = bot
        self._take = take
        self._secret = secret.encode()
        # Of a wrong secret the body is not read, of a right one no more than this.
        self._app = web.Application(client_max_size=LARGEST, middlewares=[_bare])
        self._app.router.add_post(path, self._receive)
        self._app.on_response_prepare.append(_nameless)

    @asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[int]:
        """Listen until the end of the block, then let the requests under way end; yield the port.

        Raises:
            OSError: The address cannot be listened at.

        """
        noise = LOG.getChild("noise")  # of strangers who do not even speak HTTP, with a traceback each
        noise.setLevel(logging.CRITICAL)
        runner = web.AppRunner(self._app, logger=noise, access_log=None, shutdown_timeout=STOP_WITHIN)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
            yield site.port
        finally:
            await runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(BODY_WITHIN):
                body = await request.read()
        except TimeoutError:
            return web.Response(status=408)
        except (ConnectionError, web.RequestPayloadError):  # cut off, or not packed as it says
            return web.Response(status=400)
        raw = parsed(body)
        if raw is None:
            return web.Response(status=400)
        # To refuse one that cannot be read would have Telegram send it again and again, and hold up those after it.
        update = read(raw, self._bot)
        if update:
            await self._take([update], False)
        return web.Response()


async def receive(session: Session, url: str, secret: str, listen: tuple[str, int], kinds: Sequence[str]) -> None:
    """Listen, tell Telegram to send updates of these kinds to `url`, and take them until cancelled.

    The webhook stays set: Telegram keeps what comes in the meantime for the next start.

    Raises:
        OSError: The address cannot be listened at.
        telegram.error.TelegramError: Telegram does not take the webhook.

    """
    receiver = Receiver(session.bot, session.intake.take, urlsplit(url).path or "/", secret)
    async with receiver.listening(*listen):
        # Not before there is somebody to answer, or the first tries fail and Telegram waits ever longer.
        await session.bot.set_webhook(url, allowed_updates=kinds, secret_token=secret)
        while True:
            session.pulse.beat()
            await asyncio.sleep(BEAT_EVERY)


@web.middleware
async def _bare(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:  # noqa: ANN401
    """Answer with a status alone where the library would explain itself."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return web.Response(status=error.status)
    except Exception:
        LOG.exception("An update could not be taken; Telegram will send it again.")
        return web.Response(status=500)


async def _nameless(_: web.Request, response: web.StreamResponse) -> None:
    """Leave out the name and the version of the library."""
    del response.headers["Server"]
