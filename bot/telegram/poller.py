"""The bot as an object: what it calls the Bot API through, and when polling is of no use any more."""

from __future__ import annotations

import asyncio
import logging
from typing import Any
from urllib.parse import urlsplit

from telegram import LinkPreviewOptions, Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.telegram.patience import Patience

LOG = logging.getLogger(__name__)

READ_TIMEOUT = 10.0
"""Seconds to wait for Telegram to respond, beyond those of the long poll."""

LOOPBACK = ("127.0.0.1", "::1", "localhost")

CONFLICTS_AT_START = 3
CONFLICTS_LATER = 6
"""How many conflicts in a row end the polling; more for the bot that was there first, so that the newcomer yields."""

SECOND_POLLER = (
    "Telegram lets only one program poll for a bot, and another one polls for this bot: this program running a second "
    "time, perhaps on another machine. Stop the other one and start again."
)
REVOKED = (
    "Telegram no longer accepts the bot's token. Get the present one from @BotFather, put it into TELEGRAM_BOT_TOKEN "
    "and start again."
)


class Poller(ExtBot[int]):
    """A bot that knows when there is no use in polling on."""

    def __init__(self, token: str, root: str) -> None:
        """Take the token and the root of the Bot API server, without a trailing slash.

        Raises:
            ValueError: The proxy in the environment cannot be used.
            RuntimeError: So it is, for want of a library.

        """
        # A proxy in the environment leads out of this machine, so there is no use for it on the way to a server on it.
        client = {"trust_env": urlsplit(root).hostname not in LOOPBACK}
        super().__init__(
            token,
            base_url=lambda secret: f"{root}/bot{secret}",
            base_file_url=lambda secret: f"{root}/file/bot{secret}",
            request=HTTPXRequest(read_timeout=READ_TIMEOUT, httpx_kwargs=client),
            get_updates_request=HTTPXRequest(1, READ_TIMEOUT, httpx_kwargs=client),
            defaults=Defaults(
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                allow_sending_without_reply=True,
            ),
            rate_limiter=Patience(),
        )
        self._over = asyncio.Event()
        self._why_over = ""
        self._conflicts = 0
        self._polled = False

    async def why_over(self) -> str:
        """Wait until polling is of no use any more, and return why, in a plain sentence."""
        await self._over.wait()
        return self._why_over

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:  # noqa: ANN401 (those of the base class)
        """Poll once; every failure is told here in one line, and left to the updater to repeat."""
        if self._over.is_set():
            return ()
        try:
            updates = await super().get_updates(*args, **kwargs)
        except InvalidToken:
            return self._end(REVOKED)
        except Conflict:
            self._conflicts += 1
            limit = CONFLICTS_LATER if self._polled else CONFLICTS_AT_START
            LOG.warning("Another program polls for this bot (%d of %d).", self._conflicts, limit)
            if self._conflicts >= limit:
                return self._end(SECOND_POLLER)
            raise
        except TelegramError as error:
            if not kwargs.get("timeout"):  # the updater's last call, which only confirms what was fetched
                LOG.warning("The messages fetched last could not be confirmed (%s).", error)
                return ()
            LOG.warning("Polling failed (%s); trying again.", error)
            raise
        except Exception as error:
            # The updater would ask again at once, for ever; after a network error it waits.
            LOG.warning("What Telegram sent cannot be understood (%r); trying again.", error)
            raise NetworkError("Not understood.") from error
        self._conflicts, self._polled = 0, True
        return updates

    async def delete_webhook(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 (those of the base class)
        """Delete the webhook, if there is one; where one stays, polling tells of the conflict."""
        try:
            return await super().delete_webhook(*args, **kwargs)
        except TelegramError as error:
            LOG.warning("deleteWebhook failed (%s); going on without it.", error)
            return False

    def _end(self, why: str) -> tuple[Update, ...]:
        self._why_over = why
        self._over.set()
        return ()
