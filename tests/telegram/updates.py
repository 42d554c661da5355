"""The updates that wait for the bot, and the two ways in which it gets them: a poll and a webhook."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from tests.telegram.account import Account
from tests.telegram.http import Answer
from tests.telegram.markup import RejectedError
from tests.telegram.methods import ApiError, Json


class Updates(Account):
    """The queue of updates of one bot."""

    def __init__(self) -> None:
        super().__init__()
        self.polled = asyncio.Event()
        self.webhook: Json = {"url": ""}
        """What getWebhookInfo tells, but for the number of updates that wait."""
        self.conflicts = 0
        """How many of the next polls find that another program polls."""
        self.polls_with: list[Callable[[], Awaitable[Answer]]] = []
        """What the next polls get instead of updates, one each."""
        self._updates: list[Json] = []
        self._changed = asyncio.Condition()
        self._allowed: list[str] = []
        self._poll = 0

    @property
    def pending(self) -> list[Json]:
        """Return the updates not yet confirmed."""
        return list(self._updates)

    async def publish(self, kind: str, content: Json) -> None:
        """Make an update for the bot to fetch, unless it is of a kind that the bot has said it does not want."""
        if self._allowed and kind not in self._allowed:
            return
        async with self._changed:
            self._updates.append({"update_id": self.next_id(), kind: content})
            self._changed.notify_all()

    def repeat(self, update: Json, times: int) -> None:
        """Have the next polls fetch an update that was fetched before, so many times."""
        again = {"ok": True, "result": [update]}

        async def answer() -> Answer:
            return 200, again

        self.polls_with += [answer] * times

    def _delete_webhook(self, *, drop_pending_updates: bool = False) -> bool:
        if drop_pending_updates:
            self._updates.clear()
        self.webhook = {"url": ""}
        return True

    def _set_webhook(self, url: str, secret_token: str, allowed_updates: list[str]) -> bool:
        if not url.startswith("https://"):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if urlsplit(url).port not in (None, 443, 80, 88, 8443):
            raise ApiError(400, "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
        if not re.fullmatch(r"[\w-]{1,256}", secret_token, re.ASCII):
            raise RejectedError("secret token contains unallowed characters")
        self.webhook, self._allowed = {"url": url}, allowed_updates
        return True

    def _get_webhook_info(self) -> Json:
        return {"has_custom_certificate": False, "pending_update_count": len(self._updates), **self.webhook}

    async def _get_updates(
        self, offset: int = 0, limit: int = 100, timeout: int = 0, allowed_updates: list[str] | None = None
    ) -> list[Json]:
        if self.webhook["url"]:
            raise ApiError(
                409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first"
            )
        if allowed_updates is not None:  # else those of the last time hold
            self._allowed = allowed_updates
        self._poll += 1
        mine = self._poll
        until = asyncio.get_running_loop().time() + timeout
        async with self._changed:
            self._changed.notify_all()
            self._updates = [each for each in self._updates if each["update_id"] >= offset]
            while True:
                if self.conflicts or self._poll != mine:
                    self.conflicts = max(0, self.conflicts - 1)
                    raise ApiError(
                        409, "Conflict: terminated by other getUpdates request; make sure that only one bot runs"
                    )
                self.polled.set()
                left = until - asyncio.get_running_loop().time()
                if self._updates or left <= 0:
                    return self._updates[:limit]
                try:
                    async with asyncio.timeout(left):
                        await self._changed.wait()
                except TimeoutError:
                    continue
