"""Ways to spoil the tiny base in a folder, and to read what is wrong with it."""

from pathlib import Path

from bot.base.load import read_base
from bot.base.problems import Problem

FILES = (
    "article.yaml",
    "calibration.yaml",
    "entities.yaml",
    "languages.yaml",
    "lexicon.yaml",
    "messages.yaml",
    "smalltalk.yaml",
    "wording.yaml",
)
"""The files that a base has once."""

ENTRIES = "entries/1-all.yaml"
PHRASINGS = "phrasings/1-all.yaml"


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "knowledge" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(folder: Path, file: str, text: str) -> None:
    with (folder / "knowledge" / file).open("a", encoding="utf-8") as out:
        out.write(text)


def problems(folder: Path) -> list[str]:
    found: list[Problem] = []
    read_base(folder, found)
    return [str(problem) for problem in found]


def only(folder: Path) -> str:
    (problem,) = problems(folder)
    return problem
