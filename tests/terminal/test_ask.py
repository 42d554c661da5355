import io

import pytest

from bot.dialogue.conversation import Conversation
from bot.terminal.ask import answer


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


def test_other_programs_get_whole_lines(tiny_conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    out = io.StringIO()
    answer(tiny_conversation, "How old is Altman?", out)
    assert "  ¶ 3   The 39-year-old CEO is rich; he likes [small] firms.\n" in out.getvalue()


def test_a_terminal_gets_lines_of_its_width(tiny_conversation: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    screen = Screen()
    answer(tiny_conversation, "How old is Altman?", screen)
    assert "  ¶ 3   The 39-year-old CEO is\n        rich; he likes [small]\n        firms.\n" in screen.getvalue()


def test_a_wide_terminal_gets_lines_that_still_read_well(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    screen = Screen()
    answer(conversation, conversation.base.entries["ai-needs"].label, screen)
    assert 90 < max(map(len, screen.getvalue().splitlines())) <= 100
