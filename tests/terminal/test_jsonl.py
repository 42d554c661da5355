import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from bot.dialogue.conversation import Conversation, Turn
from bot.dialogue.model import Context, OffTopic, Reply
from bot.terminal import jsonl
from bot.terminal.jsonl import answer_lines


class Echo:
    """Repeats all that a chat has said so far, which it knows from the context alone."""

    def respond(self, text: str, context: Context, language: str = "") -> Turn:  # noqa: ARG002
        context = replace(context, entries=(*context.entries, text))
        return Turn(Reply("smalltalk", "|".join(context.entries), (), ()), context, OffTopic(), ())


def answered(lines: bytes, conversation: Conversation | Echo) -> tuple[list[dict[str, Any]], bool]:
    sink = io.BytesIO()
    all_good = answer_lines(cast(Conversation, conversation), io.BytesIO(lines), sink)
    assert sink.getvalue().endswith(b"\n") or not sink.getvalue()
    return [json.loads(line) for line in sink.getvalue().splitlines()], all_good


def message(text: str, chat: str = "c", id_: object = "1") -> bytes:
    return json.dumps({"id": id_, "chat": chat, "text": text}).encode() + b"\n"


def test_an_answer_has_every_field(tiny_conversation: Conversation) -> None:
    (told,), all_good = answered(message("What does Altman expect of Trump?", "a", "x1"), tiny_conversation)
    assert all_good
    assert list(told) == ["id", "chat", "kind", "text", "answers", "options", "seconds"]
    assert (told["id"], told["chat"], told["kind"]) == ("x1", "a", "answer")
    assert told["text"] == "He expects Trump to champion artificial intelligence."
    (answer,) = told["answers"]
    assert answer["entry"] == "altman-expects-of-trump"
    assert 0.5 < answer["confidence"] <= 1.0
    assert answer["evidence"] == [{"line": 1, "quote": "Trump will champion artificial intelligence"}]
    assert told["options"] == [{"entry": "altman-age", "label": "How old is Altman?"}]
    assert 0 < told["seconds"] < 5


def test_a_refusal_states_nothing_and_offers_the_nearest(tiny_conversation: Conversation) -> None:
    (told,), _ = answered(message("is he married"), tiny_conversation)
    assert (told["kind"], told["answers"]) == ("not_in_article", [])
    assert told["text"].startswith("The article does not speak of a wife.")
    assert told["options"] == [{"entry": "altman-age", "label": "How old is Altman?"}]


def test_answers_of_the_real_base_begin_with_the_answer(conversation: Conversation) -> None:
    (told,), _ = answered(message("How old is Altman?"), conversation)
    assert told["kind"] == "answer"
    assert told["text"].startswith(" ".join(conversation.base.entries["altman-age"].answer.split()))
    quotes = [(each["line"], each["quote"]) for each in told["answers"][0]["evidence"]]
    assert quotes
    assert all(quote in conversation.base.article.line(line) for line, quote in quotes)


def test_messages_of_one_chat_are_one_conversation() -> None:
    lines = message("a", "1") + message("x", "2") + message("b", "1") + message("y", "2")
    told, _ = answered(lines, Echo())
    assert [each["text"] for each in told] == ["a", "x", "a|b", "x|y"]


def test_the_chat_unused_for_longest_of_ten_thousand_is_forgotten() -> None:
    lines = b"".join(message("first", str(number)) for number in range(10_001))
    told, _ = answered(lines + message("again", "10000") + message("again", "0"), Echo())
    assert [each["text"] for each in told[-2:]] == ["first|again", "again"]


