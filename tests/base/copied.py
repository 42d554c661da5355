"""A copy of the real base for tests to break."""

import json
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from typing import Any

from bot.base.check import structure
from bot.base.load import read_base
from bot.base.places import data_folder
from bot.base.problems import Problem

ENTRY = {
    "id": "broken",
    "label": "What is broken?",
    "answer": "Nothing.",
    "evidence": [{"line": 15, "quote": "I look forward to working with his administration on this."}],
}
UNSTATED = {
    "id": "broken",
    "says": "The article does not say.",
    "nearest": ["summary"],
}
PHRASINGS = [f"broken question number {number}" for number in range(12)]


class Copy:
    """A copy of the real base to break, and what is wrong with it that is not wrong with the real one."""

    def __init__(self, folder: Path, usual: list[Problem]) -> None:
        self.folder = folder
        self._usual = usual
        for part in ("knowledge", "seeds"):
            copytree(data_folder() / part, folder / part)

    def add_entry(
        self,
        topic: str = "9-broken",
        phrasings: Sequence[str] = PHRASINGS,
        **changes: Any,  # noqa: ANN401 (any value of YAML)
    ) -> None:
        entry = {**ENTRY, **changes}
        self._write(f"entries/{topic}.yaml", {"topic": "Broken", "entries": [entry]})
        self._write(f"phrasings/{topic}.yaml", {entry["id"]: phrasings})

    def add_unstated(self, phrasings: Sequence[str] = PHRASINGS, **changes: Any) -> None:  # noqa: ANN401
        thing = {**UNSTATED, **changes}
        self._write("unstated/9-broken.yaml", [thing])
        if phrasings:
            self._write("phrasings/9-unstated.yaml", {thing["id"]: phrasings})

    def _write(self, file: str, content: Any) -> None:  # noqa: ANN401
        # JSON is YAML too.
        (self.folder / "knowledge" / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def append(self, file: str, item: Any, indent: str = "") -> None:  # noqa: ANN401
        with (self.folder / "knowledge" / file).open("a", encoding="utf-8") as out:
            out.write(f"\n{indent}- {json.dumps(item)}\n")

    def rename(self, file: str, old: str, new: str) -> None:
        path = self.folder / "knowledge" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> list[str]:
        found: list[Problem] = []
        base = read_base(self.folder, found)
        assert base is not None, found
        return [str(problem) for problem in [*found, *structure(base)] if problem not in self._usual]
