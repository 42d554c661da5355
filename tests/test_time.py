"""No message takes the core long, whatever is in it; each bound here is far above what was measured."""

import random
import string
import time
from collections.abc import Sequence

import pytest

from bot.dialogue.conversation import EMPTY, Conversation
from bot.dialogue.model import Context
from bot.render.html import reply_parts

MOST = 0.05
"""Seconds that a message may cost, the best of three."""

RANDOM = random.Random(20241106)  # noqa: S311 (nothing secret)


def words(letters: int, alphabet: Sequence[str] = string.ascii_lowercase, before: str = "") -> str:
    return " ".join(before + "".join(RANDOM.choices(alphabet, k=letters)) for _ in range(600))[:600]


SLOW = {
    "misspelt words": words(8, "aeiourstnlm"),
    "words run into misspelt ones": words(6, "aeiourstnlm", before="the"),
    "short words": words(3),
    "a word of 600 letters": "".join(RANDOM.choices(string.ascii_lowercase, k=600)),
    "4,096 letters": "".join(RANDOM.choices(string.ascii_lowercase, k=4096)),
    "letters that stand for three": "ﬃ" * 600,
    "letters that stand for eighteen": "ﷺ" * 600,
    "and": "who and " * 75,
    "names and names": " and ".join(["Altman", "Trump how", "Musk what", "Vance money"] * 15)[:600],
    "questions": "what did Musk pay? who is he? " * 20,
    "digits": words(4, string.digits),
    "scripts": words(7, "abбγאش中あก가"),
    "names in other scripts": "马斯克 Маск ماسك" * 40,
    "half of names in other scripts": "马斯" * 300,
    "emoji": "👩‍💻🏴‍☠️" * 500,
    "joiners": "👩‍" * 300,
    "combining marks": "a" + "\u0301" * 4095,
    "direction overrides": "\u202e" * 4096,
    "nulls": "\0" * 4096,
    "nulls between words": "\0".join(words(7).split()),
    "surrogates": "\ud800\udfff" * 2048,
    "tags": "<b>" * 1365,
    "signs": "?!." * 1365,
    "a story and a misspelt question": f"{'x' * 3000}. {words(8, 'aeiourstnlm')[:580]}?",
}


@pytest.fixture(scope="module")
def contexts(conversation: Conversation) -> tuple[Context, ...]:
    """Return what may have been said before: nothing, an answer, and a list to choose from."""
    before = ("What did Musk do?", "What is the best recipe for banana bread?")
    return (EMPTY, *(conversation.respond(each).context for each in before))


@pytest.mark.parametrize("name", SLOW)
def test_no_message_takes_long(conversation: Conversation, contexts: tuple[Context, ...], name: str) -> None:
    for context in contexts:
        taken = []
        for _ in range(3):
            started = time.thread_time()
            turn = conversation.respond(SLOW[name], context)
            reply_parts(turn.reply, conversation.base.messages)
            conversation.account(turn)
            taken.append(time.thread_time() - started)
        assert min(taken) < MOST


def test_nor_does_one_that_is_typed_inline(conversation: Conversation) -> None:
    conversation.suggest("who", 1)  # the first of all gets things ready
    for text in SLOW.values():
        started = time.thread_time()
        conversation.suggest(text[:256], 20)
        assert time.thread_time() - started < MOST
