"""Just enough of an HTTP server for the Bot API: POST in, JSON out, connections kept alive."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from email.utils import formatdate
from typing import Any
from urllib.parse import parse_qsl

Answer = tuple[int, dict[str, Any] | bytes]
"""The status, and what becomes JSON, or the body as it is; or `Raw`, in place of the whole response."""
Respond = Callable[[str, dict[str, str]], Awaitable[Answer]]


class LostError(Exception):
    """Has the connection reset in place of an answer, or in the middle of one, after `part` of it."""

    def __init__(self, part: bytes = b"") -> None:
        super().__init__()
        self.part = part


class Raw(bytes):
    """A whole response, sound or not, after which the connection ends."""


class HttpServer:
    """Serves on a free port of the loopback; each request goes to `respond` as its path and its form."""

    def __init__(self, respond: Respond, clock: Callable[[], float] = time.time) -> None:
        self._respond = respond
        self._clock = clock
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        connections = list(self._connections)
        for each in connections:
            each.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        if self._server:
            await self._server.wait_closed()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._converse(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                while True:
                    path, form = await _request(reader)
                    try:
                        status, content = await self._respond(path, form)
                    except LostError as lost:
                        await _reset(writer, lost.part)
                        return
                    if isinstance(content, Raw):
                        writer.write(content)
                        await writer.drain()
                        return
                    body = content if isinstance(content, bytes) else json.dumps(content).encode()
                    head = (
                        f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
                        f"Date: {formatdate(self._clock(), usegmt=True)}\r\n\r\n"
                    )
                    writer.write(head.encode() + body)
                    await writer.drain()
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()


async def _reset(writer: asyncio.StreamWriter, part: bytes) -> None:
    if part:
        writer.write(b"HTTP/1.1 200 -\r\nContent-Length: 1000000\r\n\r\n" + part)
        await writer.drain()
        return
    linger = struct.pack("ii", 1, 0)  # a reset rather than a polite end
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


async def _request(reader: asyncio.StreamReader) -> tuple[str, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    line, *fields = head.splitlines()
    headers = {name.casefold(): value.strip() for name, _, value in (field.partition(":") for field in fields if field)}
    body = (await reader.readexactly(int(headers.get("content-length", "0")))).decode()
    if headers.get("content-type", "").startswith("application/json"):
        form = {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(body).items()
        }
    else:
        form = dict(parse_qsl(body, keep_blank_values=True))
    return line.split(" ")[1], form