@pytest.mark.parametrize("id_", ["x", "", 7, -1, 2.5, 10**400, "é\u2028"])
def test_the_id_is_given_back_as_it_was(id_: object) -> None:
    (told,), all_good = answered(message("a", id_=id_), Echo())
    assert (told["id"], all_good) == (id_, True)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"no json", "The line is not valid JSON."),
        (b'{"id": "1", "chat": "c", "text": "a"', "The line is not valid JSON."),
        (b'{"id": NaN, "chat": "c", "text": "a"}', "The line is not valid JSON."),
        (b"[" * 100_000, "The line is not valid JSON."),
        (b'{"id": ' + b"9" * 5_000 + b', "chat": "c", "text": "a"}', "The line is not valid JSON."),
        (b'["id", "chat", "text"]', "The line is not a JSON object."),
        (b"null", "The line is not a JSON object."),
        (b"\xff\xfe", "The line is not UTF-8."),
        (b'{"chat": "c", "text": "a"}', 'The field "id" is missing, or neither a string nor a number.'),
        (b'{"id": true, "chat": "c", "text": "a"}', 'The field "id" is missing, or neither a string nor a number.'),
        (b'{"id": 1e999, "chat": "c", "text": "a"}', 'The field "id" is missing, or neither a string nor a number.'),
        (b'{"id": ["1"], "chat": "c", "text": "a"}', 'The field "id" is missing, or neither a string nor a number.'),
    ],
)
def test_a_bad_line_gets_an_error_with_its_number_and_the_rest_go_on(line: bytes, error: str) -> None:
    told, all_good = answered(message("a") + b"\n" + line + b"\n" + message("b"), Echo())
    assert told[1] == {"error": error, "line": 3}
    assert [told[0]["text"], told[2]["text"]] == ["a", "a|b"]
    assert not all_good


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"text": "a"}, 'The field "chat" is missing, or not a string.'),
        ({"chat": 5, "text": "a"}, 'The field "chat" is missing, or not a string.'),
        ({"chat": "c"}, 'The field "text" is missing, or not a string.'),
        ({"chat": "c", "text": None}, 'The field "text" is missing, or not a string.'),
        ({"chat": "c", "text": "a", "language": 5}, 'The field "language" is not a string. It may be left out.'),
        ({"chat": "c", "text": "a", "language": None}, 'The field "language" is not a string. It may be left out.'),
    ],
)
@pytest.mark.parametrize("id_", ["x1", 0])
def test_an_error_tells_the_id_where_there_is_one(fields: dict[str, object], error: str, id_: object) -> None:
    told, all_good = answered(message("a") + json.dumps({"id": id_, **fields}).encode() + b"\n", Echo())
    assert (told[1], all_good) == ({"id": id_, "error": error, "line": 2}, False)


def test_blank_lines_and_a_byte_order_mark_are_passed_over_and_the_last_line_needs_no_end() -> None:
    told, all_good = answered(b"\xef\xbb\xbf" + message("a") + b"\n  \r\n\t\n" + message("b").rstrip(), Echo())
    assert [each["text"] for each in told] == ["a", "a|b"]
    assert all_good


def test_no_input_is_no_output() -> None:
    assert answered(b"", Echo()) == ([], True)


def test_unknown_fields_do_not_matter() -> None:
    told, all_good = answered(b'{"id": 1, "chat": "c", "text": "a", "more": {}}', Echo())
    assert (told[0]["text"], all_good) == ("a", True)


def test_half_a_surrogate_pair_and_odd_line_ends_stay_one_line() -> None:
    sink = io.BytesIO()
    line = message("\u2028\x85 \\ud800", "\ud800").replace(b"\\\\ud800", b"\\ud800")
    assert answer_lines(cast(Conversation, Echo()), io.BytesIO(line), sink)
    (whole,) = sink.getvalue().decode("ascii").splitlines()
    assert json.loads(whole)["text"] == "\u2028\x85 \ud800"


def test_a_line_too_long_to_read_is_an_error_and_the_next_is_read() -> None:
    told, all_good = answered(message("x" * jsonl.MAX_LINE) + message("b"), Echo())
    assert told[0] == {"error": "The line is longer than 10000000 bytes.", "line": 1}
    assert (told[1]["text"], all_good) == ("b", False)


def command(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "bot", "--base", str(folder), "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_each_answer_comes_before_the_next_question_and_an_error_makes_the_exit_code(tiny: Path) -> None:
    with command(tiny) as process:
        assert process.stdin
        assert process.stdout
        for number in range(2):
            process.stdin.write(message("hello", id_=number))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        rest, errors = process.communicate(b"nonsense\n")
    assert json.loads(rest) == {"error": "The line is not valid JSON.", "line": 3}
    assert (process.returncode, errors) == (1, b"")


def test_a_reader_that_goes_away_ends_it_quietly(tiny: Path) -> None:
    with command(tiny) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        _, errors = process.communicate(message("hello") * 20)
    assert (process.returncode, errors) == (0, b"")


def test_the_language_of_the_person_breaks_a_tie(tiny_conversation: Conversation) -> None:
    for language, said in (("ja", "英語"), ("zh-hans", "英文")):
        line = json.dumps({"id": 1, "chat": "c", "text": "中国", "language": language}).encode() + b"\n"
        (told,), _ = answered(line, tiny_conversation)
        assert told["kind"] == "foreign"
        assert said in told["text"]
