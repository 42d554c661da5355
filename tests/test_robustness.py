"""Five hundred texts that no person would type; the same ones in every run."""

import io
import json
import random
import string
from collections.abc import Callable, Sequence

import pytest

from bot.dialogue.conversation import EMPTY, Conversation
from bot.terminal.jsonl import answer_lines

KINDS = {"answer", "clarify", "not_in_article", "off_topic", "smalltalk", "foreign", "declined", "too_long"}

NUMBER = 500

EMOJI = "😀👍🏽❤️🇺🇸👩‍💻1️⃣🤖🏴‍☠️©™"
MARKS = [chr(code) for code in range(0x0300, 0x0370)]
RTL = "".join(chr(code) for code in (*range(0x05D0, 0x05EB), *range(0x0621, 0x064B))) + "\u200f\u202e\u202b\u202c"
WORDS = (
    "Altman Trump Musk Vance OpenAI who what why when is he she they it not or and did 39 November how much old the of "
    "sue donate /start /topics /summary @ & ? ! . , ; : ' \" … — n't 's whaaaat mask"
).split()


def characters(random_: random.Random, alphabet: Sequence[str], most: int = 200) -> str:
    return "".join(random_.choices(alphabet, k=random_.randint(1, most)))


def any_unicode(random_: random.Random) -> str:
    return "".join(chr(random_.randrange(0x110000)) for _ in range(random_.randint(1, 200)))


def surrogates(random_: random.Random) -> str:
    return "".join(chr(random_.randrange(0xD800, 0xE000)) for _ in range(random_.randint(1, 50))) + " Altman?"


def controls(random_: random.Random) -> str:
    return characters(random_, [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]) + "Musk"


def nulls(random_: random.Random) -> str:
    return "\0".join(random_.choices(WORDS, k=random_.randint(1, 20))) + "\0"


def very_long(random_: random.Random) -> str:
    piece = random_.choice(
        [characters(random_, string.printable, 30), random_.choice(WORDS), "a", "😀", "e\u0301", "?"]
    )
    return (piece * 10_000)[:10_000]


def one_long_word(random_: random.Random) -> str:
    return characters(random_, string.ascii_lowercase, 600) * 10


def punctuation(random_: random.Random) -> str:
    return characters(random_, string.punctuation + "¿¡«»„“…–—·•", 20)


def only_emoji(random_: random.Random) -> str:
    return characters(random_, EMOJI)


def right_to_left(random_: random.Random) -> str:
    return characters(random_, RTL + " ") + " Musk?"


def zalgo(random_: random.Random) -> str:
    return "".join(char + characters(random_, MARKS, 20) for char in "how old is altman")


def spaces(random_: random.Random) -> str:
    return characters(random_, [" ", "\n", "\t", "\r", "\u00a0", "\u2028", "\u200b", "\ufeff", "\x85", "\x1c"])


def words_in_disorder(random_: random.Random) -> str:
    return random_.choice(["", " "]).join(random_.choices(WORDS, k=random_.randint(1, 80)))


def misspelt(random_: random.Random) -> str:
    letters = list("what does altman expect of trump and how much did musk donate to the campaign")
    for _ in range(random_.randint(1, 20)):
        letters[random_.randrange(len(letters))] = random_.choice(string.ascii_lowercase + " '")
    return "".join(letters)


MAKERS: tuple[Callable[[random.Random], str], ...] = (
    any_unicode,
    surrogates,
    controls,
    nulls,
    very_long,
    one_long_word,
    punctuation,
    only_emoji,
    right_to_left,
    zalgo,
    spaces,
    words_in_disorder,
    misspelt,
)


def junk() -> list[str]:
    random_ = random.Random(20241106)  # noqa: S311 (nothing secret)
    return [MAKERS[number % len(MAKERS)](random_) for number in range(NUMBER)]


def test_any_text_gets_a_reply_of_a_known_kind(conversation: Conversation) -> None:
    for text in junk():
        reply = conversation.respond(text).reply
        assert reply.kind in KINDS, ascii(text)
        assert reply.said or reply.stated, ascii(text)


def test_any_text_gets_one_in_the_middle_of_a_conversation_too(conversation: Conversation) -> None:
    context = EMPTY
    for text in junk()[::2]:
        turn = conversation.respond(text, context)
        assert turn.reply.kind in KINDS, ascii(text)
        context = turn.context
    assert conversation.respond("How old is Altman?", context).reply.stated[0].entry == "altman-age"


@pytest.mark.parametrize(
    "maker", [any_unicode, punctuation, only_emoji, surrogates, spaces], ids=lambda each: each.__name__
)
def test_nothing_is_read_into_what_says_nothing(
    conversation: Conversation, maker: Callable[[random.Random], str]
) -> None:
    random_ = random.Random(6)  # noqa: S311
    for _ in range(20):
        text = maker(random_).replace(" Altman?", "")
        assert conversation.respond(text).reply.stated == (), ascii(text)


def test_every_line_of_json_gets_one_answer(conversation: Conversation) -> None:
    lines = [json.dumps({"id": number, "chat": f"c{number % 3}", "text": text}) for number, text in enumerate(junk())]
    # What is no surrogate may stand in the line as it is, not escaped.
    raw = [
        json.dumps({"id": number, "chat": "raw", "text": text}, ensure_ascii=False).encode("utf-8", "replace")
        for number, text in enumerate(junk()[:100])
    ]
    sink = io.BytesIO()
    source = io.BytesIO(b"\n".join([*(line.encode("ascii") for line in lines), *raw]) + b"\n")
    assert answer_lines(conversation, source, sink)
    told = [json.loads(line) for line in sink.getvalue().decode("ascii").splitlines()]
    assert [each["id"] for each in told] == [*range(NUMBER), *range(100)]
    assert {each["kind"] for each in told} <= KINDS
    assert all(each["text"] for each in told)


def test_junk_among_the_lines_is_an_error_and_stops_nothing(conversation: Conversation) -> None:
    random_ = random.Random(7)  # noqa: S311
    good = b'{"id": 1, "chat": "c", "text": "How old is Altman?"}\n'
    bad = [random_.randbytes(random_.randint(1, 200)).replace(b"\n", b"x") + b"\n" for _ in range(100)]
    bad = [line for line in bad if line.strip()]
    sink = io.BytesIO()
    assert not answer_lines(conversation, io.BytesIO(b"".join(line + good for line in bad)), sink)
    told = [json.loads(line) for line in sink.getvalue().splitlines()]
    assert len(told) == 2 * len(bad)
    assert all("error" in each for each in told[::2])
    assert all(each["kind"] == "answer" for each in told[1::2])
