"""A bot that takes whatever Telegram sends: no update stops the others, nor does a strange response."""

from __future__ import annotations

from typing import Any

from telegram.error import TelegramError
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.updates import read


class StrangeError(TelegramError):
    """What came is JSON, but nothing that Telegram says."""


class _Response(dict[str, Any]):
    """A response, of which a part may be missing."""

    def __missing__(self, key: str) -> Any:  # noqa: ANN401 (whatever a response may hold)
        raise StrangeError(f"Invalid server response: no {key!r}")


class LenientRequest(HTTPXRequest):
    """A client that takes a strange response for a failure like others, where the library would take it for a bug."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read a response; see the base class.

        Raises:
            StrangeError: It is JSON, but no object; or, later, of one without a result.

        """
        content: object = HTTPXRequest.parse_json_payload(payload)
        if not isinstance(content, dict):
            raise StrangeError("Invalid server response: no object")
        return _Response(content)


class Lenient(ExtBot[int]):
    """Polls past updates that cannot be read, and keeps its token to itself.

    The library would refuse all that were fetched with one, again and again, and log the texts in them.
    """

    def __repr__(self) -> str:
        """Name the bot by its number, where the library would show the token."""
        return f"{type(self).__name__}({self.token.partition(':')[0]})"

    __str__ = __repr__

    async def _post(self, endpoint: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (those of the base class)
        result = await super()._post(endpoint, *args, **kwargs)
        if endpoint != "getUpdates":
            return result
        if not isinstance(result, list):
            # The library would take it for none, and ask again at once.
            raise TelegramError("Invalid server response: no list of updates")
        raws = [raw for raw in result if isinstance(raw, dict) and type(raw.get("update_id")) is int]
        return [raw if read(raw, self) else {"update_id": raw["update_id"]} for raw in raws]
