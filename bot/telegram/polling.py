"""Poll Telegram for updates, and see to it that polling goes on."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from telegram import Update
from telegram.ext import Updater

from bot.errors import BotError, TelegramError
from bot.telegram.pace import Pace
from bot.telegram.poller import Poller
from bot.telegram.pulse import Pulse

LOG = logging.getLogger(__name__)

LAST_POLL = 2.0
"""Seconds for the polling to end, with a last poll that confirms what was fetched."""

UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)

SILENT = (
    "No poll for messages has been completed for a while, though Telegram can be reached, and beginning anew did not "
    "help; the log tells more. Start the program again."
)


async def poll(bot: Poller, pulse: Pulse, pace: Pace) -> BotError:
    """Poll until there is no use in it, and return why.

    While Telegram as a whole cannot be reached, it is worth waiting; where only the polls fail, a new process may help.
    """
    begun_anew = False
    polled = pulse.polled
    pulse.begin_anew()  # it may have taken long to reach Telegram at all
    updater = await _begin(bot, pace)
    try:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pulse.left(pace.silence)):
                    return await bot.why_over()
            if pulse.left(pace.silence):
                continue
            if begun_anew and pulse.polled == polled and await bot.reachable():
                return TelegramError(SILENT)
            LOG.warning("No poll has been completed for %g s; polling is begun anew.", pace.silence)
            begun_anew, polled = True, pulse.polled
            pulse.begin_anew()
            await _end(updater)
            updater = await _begin(bot, pace)
    finally:
        try:
            await _end(updater)
        finally:
            pulse.end()


async def _begin(bot: Poller, pace: Pace) -> Updater:
    updater = Updater(bot, _Nowhere())
    await updater.initialize()
    await updater.start_polling(
        timeout=timedelta(seconds=pace.poll),
        allowed_updates=UPDATES,
        drop_pending_updates=False,
        error_callback=lambda _: None,  # the poller has told of it
    )
    return updater


async def _end(updater: Updater) -> None:
    if updater.running:
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_POLL):
                await updater.stop()


class _Nowhere(asyncio.Queue[object]):
    """Where the updater puts updates, which were taken while they were fetched."""

    async def put(self, item: object) -> None:
        """Keep nothing."""
