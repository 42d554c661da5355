"""Say in plain words what is wrong with a value of a YAML file, for a curator who knows no pydantic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from pydantic_core import ErrorDetails

from bot.base.naming import shown

KEY = "[key]"
"""What pydantic calls the key of a mapping, rather than its value."""


def worded(error: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong, and how to mend it."""
    if error["loc"] and error["loc"][-1] == KEY and error["type"] == "string_type":
        return f"A key should be text, but this one is {called(error['input'])}.", "Put it in quotes."
    say = _SAID.get(error["type"])
    return say(error["input"], error.get("ctx", {})) if say else (f"{error['msg']}.", "Change the value.")


def called(value: object) -> str:
    """Return what a value is, as a curator would call it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return f"{'yes or true' if value else 'no or false'} without quotes"
        case int() | float():
            return f"the number {value}"
        case str():
            return f"the text {shown(value)}"
        case list():
            return "a list"
        case dict():
            return "a block of keys"
        case date():
            return f"the date {value}"
        case _:
            return "something else"


def _a(what: str, mend: str) -> Callable[[Any, Mapping[str, Any]], tuple[str, str]]:
    return lambda value, _: (f"Here should be {what}, but there is {called(value)}.", mend)


def _number(value: object, _: Mapping[str, Any]) -> tuple[str, str]:
    return f"Here should be a whole number, but there is {called(value)}.", "Write it in digits, such as 20."


def _too_long(_: object, limits: Mapping[str, Any]) -> tuple[str, str]:
    what = f"The list has {limits['actual_length']} items; at most {limits['max_length']} may be."
    return what, "Keep the best of them."


def _too_short(_: object, limits: Mapping[str, Any]) -> tuple[str, str]:
    return f"The list has {limits['actual_length']} items; it needs at least {limits['min_length']}.", "Add one."


def _pattern(value: object, limits: Mapping[str, Any]) -> tuple[str, str]:
    if "{2,3}" in limits["pattern"]:
        return f"{shown(str(value))} is no code of a language.", "Write two or three small letters: uk."
    what = "An id is made of small letters and digits, with single hyphens between."
    return what, "Write it like this: musk-and-tesla."


def _choice(value: object, limits: Mapping[str, Any]) -> tuple[str, str]:
    return f"Here is {called(value)}; it can only be {limits['expected']}.", "Choose one of these."


_BLOCK = _a("a block of keys, each with a colon and its value", "Write it as in a file of the same kind.")
_YES_OR_NO = _a("true or false", "Write one of these.")
_ANY_NUMBER = _a("a number", "Write it in digits, such as 0.5.")

_SAID: Mapping[str, Callable[[Any, Mapping[str, Any]], tuple[str, str]]] = {
    "extra_forbidden": lambda *_: ("This key is unknown.", "Remove it, or mend its spelling."),
    "missing": lambda *_: ("This key is missing.", "Add it."),
    "model_type": _BLOCK,
    "dict_type": _BLOCK,
    "list_type": _a("a list", "Begin each line of it with a hyphen, or put it in [ ]."),
    "string_type": _a("text", "Write a text, in quotes where need be."),
    "string_too_short": lambda *_: ("There is nothing in this text.", "Write it, or remove its line."),
    "string_too_long": lambda _, limits: (f"It has more than {limits['max_length']} characters.", "Shorten it."),
    "string_pattern_mismatch": _pattern,
    "int_parsing": _number,
    "int_type": _number,
    "int_from_float": _number,
    "int_parsing_size": _number,
    "finite_number": _number,
    "float_parsing": _ANY_NUMBER,
    "float_type": _ANY_NUMBER,
    "bool_parsing": _YES_OR_NO,
    "bool_type": _YES_OR_NO,
    "greater_than_equal": lambda value, limits: (
        f"Here is {called(value)}; the least is {limits['ge']}.",
        "Write a greater one.",
    ),
    "too_long": _too_long,
    "too_short": _too_short,
    "literal_error": _choice,
    "enum": _choice,
}
"""What is said of each type of error that the schema can bring."""
