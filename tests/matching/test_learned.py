import codecs
import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from bot.base.load import load as read
from bot.errors import BaseError
from bot.language.prepared import Prepared
from bot.matching.index import Counts
from bot.matching.learned import FILE, Learned, fingerprint, load, problems_of, save
from bot.matching.words import Linear, Net, WordWeights

WORDS = WordWeights(
    ("one", "two"),
    ("c:sue", "e:musk"),
    Linear(np.array([[2.0, 0.0], [-1.0, 1.5]], np.float32), np.array([0.0, 0.5], np.float32)),
    Net(*(np.array(each, np.float32) for each in ([[1.0], [-1.0]], [0.5], [[1.0, -1.0]], [0.0, 0.25]))),
)
LEARNED = Learned(
    fingerprint="abc",
    words=WORDS,
    counts={"one": Counts(3, {"c:sue": 3, "w:é": 1}, frozenset({"w:b", "w:a"})), "two": Counts(1, {}, frozenset())},
    prepared=Prepared({"sue": 2, "musk": 1}, {"c:sue": (("sue",), ("take", "…", "court"))}, {"hi": "greeting"}),
)


@pytest.fixture
def knowledge(tiny: Path, tmp_path: Path) -> Path:
    copytree(tiny / "knowledge", tmp_path / "knowledge")
    return tmp_path / "knowledge"


def append(path: Path, text: str = "\n# a remark\n") -> None:
    with path.open("a", encoding="utf-8") as out:
        out.write(text)


def test_what_was_saved_is_loaded_as_it_was(tmp_path: Path) -> None:
    save(LEARNED, tmp_path)
    loaded = load(tmp_path)
    assert replace(loaded, words=WORDS) == LEARNED
    assert (loaded.words.candidates, loaded.words.features) == (WORDS.candidates, WORDS.features)
    for features in ({}, {"c:sue": 1.0}, {"e:musk": 0.3, "c:sue": 0.2}):
        assert loaded.words.log_chances(features).tolist() == pytest.approx(
            WORDS.log_chances(features).tolist(), abs=1e-5
        )


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    save(LEARNED, tmp_path)
    before = (tmp_path / FILE).read_bytes()
    save(load(tmp_path), tmp_path)
    assert (tmp_path / FILE).read_bytes() == before


def test_the_time_of_saving_is_not_in_the_file(tmp_path: Path) -> None:
    save(LEARNED, tmp_path)
    assert (tmp_path / FILE).read_bytes()[4:8] == bytes(4)


@pytest.mark.parametrize(
    "file",
    ["entities.yaml", "lexicon.yaml", "wording.yaml", "smalltalk.yaml", "entries/1-all.yaml", "phrasings/1-all.yaml"],
)
def test_a_change_of_what_is_learned_from_changes_the_fingerprint(knowledge: Path, file: str) -> None:
    before = fingerprint(knowledge)
    append(knowledge / file)
    assert fingerprint(knowledge) != before


@pytest.mark.parametrize("file", ["calibration.yaml", "messages.yaml", "article.yaml", FILE])
def test_a_change_of_anything_else_does_not(knowledge: Path, file: str) -> None:
    before = fingerprint(knowledge)
    append(knowledge / file)
    assert fingerprint(knowledge) == before


def test_moving_text_from_one_file_to_another_changes_the_fingerprint(knowledge: Path) -> None:
    before = fingerprint(knowledge)
    (knowledge / "unstated/1-all.yaml").rename(knowledge / "unstated/2-all.yaml")
    assert fingerprint(knowledge) != before


@pytest.mark.parametrize("saved", [lambda text: text.replace(b"\n", b"\r\n"), lambda text: codecs.BOM_UTF8 + text])
def test_how_an_editor_ends_lines_and_begins_a_file_is_no_change(
    tiny: Path, knowledge: Path, saved: Callable[[bytes], bytes]
) -> None:
    copytree(tiny / "seeds", knowledge.parent / "seeds")
    for path in knowledge.rglob("*.yaml"):
        path.write_bytes(saved(path.read_bytes()))
    assert fingerprint(knowledge) == fingerprint(tiny / "knowledge")
    assert read(knowledge.parent) == read(tiny)


