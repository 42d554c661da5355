"""What can go wrong with a call, by switches that a test sets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from tests.telegram.http import Answer, LostError
from tests.telegram.methods import ApiError, Json

REFUSALS = {"401": "Unauthorized", "404": "Not Found"}
"""What a server says that does not know a token, though it may be ailing."""


class Faults:
    """The switches, and what they do to a call."""

    def __init__(self) -> None:
        super().__init__()
        self.lacking: set[str] = set()
        """Methods that the server does not have."""
        self.broken = False
        """Whether everything but getUpdates fails with a 500 that repeats the address."""
        self.revoked = False
        self.floods: dict[str, int] = {}
        """The seconds to ask for at the next call of a method, once."""
        self.failures: dict[str, int] = {}
        """How many of the next calls of a method fail with a 500."""
        self.send_faults: dict[str, list[str]] = {}
        """What goes wrong with the next calls of a method, one after another; see `_spoilt`."""
        self.spoils: Callable[[str, int], str] = lambda _, __: "none"
        """Tells what goes wrong with any other call of a method, to a chat or to 0; see `_spoilt`."""
        self.lateness = 1.0
        """Seconds for which the answer of a call spoilt by "late" is held back."""
        self.chat_floods: dict[int, int] = {}
        """The seconds to ask for at the next request to a chat, once."""
        self.supergroups: dict[int, int] = {}
        """The groups that have become supergroups, and what they are now."""
        self.reads_no_html = False

    async def spoil(self, method: str, chat: int, sound: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return the response to a call, which is that of `sound` where nothing goes wrong."""
        faults = self.send_faults.get(method)
        return await self._spoilt(faults.pop(0) if faults else self.spoils(method, chat), sound)

    async def _spoilt(self, fault: str, sound: Callable[[], Awaitable[Answer]]) -> Answer:
        """Have something go wrong before a call has its effect, or once it has had it."""
        if fault == "reset before":
            raise LostError
        if fault == "500":
            return 500, ApiError(500, "Internal Server Error").content
        if fault in REFUSALS:
            return int(fault), ApiError(int(fault), REFUSALS[fault]).content
        if fault == "502":
            return 502, b"<html><body><h1>502 Bad Gateway</h1>\nnginx</body></html>"
        if fault == "strange":
            return 200, {}
        status, content = await sound()
        match fault:
            case "reset after":
                raise LostError
            case "cut":
                raise LostError(b'{"ok": true, "result": {"messa')
            case "garbage":
                return status, b"\x00{]not JSON"
            case "late":
                await asyncio.sleep(self.lateness)
            case _:
                assert fault == "none"
        return status, content

    def fail(self, method: str, parameters: Json) -> None:
        """Raise an error where a call that was understood is to get one."""
        if method in self.floods:
            seconds = self.floods.pop(method)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        chat = parameters.get("chat_id", 0)
        if chat in self.chat_floods:
            seconds = self.chat_floods.pop(chat)
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        if chat in self.supergroups:
            new = self.supergroups[chat]
            description = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, description, migrate_to_chat_id=new)
        if self.reads_no_html and parameters.get("parse_mode"):
            raise ApiError(400, "Bad Request: can't parse entities: unsupported start tag at byte offset 7")
        if self.failures.get(method, 0):
            self.failures[method] -= 1
            raise ApiError(500, "Internal Server Error")
