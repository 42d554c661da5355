"""What holds for any text whatever, tried on fifty made-up examples of each, the same ones in every run."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.model import Base, Evidence
from bot.dialogue.conversation import Conversation
from bot.dialogue.model import Context, Option, Reply, Stated
from bot.language.normalise import MAX_LENGTH, fold, words_of
from bot.render.html import LIMIT, reply_html, reply_parts, text_html
from bot.store.private import hidden, tells_who
from bot.telegram.article import ArticlePages
from bot.telegram.buttons import BAD, ENTRY, GOOD, NONE_OF_THESE, Buttons
from bot.telegram.menu import Menu
from tests.telegram.markup import check_text, parse_html

KINDS = {"answer", "clarify", "not_in_article", "off_topic", "smalltalk", "foreign", "declined", "too_long"}

fifty = settings(max_examples=50, derandomize=True, deadline=None, database=None)

ANY_CHARACTER = st.characters(exclude_categories=())
"""Surrogates too, which JSON can hold and UTF-8 cannot."""

WORDS = st.sampled_from(
    "Altman Musk Vance Trump OpenAI who what when how old is he the it and or not did does & @ ? . , 's n't 39 2 none "
    "these mr. U.S. Маск 马斯克 whaaaat altmam hello thanks /topics <b> &amp; 🤖 \u202e \u200b \u0301 ﷺ ﬃ".split(" ")
)
ANY_TEXT = st.one_of(
    st.text(ANY_CHARACTER, max_size=200),
    st.lists(st.one_of(WORDS, st.text(ANY_CHARACTER, max_size=8)), max_size=40).map(" ".join),
    st.lists(WORDS, max_size=40).map("".join),
)
PLAIN = st.text(max_size=300)


@pytest.fixture(scope="session")
def messages(base: Base) -> Mapping[str, str]:
    """Return these alone: an example that fails is told with all it was given, and the base is long."""
    return base.messages


def of_words(text: str) -> list[str]:
    return [word.text for word in words_of(text, {})]


@fifty
@given(ANY_TEXT)
def test_words_stay_the_same_when_they_are_read_once_more(text: str) -> None:
    once = of_words(text[: MAX_LENGTH // 20])
    assert of_words(" ".join(once)) == once


@fifty
@given(ANY_TEXT)
def test_what_is_folded_is_plain(text: str) -> None:
    folded = fold(text)
    assert folded == folded.casefold()
    assert not any(0xD800 <= ord(char) < 0xE000 or char in "\0\u200b\u202e" for char in folded)
    assert len(folded) <= 8 * MAX_LENGTH


def sound(html: str) -> str:
    """Return the text of HTML that Telegram takes."""
    text = parse_html(html).text
    check_text(text)
    return text


@fifty
@given(st.lists(ANY_TEXT, min_size=1, max_size=3))
def test_any_conversation_gets_replies_of_known_kinds_that_telegram_takes(
    conversation: Conversation, messages: Mapping[str, str], texts: list[str]
) -> None:
    context = Context()
    for text in texts:
        turn = conversation.respond(text, context)
        assert turn.reply.kind in KINDS
        assert [sound(part) for part in reply_parts(turn.reply, messages)]
        sound(text_html(conversation.account(turn)))
        context = turn.context


@fifty
@given(ANY_TEXT)
def test_any_half_of_a_question_leads_to_answers_that_telegram_takes(
    conversation: Conversation, messages: Mapping[str, str], text: str
) -> None:
    for turn in conversation.suggest(text, 20):
        sound(reply_html(turn.reply, messages))


TOLD = st.builds(
    Stated,
    st.just("one"),
    st.just(1.0),
    st.builds(str.__mul__, st.text(min_size=1, max_size=50).filter(str.strip), st.integers(1, 200)),
    st.lists(st.builds(Evidence, st.integers(1, 99), PLAIN), max_size=4).map(tuple),
    st.lists(PLAIN, max_size=2).map(tuple),
)
REPLIES = st.builds(
    Reply, st.just("answer"), PLAIN, st.lists(TOLD, min_size=1, max_size=4).map(tuple), st.just(tuple[Option, ...]())
)


@fifty
@given(REPLIES)
def test_any_reply_is_shown_in_parts_that_telegram_takes(messages: Mapping[str, str], reply: Reply) -> None:
    assert [sound(part) for part in reply_parts(reply, messages)]
    sound(reply_html(reply, messages))


@fifty
@given(st.text(min_size=1, max_size=50).filter(str.strip), st.integers(1, LIMIT // 10))
def test_any_text_is_shown_as_it_is_or_cut(piece: str, times: int) -> None:
    text = piece * times
    assert sound(text_html(text)).rstrip("…") in text


@fifty
@given(ANY_TEXT)
def test_what_was_hidden_stays_hidden(text: str) -> None:
    once = hidden(text)
    assert hidden(once) == once
    assert tells_who(once) == tells_who(text)


Parts = tuple[Buttons, Menu, ArticlePages]


@pytest.fixture(scope="session")
def entries(base: Base) -> frozenset[str]:
    return frozenset(base.entries)


@pytest.fixture(scope="session")
def parts(base: Base) -> Parts:
    return Buttons(base, "ArticleTestBot", thumbs=True), Menu(base), ArticlePages(base)


DATA = st.one_of(
    st.text(ANY_CHARACTER, max_size=64),
    st.builds(
        "".join,
        st.tuples(
            st.sampled_from([ENTRY, NONE_OF_THESE, GOOD, BAD, "t:", "a:", "m", ""]),
            st.one_of(
                st.integers().map(str), st.text(ANY_CHARACTER, max_size=20), st.sampled_from(["altman-age", "summary"])
            ),
        ),
    ),
)


@fifty
@given(DATA)
def test_any_data_of_a_button_stands_for_something_there_is_or_for_nothing(
    parts: Parts, entries: frozenset[str], data: str
) -> None:
    buttons, menu, article = parts
    assert buttons.entry(data) in entries | {""}
    assert buttons.judged(data)[0] in entries | {""}
    assert (buttons.noted(data) or 0) in range(2**63)
    for page in (menu.page(data), article.page(data)):
        assert page is None or sound(page.html[0])
