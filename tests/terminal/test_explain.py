import io

from rich.console import Console

from bot.dialogue.conversation import Conversation
from bot.terminal.explain import explain


def explained(conversation: Conversation, text: str) -> str:
    out = io.StringIO()
    explain(conversation, text, Console(file=out, width=100, color_system=None))
    return out.getvalue()


def row(shown: str, start: str) -> list[str]:
    """Return the cells of the first row of a table that has a cell `start`."""
    rows = [[cell.strip() for cell in line.strip("│┃ ").split("│")] for line in shown.splitlines()]
    return next(cells for cells in rows if start in cells)


def test_it_shows_how_a_question_is_read_and_corrected(tiny_conversation: Conversation) -> None:
    shown = explained(tiny_conversation, "how OLD is altmann")
    assert "Read as     how old is altman\n" in shown
    assert "altmann -> altman" in shown
    assert row(shown, "altman")[:2] == ["altman", "altman"]
    assert "Asks for    age" in shown


def test_it_shows_the_candidates_and_what_their_totals_are_made_of(tiny_conversation: Conversation) -> None:
    turn = tiny_conversation.respond("how old is altman")
    best = turn.considered[0].match.scores[0]
    shown = explained(tiny_conversation, "how old is altman")
    assert row(shown, "altman-age") == ["1", "altman-age", "told", f"{best.chance:.3f}", f"{best.total:+.2f}"]
    calibration = tiny_conversation.base.calibration
    for name, value in best.parts.items():
        if value:
            assert row(shown, name)[1:3] == [
                f"{calibration.get(name, 0.0):+.2f}",
                f"{calibration.get(name, 0.0) * value + 0.0:+.2f} ({value:.2f})",
            ]


def test_it_shows_the_thresholds_the_decision_and_why(tiny_conversation: Conversation) -> None:
    shown = explained(tiny_conversation, "how old is altman")
    why = tiny_conversation.respond("how old is altman").considered[0].why
    assert f"answer {tiny_conversation.base.calibration['answer']:g}" in " ".join(shown.split())
    assert f"Decided Answer: {why}." in " ".join(shown.split())
    assert "Says        Altman is 39.\n" in shown


def test_it_shows_what_is_left_unexplained(tiny_conversation: Conversation) -> None:
    assert "zebras" in row(explained(tiny_conversation, "zebras of altman"), "1")[-1]


def test_smalltalk_is_told_by_its_block(tiny_conversation: Conversation) -> None:
    assert "smalltalk (greeting)" in explained(tiny_conversation, "hello")


def test_markup_and_nothing_at_all_are_shown_as_they_are(tiny_conversation: Conversation) -> None:
    assert "Replied" in explained(tiny_conversation, "[red]altman[/]")
    assert "Replied" in explained(tiny_conversation, "")


def test_each_question_of_a_message_is_explained(conversation: Conversation) -> None:
    text = "How old is Altman? Who sued OpenAI?"
    assert len(conversation.respond(text).considered) == 2
    shown = explained(conversation, text)
    assert "Question 1 of 2" in shown
    assert "Question 2 of 2" in shown


def test_a_message_in_another_language_is_told_by_it(tiny_conversation: Conversation) -> None:
    shown = explained(tiny_conversation, "Кто такой Altman?")
    assert "Language    Russian (ru), script cyrillic; the message was not read." in shown
    assert "Replied     foreign" in shown
