"""Read YAML files and hold them against the schema; every problem is collected, none is raised. Write a line of one."""

from __future__ import annotations

import math
from collections import Counter
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

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
    try:
        if path.stat().st_size > LARGEST:
            what = f"The file has more than {LARGEST // 1024**2} MiB."
            problems.append(Problem(name, "", what, "Move a part of it into a file of its own."))
            return None
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (it is a SafeLoader)
    except FileNotFoundError:
        problems.append(Problem(name, "", "The file is missing.", "Put it back; every base has one."))
        return None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(name, "", f"The file cannot be read ({error}).", "Save it as UTF-8 text."))
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or str(error).splitlines()[0]
        problems.append(Problem(name, where, f"This is not valid YAML: {what}.", "Check indents, colons and quotes."))
        return None
    except ValueError as error:
        # A date that does not exist, say, which YAML reads as one.
        problems.append(Problem(name, "", f"A value cannot be read: {error}.", "Put it in quotes, or mend it."))
        return None
    try:
        return TypeAdapter(shape).validate_python(content)
    except ValidationError as error:
        problems.extend(_problem(name, content, detail) for detail in error.errors())
        return None


def item(text: str) -> str:
    """Return a text as one line of a YAML list, in quotation marks where it needs them."""
    return yaml.safe_dump([text], allow_unicode=True, width=math.inf, default_flow_style=False).strip()


def _problem(name: str, content: object, detail: ErrorDetails) -> Problem:
    """Turn a pydantic error into a problem, naming an item of a list by its id rather than its index."""
    steps: list[str] = []
    here: Any = content
    for step in detail["loc"]:
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
    what, mend = {
        "extra_forbidden": ("This key is unknown.", "Remove it, or mend its spelling."),
        "missing": ("This key is missing.", "Add it."),
    }.get(detail["type"], (f"{detail['msg']}.", "Change the value."))
    return Problem(name, " > ".join(steps), what, mend)
