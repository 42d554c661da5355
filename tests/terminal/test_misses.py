from __future__ import annotations

import io
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from bot.base.files import item
from bot.errors import BaseError
from bot.store.model import Event, Kind
from bot.store.noting import thumb
from bot.terminal.misses import list_misses, write_phrasings
from tests.store.events import missed

AGE = ("altman-age", 0.25)


def listed(folder: Path, *events: Event) -> str:
    out = io.StringIO()
    list_misses(events, folder, out)
    return out.getvalue()


def phrasings(folder: Path, *events: Event) -> str:
    out = io.StringIO()
    write_phrasings(events, folder, out)
    return out.getvalue()


def test_a_group_shows_how_often_what_and_the_nearest_entry(tiny: Path) -> None:
    events = [missed(text, Kind.CLARIFY, AGE) for text in ("altman yeers", "altman yeers", "Altman, yeers")]
    assert listed(tiny, missed("zebras", Kind.OFF_TOPIC), *events) == (
        "   3×  altman yeers\n"
        "       Altman, yeers\n"
        '         asked back; nearest entry: altman-age, "How old is Altman?" (0.25)\n'
        "\n"
        "   1×  zebras\n"
        "         taken for off topic; nearest entry: none\n"
        "\n"
        "4 messages in 2 groups.\n"
    )


def test_of_many_messages_in_a_group_some_are_shown(tiny: Path) -> None:
    shown = listed(tiny, *(missed(f"altman years, please, number {number}") for number in range(8)))
    assert shown.count("altman years") == 5
    assert "… and 3 more\n" in shown


def test_thumbs_are_counted_by_entry_the_worst_first(tiny: Path) -> None:
    shown = listed(tiny, thumb("summary", True), thumb("altman-age", False), thumb("altman-age", True))
    assert "the worst first:\n  altman-age: bad 1, good 1\n  summary: bad 0, good 1\n\n" in shown
    assert shown.endswith("\n0 messages in 0 groups.\n")


@pytest.mark.parametrize("kind", [each for each in Kind if each not in (Kind.GOOD, Kind.BAD)])
def test_every_kind_of_miss_is_listed_and_proposed(tiny: Path, kind: Kind) -> None:
    assert "altman yeers" in listed(tiny, missed("altman yeers", kind, AGE))
    assert "altman yeers" in phrasings(tiny, missed("altman yeers", kind, AGE))


def test_a_message_cannot_play_tricks_on_the_terminal(tiny: Path) -> None:
    trick = missed("a\x1b[2Jb", Kind.CLARIFY, AGE)
    assert "\x1b" not in listed(tiny, trick)
    assert "\x1b" not in phrasings(tiny, trick)


def test_phrasings_are_yaml_by_file_and_id(tiny: Path) -> None:
    shown = phrasings(
        tiny,
        missed('is "he": old, or #1? {yes}', Kind.CLARIFY, AGE),
        missed("altman spouse", Kind.NOT_IN_ARTICLE, AGE, entry="wife"),
        missed("altman yeers", Kind.UNSURE, AGE, entry="altman-age"),
        missed("altman yeers", Kind.UNSURE, AGE, entry="altman-age"),
        missed("zebras", Kind.OFF_TOPIC),
        missed("ask ada@example.org about altman", Kind.CLARIFY, AGE),
    )
    assert yaml.safe_load(shown) == {
        "altman-age": ["altman yeers", 'is "he": old, or #1? {yes}'],
        "wife": ["altman spouse"],
    }
    assert "\n# knowledge/phrasings/1-all.yaml\naltman-age:\n" in shown
    assert "  - altman yeers  # 2 times, answered, but not surely, chance 0.25\n" in shown
    assert "\n# Near no entry:\n#   - zebras  # 1 time, taken for off topic, chance 0.00\n" in shown
    assert shown.endswith("\n# Left out, as they may tell who asked: 1 message.\n")
    assert "example.org" not in shown


def test_phrasings_that_the_base_has_already_are_left_out(tiny: Path) -> None:
    known = missed("ALTMAN age?", Kind.UNSURE, AGE, entry="altman-age")
    label = missed("how old is altman", Kind.UNSURE, AGE, entry="altman-age")
    assert yaml.safe_load(phrasings(tiny, known, label)) is None


def test_what_is_printed_can_be_pasted_into_its_file_and_is_then_known(tiny: Path, tmp_path: Path) -> None:
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    event = missed("altman: yeers #2", Kind.CLARIFY, AGE)
    block = phrasings(tmp_path, event).split("altman-age:\n")[1]
    file = tmp_path / "knowledge/phrasings/1-all.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("altman-age:\n", f"altman-age:\n{block}"), encoding="utf-8"
    )
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["altman-age"][0] == "altman: yeers #2"
    assert yaml.safe_load(phrasings(tmp_path, event)) is None


def test_a_broken_file_of_phrasings_is_told(tiny: Path, tmp_path: Path) -> None:
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    (tmp_path / "knowledge/phrasings/2-more.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(BaseError, match=r"phrasings/2-more\.yaml"):
        phrasings(tmp_path, missed("altman yeers", Kind.CLARIFY, AGE))


@pytest.mark.parametrize(
    "text", ["plain", "yes", "12", "a: b", "- a", "'", '"', "# no", "{who}", "Маск 🙂", "null", "x " * 200, "@a", "...",
             "---", "", " a ", "2024-11-06", "a\\n", "!tag", "*", "&a", "%", "`", "a #b"]
)  # fmt: skip
def test_any_text_is_one_line_of_yaml_that_reads_back(text: str) -> None:
    assert "\n" not in item(text)
    assert yaml.safe_load(f"{item(text)}  # a comment") == [text]