@pytest.mark.parametrize(
    "file",
    ["entries/.#1-all.yaml", "entries/more/1-all.yaml", "entries/2-more.yml", "more/1-all.yaml", "notes.yaml"],
)
def test_what_is_not_read_does_not_count_as_a_change(knowledge: Path, file: str) -> None:
    before = fingerprint(knowledge)
    (knowledge / file).parent.mkdir(exist_ok=True)
    (knowledge / file).write_text("a: b\n", encoding="utf-8")
    assert fingerprint(knowledge) == before


def test_what_is_read_counts_whatever_its_name(knowledge: Path) -> None:
    before = fingerprint(knowledge)
    (knowledge / "unstated/messages.yaml").write_text("[]\n", encoding="utf-8")
    assert fingerprint(knowledge) != before


def test_the_lock_of_an_editor_and_a_folder_in_place_of_a_file_do_no_harm(knowledge: Path) -> None:
    before = fingerprint(knowledge)
    (knowledge / "entries/.#1-all.yaml").symlink_to("curator@desk.4711")
    assert fingerprint(knowledge) == before
    (knowledge / "lexicon.yaml").unlink()
    (knowledge / "lexicon.yaml").mkdir()
    assert fingerprint(knowledge) != before


def test_a_base_as_it_was_learned_has_no_problem(knowledge: Path) -> None:
    assert problems_of(knowledge) == []


def test_a_base_changed_since_is_a_problem_that_tells_how_to_mend_it(knowledge: Path) -> None:
    append(knowledge / "lexicon.yaml")
    (problem,) = problems_of(knowledge)
    assert (problem.file, problem.mend) == (FILE, "Run `python -m bot learn`.")


def test_a_missing_file_is_told_with_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(BaseError, match=r"learned\.json\.gz is missing .* Run `python -m bot learn` to make it\."):
        load(tmp_path)


def truncated(whole: bytes) -> bytes:
    return whole[: len(whole) // 2]


def another_shape(whole: bytes) -> bytes:
    content = json.loads(gzip.decompress(whole))
    content["words"]["linear"]["shape"] = [1, 1]
    return gzip.compress(json.dumps(content).encode())


def a_list_in_place_of_the_counts(whole: bytes) -> bytes:
    content = json.loads(gzip.decompress(whole))
    return gzip.compress(json.dumps({**content, "counts": []}).encode())


@pytest.mark.parametrize(
    "broken",
    [
        lambda _: b"",
        lambda _: b"no gzip",
        lambda _: gzip.compress(b"no json"),
        lambda _: gzip.compress(b"\xff\xfe"),
        lambda _: gzip.compress(b"[]"),
        lambda _: gzip.compress(b"{}"),
        truncated,
        another_shape,
        a_list_in_place_of_the_counts,
    ],
    ids=["empty", "no gzip", "no json", "no text", "a list", "nothing", "truncated", "shape", "counts"],
)
def test_a_broken_file_is_told_with_how_to_mend_it(knowledge: Path, broken: Callable[[bytes], bytes]) -> None:
    (knowledge / FILE).write_bytes(broken((knowledge / FILE).read_bytes()))
    with pytest.raises(BaseError, match=r"learned\.json\.gz is broken\. Run `python -m bot learn` to make it anew\."):
        load(knowledge)


def test_a_file_damaged_anywhere_is_told_too(knowledge: Path) -> None:
    whole = (knowledge / FILE).read_bytes()
    for place in range(20, len(whole) - 20, len(whole) // 20):
        (knowledge / FILE).write_bytes(whole[:place] + b"\xff" * 8 + whole[place + 8 :])
        with pytest.raises(BaseError, match=r"learned\.json\.gz is broken\."):
            load(knowledge)
