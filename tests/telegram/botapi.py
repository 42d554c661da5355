"""A strict Bot API server over real HTTP on the loopback, with switches for what can go wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from time import time
from typing import Any, Self

from tests.telegram.chats import Chats
from tests.telegram.faults import Faults
from tests.telegram.http import Answer, HttpServer
from tests.telegram.markup import RejectedError
from tests.telegram.methods import PARAMETERS, ApiError, Json, read
from tests.telegram.updates import Updates

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for the bot."""


class BotApi(Faults, Updates, Chats):
    """Telegram as one bot sees it; whatever the bot does wrong is refused and noted in `violations`."""

    def __init__(self) -> None:
        super().__init__()
        self.violations: list[str] = []
        self.calls: list[tuple[str, Json]] = []
        self.clock = 0.0
        """By how many seconds the clock of the server is ahead."""
        self._http = HttpServer(self._respond, lambda: time() + self.clock)

    async def __aenter__(self) -> Self:
        await self._http.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.goes_down()

    async def goes_down(self) -> None:
        """Refuse connections, and end those there are."""
        await self._http.stop()

    async def comes_back(self) -> None:
        """Take connections again, at the same address."""
        await self._http.start()

    def upgrade(self, group: Json, new: int) -> Json:
        """Make a group a supergroup; return what it is now."""
        self.supergroups[group["id"]] = new
        chat = group | {"id": new, "type": "supergroup"}
        self.messages[new, 0] = {"message_id": 0, "chat": chat, "from": {}}
        return chat

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.port}"

    async def shows(self) -> Json:
        """Wait for the next message sent or edited by the bot, and return it as the Bot API has it."""
        async with asyncio.timeout(PATIENCE):
            return await self.shown.get()

    async def until(self, met: Callable[[], bool]) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not met():
                await asyncio.sleep(0.01)

    def called(self, method: str) -> list[Json]:
        """Return the parameters of each call of a method."""
        return [parameters for name, parameters in self.calls if name == method]

    async def _respond(self, path: str, form: dict[str, str]) -> Answer:
        if path.endswith("/getUpdates") and self.polls_with:
            return await self.polls_with.pop(0)()
        method = path.rpartition("/")[2]
        return await self.spoil(method, int(form.get("chat_id", 0)), lambda: self._sound(path, form))

    async def _sound(self, path: str, form: dict[str, str]) -> Answer:
        try:
            return 200, {"ok": True, "result": await self._call(path, form)}
        except RejectedError as error:
            self.violations.append(f"{path.rpartition('/')[2]}: {error}")
            return 400, ApiError(400, f"Bad Request: {error}").content
        except ApiError as error:
            return error.code, error.content

    async def _call(self, path: str, form: dict[str, str]) -> Any:  # noqa: ANN401
        prefix, _, method = path.rpartition("/")
        if not re.fullmatch(r"/bot[0-9]+:[\w-]+", prefix) or method in self.lacking:
            raise ApiError(404, "Not Found")
        if prefix != f"/bot{self.token}" or self.revoked:
            raise ApiError(401, "Unauthorized")
        if method not in PARAMETERS:
            raise RejectedError("there is no such method")
        if self.broken and method != "getUpdates":
            raise ApiError(500, f"Internal Server Error at {path}")
        parameters = read(form, PARAMETERS[method])
        self.calls.append((method, parameters))
        self.fail(method, parameters)
        if method == "getUpdates":
            return await self._get_updates(**parameters)
        if method == "sendMessage" and (slow := self.slow.get(parameters["chat_id"])):
            await slow.wait()
        answer: Callable[..., Any] = getattr(self, f"_{re.sub('[A-Z]', lambda c: '_' + c[0].lower(), method)}")
        return answer(**parameters)
