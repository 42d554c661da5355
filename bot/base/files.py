"""Read YAML files and hold them against the schema; every problem is collected, none is raised. Write a line of one."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from bot.base.explained import KEY, worded
from bot.base.problems import Problem

Shape = TypeVar("Shape")

_FastLoader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


LARGEST = 2 * 1024 * 1024
"""Bytes of a file; the largest of this base has a sixth of that."""


class _Loader(_FastLoader):  # type: ignore[misc, valid-type]
    """A safe loader that refuses a key given twice, which YAML would silently let win, and references to other places.

    A few of these, each to several of the next, stand for more than any memory holds.
    """

    def get_single_node(self) -> yaml.Node | None:
        root: yaml.Node | None = super().get_single_node()
        seen, left = set(), [root] if root else []
        while left:
            node = left.pop()
            if id(node) in seen:
                what = "a * refers to what stands elsewhere after a &; write it out"
                raise yaml.composer.ComposerError(None, None, what, node.start_mark)
            seen.add(id(node))
            if isinstance(node, yaml.MappingNode):
                left += [each for pair in node.value for each in pair]
            elif isinstance(node, yaml.SequenceNode):
                left += node.value
        return root

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:
            # A date that does not exist, say, which YAML reads as one.
            what = f"{str(node.value)[:40]!r} looks like a date or a number, but is none; put it in quotes"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark) from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value]
        twice = next((key for key, times in Counter(map(str, keys)).items() if times > 1), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"the key {twice!r} is given twice", node.start_mark)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read(path: Path, shape: type[Shape], name: str, problems: list[Problem]) -> Shape | None:
    """Return the file's content in the given shape, or None with the reasons added to `problems`.

    `name` is how the file is called in the problems.
    """
    text = _text(path, name, problems)
    if text is None:
        return None
    try:
        content = yaml.load(text, Loader=_Loader)  # noqa: S506 (it is a SafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.partition(chr(error.character))[0].count("\n") + 1
        what = f"Here is a character that no text has (number {error.character})."
        problems.append(Problem(name, f"line {line}", what, "Delete it, or write the line anew."))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        problems.append(Problem(name, where, f"This is not valid YAML: {what}.", "Check indents, colons and quotes."))
        return None
    if content is None:
        mend = "Write into it, or delete it." if "/" in name else "Put back what stood in it."
        problems.append(Problem(name, "", "The file is empty.", mend))
        return None
    try:
        return TypeAdapter(shape).validate_python(content)
    except ValidationError as error:
        problems.extend(_problem(name, content, detail) for detail in error.errors())
        return None


def _text(path: Path, name: str, problems: list[Problem]) -> str | None:
    """Return what stands in a file, or None with the reason added to `problems`."""
    try:
        if path.stat().st_size > LARGEST:
            what = f"The file has more than {LARGEST // 1024**2} MiB."
            problems.append(Problem(name, "", what, "Move a part of it into a file of its own."))
            return None
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problem = Problem(name, "", "The file is missing.", "Put it back; every base has one.")
    except IsADirectoryError:
        problem = Problem(name, "", "This is a folder, but should be a file.", "Put the file in its place.")
    except PermissionError:
        problem = Problem(name, "", "You have no permission to read the file.", "Change its permissions.")
    except OSError as error:
        problem = Problem(name, "", f"The disk does not give the file ({error.strerror}).", "Look at the disk.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = "Here is a letter that is not in UTF-8, the encoding of all files."
        problem = Problem(name, f"line {line}", what, "Save the file as UTF-8, and look whether the line is right.")
    problems.append(problem)
    return None


def item(text: str) -> str:
    """Return a text as one line of a YAML list, in quotation marks where it needs them."""
    return yaml.safe_dump([text], allow_unicode=True, width=math.inf, default_flow_style=False).strip()


def _problem(name: str, content: object, detail: ErrorDetails) -> Problem:
    """Turn a pydantic error into a problem, naming an item of a list by its id rather than its index."""
    *path, last = detail["loc"] or ("",)
    steps: list[str] = []
    here: Any = content
    for step in path if last == KEY else detail["loc"]:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int) and isinstance(here, dict) and here.get("id"):
            steps.append(str(here["id"]))
        elif isinstance(step, int):
            steps.append(f"item {step + 1}")
        else:
            steps.append(str(step))
    if last == KEY:
        # Of a key that YAML reads as a number or as true, pydantic makes the number of an item.
        steps[-1] = str(detail["input"])
    return Problem(name, " > ".join(steps), *worded(detail))
