"""Which files a base is read from, and what lies beside them that is not read."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.base.problems import Problem

SINGLE = (
    "article.yaml", "entities.yaml", "lexicon.yaml", "smalltalk.yaml", "wording.yaml", "languages.yaml",
    "messages.yaml", "calibration.yaml",
)  # fmt: skip
"""The files that a base has once."""

TOLD = ("entries", "unstated")
ASKED = ("phrasings", "conversations")
"""The folders of which every file is read; answering does without those of what is asked."""


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that are read, by name."""
    return tuple(sorted(each for each in _visible(folder) if each.suffix == ".yaml" and not _is(each, stat.S_ISDIR)))


def read_files(knowledge: Path) -> tuple[Path, ...]:
    """Return all files that a base is read from and that are there, in one order everywhere."""
    single = (knowledge / name for name in SINGLE)
    several = (path for folder in TOLD + ASKED for path in files_in(knowledge / folder))
    return tuple(sorted(path for path in (*single, *several) if _is(path, stat.S_ISREG)))


def unread(knowledge: Path, *, phrasings: bool = True) -> Iterator[Problem]:
    """Yield a problem for everything that a curator may believe to be read, and that is not.

    Beside the folders these are further folders and files of YAML; in them, whatever is no file of theirs.
    """
    for path in _visible(knowledge):
        if _is(path, stat.S_ISDIR) and path.name not in (*SINGLE, *TOLD, *ASKED):
            yield Problem(f"{path.name}/", "", "This folder is not read.", f"Only {_named(TOLD + ASKED)} are.")
        elif _is(path, stat.S_ISREG) and path.suffix.casefold() in (".yaml", ".yml") and path.name not in SINGLE:
            instead = path.with_suffix(".yaml").name
            mend = f"Rename it to {instead}." if instead in SINGLE else f"Move it into {_named(TOLD + ASKED, ' or ')}."
            yield Problem(path.name, "", "This file is not read.", mend)
    for folder in TOLD + ASKED if phrasings else TOLD:
        for path in _visible(knowledge / folder):
            if _is(path, stat.S_ISDIR):
                what = "This folder is not read, nor is anything in it."
                yield Problem(f"{folder}/{path.name}/", "", what, f"Move its files into {folder}/ itself.")
            elif path.suffix != ".yaml":
                what = "This file is not read; only those are whose names end in .yaml."
                mend = f"Rename it to {path.with_suffix('.yaml').name}, or move it elsewhere."
                yield Problem(f"{folder}/{path.name}", "", what, mend)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    """Tell whether there is something of a kind; of what may not be looked at, reading it tells."""
    try:
        return kind(path.stat().st_mode)
    except OSError:
        return False


def _visible(folder: Path) -> list[Path]:
    """Return what lies in a folder, but for what editors leave there, such as `.#4-musk.yaml` and `4-musk.yaml~`."""
    return sorted(each for each in folder.glob("*") if not each.name.startswith((".", "#")) and each.name[-1] != "~")


def _named(folders: tuple[str, ...], last: str = " and ") -> str:
    names = [f"{each}/" for each in folders]
    return ", ".join(names[:-1]) + last + names[-1]
