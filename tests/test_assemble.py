import re
from pathlib import Path
from shutil import copytree

import pytest

from bot.assemble import conversation, is_learned
from bot.base.check import sound
from bot.base.load import load
from bot.dialogue.conversation import Conversation
from bot.errors import BaseError
from bot.matching import learned as learning

NEW_WORD = "gizmofication"


@pytest.fixture
def folder(tiny: Path, tmp_path: Path) -> Path:
    copytree(tiny, tmp_path, dirs_exist_ok=True)
    return tmp_path


def assembled(folder: Path) -> Conversation:
    return conversation(folder, load(folder))


def add_phrasing(folder: Path, text: str) -> None:
    """Add a phrasing to the summary."""
    phrasings = folder / "knowledge/phrasings/1-all.yaml"
    known = phrasings.read_text(encoding="utf-8")
    phrasings.write_text(known.replace("summary:\n", f"summary:\n  - {text}\n"), encoding="utf-8")


def explained(talk: Conversation, message: str) -> bool:
    """Tell whether the summary explains all of a message."""
    (considered,) = talk.respond(message).considered
    return any(score.id == "summary" and not score.unexplained for score in considered.match.scores)


def test_a_base_as_it_was_learned_is_not_counted_anew(folder: Path) -> None:
    assert is_learned(folder, learning.load(folder / "knowledge"))
    talk = assembled(folder)
    assert talk.respond("How old is Altman?").reply.stated[0].entry == "altman-age"


def test_a_base_changed_since_is_counted_anew(folder: Path) -> None:
    message = f"{NEW_WORD} of the article"
    assert not explained(assembled(folder), message)
    add_phrasing(folder, message)
    assert not is_learned(folder, learning.load(folder / "knowledge"))
    assert explained(assembled(folder), message)


def test_a_new_word_of_a_changed_base_is_not_mended_away(folder: Path) -> None:
    # One letter from "recap", which the base knows already.
    assert [word.text for word in assembled(folder).understander.read("recapt")] == ["recap"]
    add_phrasing(folder, "recapt the whole")
    assert [word.text for word in assembled(folder).understander.read("recapt")] == ["recapt"]


def test_new_smalltalk_of_a_changed_base_is_known_at_once(folder: Path) -> None:
    smalltalk = folder / "knowledge/smalltalk.yaml"
    text = smalltalk.read_text(encoding="utf-8")
    smalltalk.write_text(text.replace("[hi, hello]", f"[hi, hello, {NEW_WORD}]"), encoding="utf-8")
    assert assembled(folder).respond(NEW_WORD).reply.said == "Hello!"


def test_a_new_name_of_a_changed_base_is_known_at_once(folder: Path) -> None:
    entities = folder / "knowledge/entities.yaml"
    text = entities.read_text(encoding="utf-8")
    entities.write_text(text.replace("aliases: [altman]", "aliases: [altman, zzyzx]"), encoding="utf-8")
    assert assembled(folder).respond("how old is zzyzx").reply.stated[0].entry == "altman-age"


def test_a_new_entry_of_a_changed_base_is_no_crash_before_it_is_learned(folder: Path) -> None:
    entries, phrasings = folder / "knowledge/entries", folder / "knowledge/phrasings"
    text = (entries / "1-all.yaml").read_text(encoding="utf-8").replace("id: ", "id: new-").replace("Altman", "Zuck")
    (entries / "2-new.yaml").write_text(text.replace("follow_ups: [", "follow_ups: [new-"), encoding="utf-8")
    asked, _ = (phrasings / "1-all.yaml").read_text(encoding="utf-8").replace("Altman", "Zuck").split("wife:")
    asked = re.sub("^(?=[a-z])", "new-", asked, flags=re.MULTILINE)
    (phrasings / "2-new.yaml").write_text(asked, encoding="utf-8")
    talk = assembled(folder)
    turn = talk.respond("How old is Zuck?", talk.state("new-altman-age").context)
    assert turn.reply.kind in ("answer", "clarify", "not_in_article", "off_topic")


def test_an_entry_taken_out_is_no_longer_answered(folder: Path) -> None:
    for file, begins, ends in (
        ("entries", "  - id: altman-age", "  - id: summary"),
        ("phrasings", "altman-age:", "summary:"),
    ):
        path = folder / "knowledge" / file / "1-all.yaml"
        text = (
            path.read_text(encoding="utf-8")
            .replace("    follow_ups: [altman-age]\n", "")
            .replace("nearest: [altman-age]", "nearest: [summary]")
        )
        path.write_text(text[: text.index(begins)] + text[text.index(ends) :], encoding="utf-8")
    assert all(stated.entry != "altman-age" for stated in assembled(folder).respond("How old is Altman?").reply.stated)


@pytest.mark.parametrize("file", ["calibration.yaml", "messages.yaml", "article.yaml"])
def test_what_nothing_is_learned_from_may_change_freely(folder: Path, file: str) -> None:
    with (folder / "knowledge" / file).open("a", encoding="utf-8") as out:
        out.write("\n# a remark\n")
    assert is_learned(folder, learning.load(folder / "knowledge"))


def test_without_what_was_learned_there_is_no_conversation(folder: Path) -> None:
    (folder / "knowledge" / learning.FILE).unlink()
    with pytest.raises(BaseError, match="Run `python -m bot learn`"):
        assembled(folder)


def test_a_calibration_that_lacks_a_weight_is_told_in_a_sentence(folder: Path) -> None:
    calibration = folder / "knowledge/calibration.yaml"
    lines = calibration.read_text(encoding="utf-8").splitlines()
    calibration.write_text("\n".join(line for line in lines if not line.startswith("answer:")), encoding="utf-8")
    with pytest.raises(BaseError, match="answer"):
        conversation(folder, sound(folder))
