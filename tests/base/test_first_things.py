"""A file that cannot be read, and an id given twice, are told without all that only seems wrong because of them."""

from pathlib import Path
from shutil import copy

import pytest

from bot.base.check import sound
from bot.errors import BaseError
from tests.base.editing import ENTRIES, PHRASINGS, append, change, only, problems


def told(folder: Path) -> list[str]:
    """Return what is told of a base, in order; the first words, which are always the same, are left out."""
    with pytest.raises(BaseError) as raised:
        sound(folder)
    return str(raised.value).splitlines()[1:]


@pytest.mark.parametrize(
    "spoilt",
    [b"\naltman-age: [how old]\n", b"\nmore: [[what]]\n", b"\nmore: what\n", b"\n# \x00\n", b"\n# \xe9\n", b"\n: ["],
    ids=["a doubled id", "an item that is no text", "no list", "NUL", "no UTF-8", "no YAML"],
)
def test_phrasings_that_cannot_be_read_are_told_alone(folder: Path, spoilt: bytes) -> None:
    with (folder / "knowledge" / PHRASINGS).open("ab") as out:
        out.write(spoilt)
    assert [each.split(": ")[0] for each in told(folder)] == [PHRASINGS]


def test_continuations_that_cannot_be_read_are_told_alone(folder: Path) -> None:
    (folder / "knowledge/conversations").mkdir(exist_ok=True)
    (folder / "knowledge/conversations/1-all.yaml").write_text("a: [", encoding="utf-8")
    change(folder, ENTRIES, "follow_ups: [altman-age]", "follow_ups: [no-such-entry]")
    assert [each.split(": ")[0] for each in told(folder)] == ["conversations/1-all.yaml"]


def test_all_files_that_cannot_be_read_are_told_at_once(folder: Path) -> None:
    for file in (ENTRIES, PHRASINGS, "unstated/1-all.yaml", "lexicon.yaml"):
        append(folder, file, "\n: [")
    files = [each.split(": ")[0] for each in told(folder)]
    assert files == sorted([ENTRIES, PHRASINGS, "unstated/1-all.yaml", "lexicon.yaml"])


@pytest.mark.parametrize("kind", ["entries", "unstated", "phrasings"])
def test_the_copy_of_a_file_is_told_alone_with_both_names(folder: Path, kind: str) -> None:
    place = folder / "knowledge" / kind
    copy(place / "1-all.yaml", place / "1-all copy.yaml")
    change(folder, "messages.yaml", '"yes":', '"yess":')
    assert told(folder)
    assert all(each.startswith(f"{kind}/1-all.yaml: ") for each in told(folder))
    assert all(f": This id stands in {kind}/1-all copy.yaml too. " in each for each in told(folder))
    assert all(each.endswith(" If one file is a copy of the other, delete it.") for each in told(folder))


def test_the_copy_of_a_conversation_is_told(folder: Path) -> None:
    (folder / "knowledge/conversations").mkdir(exist_ok=True)
    for name in ("8-one.yaml", "9-two.yaml"):
        text = "summary:\n  altman-age: [and his age?]\n"
        (folder / "knowledge/conversations" / name).write_text(text, encoding="utf-8")
    assert only(folder).startswith(
        "conversations/9-two.yaml: summary: This id stands in conversations/8-one.yaml too. Keep it in one."
    )


def test_phrasings_of_two_files_are_told_with_both_names(folder: Path) -> None:
    (folder / "knowledge/phrasings/2-more.yaml").write_text("wife: [has he a wife]\n", encoding="utf-8")
    assert problems(folder) == [
        "phrasings/2-more.yaml: wife: This id stands in phrasings/1-all.yaml too. Keep them in one of these. "
        "If one file is a copy of the other, delete it."
    ]
