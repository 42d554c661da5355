"""What is wrong with a knowledge base, in words a curator can act on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the file, the place in it, what is wrong and what to do about it."""

    file: str
    where: str
    what: str
    mend: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.where}" if self.where else self.file
        return f"{place}: {self.what} {self.mend}"


def listed(problems: Iterable[Problem]) -> str:
    """Return the problems as lines of text, in the order of the files."""
    return "\n".join(str(problem) for problem in sorted(problems, key=lambda each: (each.file, each.where)))
