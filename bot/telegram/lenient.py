"""A bot that takes whatever Telegram sends as an update: one that cannot be read stops no other."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Update
from telegram.ext import ExtBot

LOG = logging.getLogger(__name__)


class Lenient(ExtBot[int]):
    """Makes of an update that cannot be read one that holds nothing but its id, so that it is confirmed.

    The library would refuse all that were fetched with it, for ever, and log the texts in them.
    """

    async def _post(self, endpoint: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (those of the base class)
        result = await super()._post(endpoint, *args, **kwargs)
        if endpoint != "getUpdates" or not isinstance(result, list):
            return result
        return [self._readable(each) for each in result if isinstance(each, dict) and _has_id(each)]

    def _readable(self, raw: dict[str, Any]) -> dict[str, Any]:
        try:
            Update.de_json(dict(raw), self)
        except Exception as error:  # whatever comes of fields that are missing or of another kind
            kinds = ", ".join(sorted(set(raw) - {"update_id"}))
            LOG.debug(
                "Update %d (%s) cannot be read and is ignored: %s.", raw["update_id"], kinds, type(error).__name__
            )
            return {"update_id": raw["update_id"]}
        return raw


def _has_id(raw: dict[str, Any]) -> bool:
    return type(raw.get("update_id")) is int
