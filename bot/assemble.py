"""Put the parts together: from a folder with `knowledge/` and `seeds/` to a conversation that can be had."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

from bot.base.check import sound
from bot.base.model import Base
from bot.dialogue.conversation import Conversation
from bot.language.prepared import prepare
from bot.language.understand import Understander
from bot.matching import learned as learning
from bot.matching.index import count, phrasings
from bot.matching.learned import Learned


def start(folder: Path) -> Conversation:
    """Return the conversation over the base in `folder`, once that is found sound.

    Raises:
        BaseError: Its text lists everything that is wrong with the base.

    """
    # What is loaded lives as long as the program: collecting garbage in it would only cost time, now and later.
    gc.disable()
    try:
        learned = learning.load(folder / "knowledge") if (folder / "knowledge" / learning.FILE).is_file() else None
        if learned is not None and is_learned(folder, learned):
            begun = Conversation(sound(folder, phrasings=False), learned)
        else:
            begun = conversation(folder, sound(folder))
        gc.freeze()
    finally:
        gc.enable()
    return begun


def conversation(folder: Path, base: Base) -> Conversation:
    """Return the conversation over a base read from `folder`, with its phrasings.

    Raises:
        BaseError: What was learned from the base is missing or broken.

    """
    learned = learning.load(folder / "knowledge")
    if is_learned(folder, learned):
        return Conversation(base, learned)
    # A curator has changed the base: count its phrasings anew; the word weights serve until they are learned anew.
    prepared = prepare(base)
    understander = Understander(base, prepared)
    counts = count(phrasings(base, understander), base, understander)
    return Conversation(base, replace(learned, counts=counts, prepared=prepared), understander)


def is_learned(folder: Path, learned: Learned) -> bool:
    """Tell whether what was learned is of the base as it is now."""
    return learned.fingerprint == learning.fingerprint(folder / "knowledge")
