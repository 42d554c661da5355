"""No word of pydantic reaches a curator."""

import datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from bot.base import schema
from bot.base.explained import worded


def told(shape: Any, content: object) -> list[str]:  # noqa: ANN401 (what a TypeAdapter takes)
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(shape).validate_python(content)
    return [" ".join(worded(each)) for each in raised.value.errors()]


@pytest.mark.parametrize(
    ("shape", "content"),
    [
        (schema.TopicFile, []),
        (schema.PhrasingsFile, ["x"]),
        (schema.PhrasingsFile, {"Not An Id": "x"}),
        (schema.PhrasingsFile, {"id": [5, None, "", True, [], {}, datetime.date(2024, 5, 6)]}),
        (schema.PhrasingsFile, {True: ["x"], 5: ["x"], None: ["x"]}),
        (schema.EvidenceFile, {"line": "twenty", "quote": 3}),
        (schema.EvidenceFile, {"line": 2.5}),
        (schema.EvidenceFile, {"line": None, "quote": "x"}),
        (schema.EvidenceFile, {"line": float("inf"), "quote": "x"}),
        (schema.EvidenceFile, {"line": "1" * 5000, "quote": "x"}),
        (schema.EvidenceFile, {"line": 0, "quote": "x", "qoute": "x"}),
        (schema.WordingFile, {"asking": {"colour": []}}),
        (schema.ConceptFile, {"id": "a" * 49, "means": "x", "relation": "perhaps", "asks": [], "words": []}),
        (schema.EntityFile, {"id": "a", "name": "A", "type": "planet", "sex": True}),
        (schema.LanguageFile, {"code": "english", "name": "x", "script": "runes", "says": "x"}),
        (schema.ArticleFile, {"offers": ["a", "b", "c", "d"]}),
        (dict[str, float], {"a": "x", "b": None}),
    ],
)
def test_what_is_wrong_with_a_value_is_told_in_plain_sentences(shape: Any, content: object) -> None:  # noqa: ANN401
    for each in told(shape, content):
        assert not any(word in each for word in ("Input", "valid", "String", "instance", "integer", "boolean", "dict"))
        assert ". " in each
        assert each.endswith(".")


def test_a_value_is_called_what_a_curator_would_call_it() -> None:
    assert told(list[schema.Text], [True, False, 5, None, {}, datetime.date(2024, 5, 6)]) == [
        f"Here should be text, but there is {what}. Write a text, in quotes where need be."
        for what in (
            "yes or true without quotes", "no or false without quotes", "the number 5", "nothing", "a block of keys",
            "the date 2024-05-06",
        )
    ]  # fmt: skip
