"""The tests' own idea of Telegram's HTML must be able to fail."""

from __future__ import annotations

import pytest

from tests.telegram.markup import RejectedError, check_keyboard, check_text, parse_html


def test_reads_text_and_entities_in_utf16_units() -> None:
    parsed = parse_html("<b>Ж&amp;😀</b> &#x27;<i>x</i>' <blockquote expandable>¶ 5</blockquote>")
    assert parsed.text == "Ж&😀 'x' ¶ 5"
    assert [(each["type"], each["offset"], each["length"]) for each in parsed.entities] == [
        ("bold", 0, 4),
        ("italic", 6, 1),
        ("expandable_blockquote", 9, 3),
    ]


@pytest.mark.parametrize(
    "html",
    ["<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "a < b", "<br/>", "<b class='x'>x</b>", "<b",
     "<blockquote open>x</blockquote>", "<blockquote>a<blockquote>b</blockquote></blockquote>"],
)  # fmt: skip
def test_refuses_what_telegram_refuses(html: str) -> None:
    with pytest.raises(RejectedError):
        parse_html(html)


@pytest.mark.parametrize("text", ["", " \n", "x" * 4097, "😀" * 2049])
def test_refuses_empty_and_overlong_texts(text: str) -> None:
    with pytest.raises(RejectedError):
        check_text(text)


@pytest.mark.parametrize(
    "button",
    [{"text": "", "callback_data": "m"}, {"text": "x", "callback_data": ""}, {"text": "x", "callback_data": "ж" * 33},
     {"text": "x"}, {"text": "x", "callback_data": "m", "url": "http://x"}, {"text": "x", "login": "m"},
     {"text": "x", "url": "t.me/x"}, {"text": "x", "copy_text": {"text": "x" * 257}}, {"text": "x", "copy_text": {}}],
)  # fmt: skip
def test_refuses_unsound_buttons(button: dict[str, object]) -> None:
    with pytest.raises(RejectedError):
        check_keyboard({"inline_keyboard": [[button]]})
