"""Deal with an update whose turn it is: after what other processes have of its chat, and again later if need be."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

from telegram import Update

from bot.errors import StoreError
from bot.telegram.backlog import Age, age_of, tells_time
from bot.telegram.dispatcher import DONE, Again
from bot.telegram.handlers import Handlers
from bot.telegram.inbox import Inbox
from bot.telegram.marking import Marking
from bot.telegram.patience import in_hand
from bot.telegram.poller import Poller

LOG = logging.getLogger(__name__)

FIRST_PAUSE = 10.0
LONGEST_PAUSE = 300.0
"""Seconds after which a reply that could not be sent is tried again; each pause is twice the one before, up to this."""

TRIES_IN_TURN = 3
"""How often at most that is tried before what comes after it in its chat: it may be at fault itself."""

TRIES = 12
"""How often at most for what tells no time by which it gets too old, as a press: through half an hour or so."""

LOOKED_EVERY = 0.1
LONGEST_WAIT = 30.0
"""Seconds between two looks whether another process has dealt with what came before in a chat, and for all of them."""


class Turn:
    """Has updates answered, and marks them when they are done with."""

    def __init__(self, bot: Poller, inbox: Inbox, handlers: Handlers, longest: timedelta, marking: Marking) -> None:
        """Take what knows the time, what answers, the age from which a message gets no answer, and what marks."""
        self._bot = bot
        self._inbox = inbox
        self._handlers = handlers
        self._longest = longest
        self._marking = marking
        self._failed: dict[int, int] = {}
        """How often each update that waits for another try has been tried, by its id."""

    async def take(self, update: Update) -> Again:
        """Deal with an update, and tell whether that is to be done again."""
        number = update.update_id
        if age_of(update, self._longest, self._bot.clock.now()) is Age.TOO_OLD:
            LOG.info("Update %d has waited for too long and gets no answer.", number)
        else:
            await self._wait_for_others(number)
            in_hand.set(number)
            if not await self._handlers.answer(update):
                tries = self._failed[number] = self._failed.get(number, 0) + 1
                if tries < TRIES or tells_time(update):
                    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(tries - 1, 9))
                    LOG.warning("The reply to update %d is tried again in %g s.", number, pause)
                    in_turn = tries < TRIES_IN_TURN
                    if not in_turn:
                        await self._step_aside(number)
                    return Again(pause, in_turn=in_turn)
                LOG.warning("The reply to update %d is given up.", number)
        self._failed.pop(number, None)
        await self._marking.mark(number)
        return DONE

    async def _step_aside(self, number: int) -> None:
        """Have other processes wait no more for an update that waits out of turn."""
        try:
            await asyncio.to_thread(self._inbox.step_aside, number)
        except StoreError as error:
            LOG.warning("Other processes may wait for update %d. %s", number, error)

    async def _wait_for_others(self, number: int) -> None:
        """Wait until other processes have dealt with what they took in before an update of its chat."""
        try:
            async with asyncio.timeout(LONGEST_WAIT):
                while not await asyncio.to_thread(self._inbox.is_next, number):
                    await asyncio.sleep(LOOKED_EVERY)
        except TimeoutError:
            LOG.info("Update %d goes before what another process has not dealt with.", number)
        except StoreError as error:
            LOG.warning("Whether another process has something before an update was not looked at. %s", error)
