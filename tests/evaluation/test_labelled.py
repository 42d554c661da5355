from pathlib import Path
from typing import Any

import pytest

from bot.base.model import Base
from bot.dialogue.model import Reply
from bot.errors import InputError
from bot.evaluation.labelled import Outcome, dumps, gold_entries, judge, read
from tests.evaluation.replies import answer, asked, refusal

LINE = '{"id": "1", "style": "plain", "q": "How old?", "expect": "answer", "lines": [9]}\n'


def written(folder: Path, text: str | bytes, name: str = "a.jsonl") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_messages_are_read_from_all_files_in_order_and_blank_lines_passed_over(tmp_path: Path) -> None:
    first = written(tmp_path, LINE + "\n  \n" + LINE.replace('"1"', '"2"'))
    second = written(tmp_path, LINE.replace('"1"', '"3"'), "b.jsonl")
    messages = read([first, second])
    assert [message.id for message in messages] == ["1", "2", "3"]
    assert (messages[0].q, messages[0].lines, messages[0].chat) == ("How old?", (9,), "")


def test_fields_unheard_of_do_not_matter(tmp_path: Path) -> None:
    (message,) = read([written(tmp_path, LINE.replace("}", ', "remark": "easy"}'))])
    assert message.id == "1"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no json", "line 2: the line: "),
        ("[]", "line 2: the line: "),
        ('{"style": "plain", "q": "?", "expect": "answer"}', "line 2: id: Field required"),
        ('{"id": "1", "style": "plain", "q": "?", "expect": "maybe"}', "line 2: expect: "),
        ('{"id": "1", "style": "plain", "q": "?", "expect": "answer", "lines": ["x"]}', "line 2: lines.0: "),
    ],
)
def test_a_line_that_is_no_labelled_message_is_told_with_file_line_and_field(
    tmp_path: Path, line: str, told: str
) -> None:
    path = written(tmp_path, LINE + line + "\n")
    with pytest.raises(InputError) as raised:
        read([path])
    assert str(raised.value).startswith(f"{path}, {told}")


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.jsonl", tmp_path, written(tmp_path, b"\xff\xfe")):
        with pytest.raises(InputError, match="cannot be read"):
            read([path])


def test_a_message_with_an_odd_line_end_inside_is_one_line(tmp_path: Path) -> None:
    (message,) = read([written(tmp_path, LINE.replace("How old?", "How\u2028old\u0085?"))])
    assert message.q == "How\u2028old\u0085?"


@pytest.mark.parametrize(
    ("labels", "reply", "outcome"),
    [
        ({"lines": [9]}, answer("He is 39.", 9), Outcome.RIGHT),
        ({"lines": [9, 11]}, answer("He is 39.", 11, 3), Outcome.RIGHT),
        ({"lines": [9]}, answer("He is 39.", 3), Outcome.HARM),
        ({"lines": [9], "lines2": [3]}, answer("Both.", 9, 3), Outcome.RIGHT),
        ({"lines": [9], "lines2": [3]}, answer("One.", 9), Outcome.HARM),
        ({"lines": [9], "must": ["39"]}, answer("He is 39.", 9), Outcome.RIGHT),
        ({"lines": [9], "must": ["39"]}, answer("He is old.", 9), Outcome.HARM),
        ({"lines": [9], "must": ["QUOTED"]}, answer("He is old.", 9), Outcome.RIGHT),
        ({"lines": [9], "must_not": ["^yes"]}, answer("Yes. He is.", 9), Outcome.HARM),
        ({"lines": [9], "must_not": ["quoted"]}, answer("He is.", 9), Outcome.RIGHT),
        ({"lines": [9], "must": ["wife"]}, answer("He is 39.", 9, said="Nothing of a wife."), Outcome.RIGHT),
        ({"lines": [9]}, refusal("clarify"), Outcome.CLARIFIED),
        ({"lines": [9]}, refusal(), Outcome.REFUSED),
        ({"lines": [9]}, refusal("off_topic"), Outcome.REFUSED),
        ({"lines": [9]}, refusal("smalltalk"), Outcome.REFUSED),
        ({"expect": "refuse"}, refusal(), Outcome.RIGHT),
        ({"expect": "refuse"}, refusal("off_topic"), Outcome.RIGHT),
        ({"expect": "refuse"}, refusal("foreign"), Outcome.RIGHT),
        ({"lines": [9]}, refusal("foreign"), Outcome.REFUSED),
        ({"expect": "refuse"}, answer("He is 39.", 9), Outcome.HARM),
        ({"expect": "refuse"}, refusal("clarify"), Outcome.CLARIFIED),
        ({"expect": "refuse"}, refusal("smalltalk"), Outcome.REFUSED),
        ({"expect": "smalltalk"}, refusal("smalltalk"), Outcome.RIGHT),
        ({"expect": "smalltalk"}, answer("He is 39.", 9), Outcome.HARM),
        ({"expect": "smalltalk"}, refusal("off_topic"), Outcome.REFUSED),
    ],
)
def test_a_reply_is_worth_what_its_label_says(labels: dict[str, Any], reply: Reply, outcome: Outcome) -> None:
    assert judge(asked(**labels), reply) is outcome


def test_gold_entries_are_those_that_quote_a_gold_line(world: Base) -> None:
    assert gold_entries(asked(lines=[3]), world) == {"musk-donated", "musk-sued"}
    assert gold_entries(asked(lines=[9], lines2=[7]), world) == {"altman-age", "ai-needs"}
    assert gold_entries(asked(expect="refuse"), world) == frozenset()


def test_what_is_written_is_read_again_as_it_was(tmp_path: Path) -> None:
    messages = [asked("1", lines=[9], must=["é"]), asked("2", expect="refuse", chat="c", q="…")]
    assert read([written(tmp_path, dumps(messages))]) == messages
