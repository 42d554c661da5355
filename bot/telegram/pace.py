"""How long polling waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for what, in seconds.

    `poll` is how long Telegram may wait for a message before it says that there is none, `respond` how much longer the
    response may take; `conflict` how long another poller is put up with; `checks` the pauses between attempts to
    tell whether the token is revoked; `silence` how long no poll may be completed before polling is begun anew;
    `predecessor` how long another process on the same data folder may take to stop.
    """

    poll: int = 10
    respond: float = 5.0
    conflict: float = 30.0
    checks: tuple[float, ...] = (1.0, 2.0, 4.0, 8.0, 15.0)
    silence: float = 90.0
    predecessor: float = 12.0
