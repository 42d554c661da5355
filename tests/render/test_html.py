"""Replies as Telegram's HTML: sound, complete where it fits, and never too long."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.base.model import Base, Evidence
from bot.dialogue.conversation import Conversation
from bot.dialogue.model import Reply, Stated
from bot.render.html import LIMIT, answer_html, reply_html, reply_parts, text_html, units
from tests.telegram.markup import check_text, parse_html

STATED = Stated(
    "one", 1.0, "He said <so> & left.", (Evidence(5, 'A "quote" <b>'), Evidence(29, "Another & last")), ("A slip.",)
)


def parsed(html: str) -> str:
    """Return the text of HTML that Telegram would take."""
    text = parse_html(html).text
    check_text(text)
    return text


def test_an_answer_shows_its_sentence_quotes_lines_and_note(base: Base) -> None:
    html = answer_html(STATED, base.messages)
    note = f"{base.messages['curators_note']} A slip."
    assert parsed(html) == f'He said <so> & left.\n\n¶ 5: A "quote" <b>\n¶ 29: Another & last\n\n{note}'
    assert [each["type"] for each in parse_html(html).entities] == ["expandable_blockquote", "italic"]
    assert html.index("</blockquote>") < html.index("<i>")


def test_a_handle_links_to_nobody(base: Base) -> None:
    stated = Stated("one", 1.0, "He is @sama.", (Evidence(21, "Sam Altman (@sama) & co"),), ())
    for html in (answer_html(stated, base.messages), *reply_parts(Reply("answer", "", (stated,), ()), base.messages)):
        assert parsed(html) == "He is @sama.\n\n¶ 21: Sam Altman (@sama) & co"
        assert [each["type"] for each in parse_html(html).entities].count("code") == 2


def test_what_is_said_follows_what_is_stated(base: Base) -> None:
    html = reply_html(Reply("answer", "The rest is not told.", (STATED, STATED), ()), base.messages)
    text = parsed(html)
    assert text.count("He said") == 2
    assert text.endswith("The rest is not told.")
    assert base.messages["too_much"] not in text


def test_every_entry_of_the_base_is_shown_whole(base: Base, conversation: Conversation) -> None:
    for entry in base.entries.values():
        reply = conversation.state(entry.id).reply
        text = parsed(reply_html(reply, base.messages))
        assert " ".join(entry.answer.split()) in text
        for evidence in entry.evidence:
            assert f"¶ {evidence.line}: {evidence.quote}" in text
        for note in reply.stated[0].notes:
            assert note in text


def test_too_long_a_reply_loses_its_last_quotes_first(base: Base) -> None:
    quotes = tuple(Evidence(number, f"{'<&😀' * 100} {number}.") for number in range(1, 20))
    first, second = replace(STATED, evidence=quotes[:5]), replace(STATED, evidence=quotes[5:])
    html = reply_html(Reply("answer", "", (first, second), ()), base.messages)
    text = parsed(html)
    assert units(html) <= LIMIT
    assert all(f"¶ {number}: " in text for number in range(1, 6))
    assert "¶ 19: " not in text
    assert "¶ 6: " in text
    assert text.count("He said <so> & left.") == 2


def test_without_its_quotes_an_answer_has_no_notes_on_them(base: Base) -> None:
    long = replace(STATED, text="x" * (LIMIT - 10))
    text = parsed(reply_html(Reply("answer", "", (long,), ()), base.messages))
    assert text == long.text


def test_more_answers_than_fit_are_left_out_whole_and_that_is_said(base: Base) -> None:
    many = tuple(replace(STATED, text=f"{number} {'word ' * 60}") for number in range(30))
    text = parsed(reply_html(Reply("answer", "", many, ()), base.messages))
    assert text.endswith(base.messages["too_much"])
    assert text.startswith("0 word")


@pytest.mark.parametrize("unit", ["x", "<", "&amp; ", "😀", "\n"])
def test_text_that_is_too_long_is_cut_and_sound(unit: str) -> None:
    html = text_html("a" + unit * 5000)
    assert units(html) <= LIMIT
    assert parsed(html).endswith("…")


@pytest.mark.parametrize("length", [LIMIT - 1, LIMIT])
def test_text_that_just_fits_is_not_cut(length: int) -> None:
    assert parsed(text_html("<" * length)) == "<" * length


def test_one_answer_that_is_too_long_is_cut(base: Base) -> None:
    long = replace(STATED, text="word & " * 2000)
    assert parsed(reply_html(Reply("answer", "", (long,), ()), base.messages)).endswith("…")


def test_a_reply_that_fits_is_one_part_the_same_as_whole(base: Base, conversation: Conversation) -> None:
    for entry in base.entries:
        reply = conversation.state(entry).reply
        assert reply_parts(reply, base.messages) == (reply_html(reply, base.messages),)


@pytest.mark.parametrize("words", ["Yes & no. ", "word ", "x", "😀", "<b>.\n"])
def test_a_long_reply_is_cut_into_sound_parts_that_lose_nothing(base: Base, words: str) -> None:
    count = 3 * LIMIT // len(words)
    quotes = (Evidence(5, words * count), Evidence(7, "Short."))
    long = replace(STATED, text=words * count, evidence=quotes)
    parts = reply_parts(Reply("answer", "The rest.", (long, STATED), ()), base.messages)
    assert len(parts) > 6
    assert all(units(part) <= LIMIT for part in parts)
    text = "".join(map(parsed, parts))
    assert text.count(words.strip()) >= 2 * count
    assert text.endswith("The rest.")
    if "." in words:
        assert all(parsed(part).rstrip().endswith(".") for part in parts)
