"""What lies in the base and is not read is told, for its facts would be lost; what editors leave is passed over."""

import errno
import os
from pathlib import Path

import pytest

from bot.base.load import load, read_base
from bot.base.problems import Problem
from tests.base.editing import ENTRIES, only, problems

FOLDERS = ("entries", "unstated", "phrasings", "conversations")


@pytest.mark.parametrize("folder_of_base", FOLDERS)
@pytest.mark.parametrize("name", ["9-new.yml", "9-new.YAML", "9-new.txt", "9-new"])
def test_a_file_of_another_ending_is_told(folder: Path, folder_of_base: str, name: str) -> None:
    place = folder / "knowledge" / folder_of_base
    place.mkdir(exist_ok=True)
    (place / name).write_text("topic: New\n", encoding="utf-8")
    assert only(folder) == (
        f"{folder_of_base}/{name}: This file is not read; only those are whose names end in .yaml. "
        "Rename it to 9-new.yaml, or move it elsewhere."
    )


@pytest.mark.parametrize("name", ["more", "more.yaml"])
@pytest.mark.parametrize("folder_of_base", FOLDERS)
def test_a_folder_within_a_folder_is_told(folder: Path, folder_of_base: str, name: str) -> None:
    (folder / "knowledge" / folder_of_base / name).mkdir(parents=True)
    assert only(folder) == (
        f"{folder_of_base}/{name}/: This folder is not read, nor is anything in it. "
        f"Move its files into {folder_of_base}/ itself."
    )


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("unstated.yaml", "Move it into entries/, unstated/, phrasings/ or conversations/."),
        ("9-new.yml", "Move it into entries/, unstated/, phrasings/ or conversations/."),
        ("lexicon.yml", "Rename it to lexicon.yaml."),
    ],
)
def test_yaml_beside_the_files_that_a_base_has_once_is_told(folder: Path, name: str, mend: str) -> None:
    (folder / "knowledge" / name).write_text("", encoding="utf-8")
    assert only(folder) == f"{name}: This file is not read. {mend}"


def test_a_folder_of_another_name_is_told(folder: Path) -> None:
    (folder / "knowledge/entry").mkdir()
    assert only(folder).startswith("entry/: This folder is not read. Only entries/, unstated/, phrasings/ and ")


def test_what_editors_leave_is_passed_over(folder: Path) -> None:
    before = load(folder)
    entries = folder / "knowledge/entries"
    (entries / ".#1-all.yaml").symlink_to("curator@desk.4711")
    for name in (".1-all.yaml.swp", ".hidden.yaml", "#1-all.yaml#", "1-all.yaml~"):
        (entries / name).write_text("no: [", encoding="utf-8")
    (entries / ".folder").mkdir()
    (folder / "knowledge/.git").mkdir()
    (folder / "knowledge/README.md").write_text("A remark.", encoding="utf-8")
    assert problems(folder) == []
    assert load(folder) == before


def test_for_answering_nobody_looks_at_what_is_asked(folder: Path) -> None:
    (folder / "knowledge/phrasings/9-new.yml").write_text("", encoding="utf-8")
    (folder / "knowledge" / ENTRIES).with_suffix(".yml").write_text("", encoding="utf-8")
    found: list[Problem] = []
    read_base(folder, found, phrasings=False)
    assert [problem.file for problem in found] == ["entries/1-all.yml"]


def test_files_that_may_be_listed_but_not_looked_at_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def refused(path: Path, **how: bool) -> os.stat_result:
        if path.suffix == ".yaml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", refused)
    assert "article.yaml: You have no permission to read the file. Change its permissions." in problems(folder)
