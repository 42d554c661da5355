from dataclasses import replace
from pathlib import Path

import pytest

from bot.assemble import conversation as assembled
from bot.base.load import load
from bot.base.model import Base
from bot.base.places import data_folder
from bot.dialogue.conversation import Conversation
from bot.language.understand import Understander
from tests.secrets import pytest_runtest_makereport  # noqa: F401 (pytest finds it here)
from tests.tiny import write_tiny_base
from tests.world import learned
from tests.world import world as made_world


@pytest.fixture(scope="session")
def base() -> Base:
    return load(data_folder())


@pytest.fixture(scope="session")
def conversation(base: Base) -> Conversation:
    return assembled(data_folder(), base)


@pytest.fixture(scope="session")
def wavering(base: Base) -> Conversation:
    """Return a conversation that always asks which of several entries is meant."""
    return assembled(data_folder(), replace(base, calibration={**base.calibration, "alone": 2.0, "pair": 2.0}))


@pytest.fixture(scope="session")
def guessing(base: Base) -> Conversation:
    """Return a conversation that answers nothing and knows of nothing untold, but guesses what may be meant."""
    unsure = replace(base, unstated={}, calibration={**base.calibration, "answer": 2.0})
    return assembled(data_folder(), unsure)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a sound base of three entries, for the commands to load in no time."""
    return write_tiny_base(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def tiny_conversation(tiny: Path) -> Conversation:
    return assembled(tiny, load(tiny))


@pytest.fixture(scope="session")
def world() -> Base:
    """Return the hand-made base of `tests/world.py`, whose weights no fitting changes."""
    return made_world()


@pytest.fixture(scope="session")
def understander(world: Base) -> Understander:
    return Understander(world)


@pytest.fixture(scope="session")
def talk(world: Base, understander: Understander) -> Conversation:
    """Return the conversation over the hand-made base."""
    return Conversation(world, learned(world, understander), understander)
