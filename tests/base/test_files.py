"""YAML that is too much, or refers to other places, is refused in a sentence before it takes time or memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.base.files import LARGEST, read
from bot.base.problems import Problem


def problems_of(path: Path, text: str) -> list[Problem]:
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    found = read(path, dict[str, object], "the file", problems)
    assert (found is None) == bool(problems)
    return problems


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.yaml"


def test_a_file_that_is_too_large_is_not_read(path: Path) -> None:
    (problem,) = problems_of(path, "a: " + "x" * LARGEST)
    assert "more than 2 MiB" in problem.what
    assert problems_of(path, "a: " + "x" * (LARGEST - 10)) == []


@pytest.mark.parametrize(
    "text",
    ["a: &x [1]\nb: *x", "a: &x {k: 1}\nb: [*x, *x]", "a: &x word\nb: *x", "a: &x [*x]", "&x a: 1\nb: *x",
     "a: &a [" + "1, " * 5000 + "]\nb: [" + "*a, " * 5000 + "]"],
    ids=lambda text: text[:20],
)  # fmt: skip
def test_what_refers_to_another_place_is_refused(path: Path, text: str) -> None:
    (problem,) = problems_of(path, text)
    assert "refers to what stands elsewhere" in problem.what
    assert problem.where.startswith("line ")


def test_a_mark_that_nothing_refers_to_does_no_harm(path: Path) -> None:
    assert problems_of(path, "a: &x [1]\nb: '*x'") == []


def test_the_first_key_that_is_given_twice_is_told(path: Path) -> None:
    (problem,) = problems_of(path, "\n".join(f"k{number}: 1" for number in range(20_000)) + "\nk7: 1\nk8: 1")
    assert "the key 'k7' is given twice" in problem.what
