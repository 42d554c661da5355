"""Tell Telegram's time, which messages bear: the clock of this machine may be off."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any


class Clock:
    """Telegram's clock, as far as the responses tell of it."""

    def __init__(self) -> None:
        self.ahead: float | None = None
        """By how many seconds this machine's clock is ahead of Telegram's; None while no response has told."""

    async def note(self, response: Any) -> None:  # noqa: ANN401 (what the HTTP library calls it with)
        """Note when a response was made, unless a gateway's clock may have told."""
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return
        try:
            told = parsedate_to_datetime(response.headers["Date"]).timestamp()
        except (KeyError, ValueError):
            return
        self.ahead = time.time() - told

    def now(self) -> datetime:
        """Return Telegram's time."""
        return datetime.now(UTC) - timedelta(seconds=self.ahead or 0.0)
