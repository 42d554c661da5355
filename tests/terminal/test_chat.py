import io

import pytest
from rich.console import Console

from bot.dialogue.conversation import Conversation
from bot.terminal.chat import LocalChat


class Talk:
    """A chat whose every reply can be read."""

    def __init__(self, conversation: Conversation, width: int = 80) -> None:
        self._out = io.StringIO()
        self._chat = LocalChat(conversation, Console(file=self._out, width=width, color_system=None))

    def say(self, line: str) -> str:
        assert self._chat.hear(line)
        said = self._out.getvalue()
        self._out.seek(0)
        self._out.truncate()
        return said

    def ends(self, line: str) -> bool:
        return not self._chat.hear(line)


@pytest.fixture
def talk(tiny_conversation: Conversation) -> Talk:
    return Talk(tiny_conversation)


def test_an_answer_shows_its_quote_with_the_line_the_note_and_numbered_follow_ups(talk: Talk) -> None:
    assert talk.say("What does Altman expect of Trump?").splitlines() == [
        "He expects Trump to champion artificial intelligence.",
        "  ¶ 1   Trump will champion artificial intelligence",
        "",
        "You can also ask:",
        "  1  How old is Altman?",
        "",
    ]


def test_a_number_chooses_a_follow_up_and_the_note_is_marked_as_the_curators(talk: Talk) -> None:
    talk.say("What does Altman expect of Trump?")
    assert talk.say(" 1 ").splitlines() == [
        "Altman is 39.",
        "  ¶ 3   The 39-year-old CEO is rich; he likes [small] firms.",
        "  Curator's note: Nobody knows how rich.",
        "",
    ]


def test_topics_lead_by_numbers_to_questions_and_to_answers(talk: Talk) -> None:
    assert "  1  All there is\n" in talk.say("/topics")
    questions = talk.say("1")
    assert "All there is:\n" in questions
    assert "  2  How old is Altman?\n" in questions
    assert talk.say("2").startswith("Altman is 39.\n")


def test_a_number_that_is_not_in_the_list_is_told_so_and_the_list_stays(talk: Talk) -> None:
    talk.say("/topics")
    for number in ("0", "2", "999"):
        assert talk.say(number) == "There is no such number in the list.\n\n"
    assert "How old is Altman?" in talk.say("1")


def test_a_number_with_nothing_to_choose_from_is_a_message(talk: Talk) -> None:
    assert "There is no such number" not in talk.say("1")
    talk.say("/topics")
    assert "There is no such number" not in talk.say("1" * 5_000)


def test_a_new_reply_takes_the_old_list_away(talk: Talk) -> None:
    talk.say("/topics")
    talk.say("hello")
    assert "How old is Altman?\n" not in talk.say("1")


def test_the_summary_help_and_start_are_commands_in_any_case(talk: Talk) -> None:
    assert talk.say("/summary").startswith("Altman believes in Trump.\n")
    assert "/quit" in talk.say("/HELP")
    assert talk.say("/start") == talk.say("/help")


@pytest.mark.parametrize("second", ["2", "the second one", "2nd", " Second. "])
def test_a_place_chooses_as_well_as_a_number_from_any_list(talk: Talk, second: str) -> None:
    talk.say("/topics")
    talk.say("the first one")
    assert talk.say(second).startswith("Altman is 39.\n")


def test_people_and_the_timeline_are_told_with_whom_to_ask_for_next(talk: Talk) -> None:
    people = talk.say("/people")
    assert people.startswith("Altman believes in Trump.\n")
    assert "  1  How old is Altman?\n" in people
    assert talk.say("1").startswith("Altman is 39.\n")
    assert talk.say("/timeline").startswith("He expects Trump to champion")


def test_the_article_is_shown_line_by_line_with_its_numbers(talk: Talk) -> None:
    assert talk.say("/article").splitlines() == [
        "A tiny article",
        "  ¶ 1   Altman believes that Trump will champion artificial intelligence.",
        "  ¶ 3   The 39-year-old CEO is rich; he likes [small] firms.",
        "",
    ]


def test_why_accounts_for_the_last_reply(talk: Talk) -> None:
    assert talk.say("/why").startswith("There is no answer of mine to explain yet.")
    talk.say("how old iz Altman?")
    account = talk.say("/why")
    assert account.startswith("I read your message as: how old is altman\n")
    assert "“How old is Altman?”" in account
    talk.say("/summary")
    assert "by a button" in talk.say("/WHY")


def test_none_of_what_was_guessed_is_declined(guessing: Conversation) -> None:
    talk = Talk(guessing)
    assert "The nearest it tells" in talk.say("Is Musk a critic?")
    assert "I have misread you" in talk.say("none of these")


@pytest.mark.parametrize("line", ["/privacy", "/forget_me", " /FooBar ", "/foobar how old is Altman?"])
def test_an_unknown_command_is_no_question(talk: Talk, line: str) -> None:
    assert talk.say(line) == "I do not know that command. /help lists those I know.\n\n"


def test_an_unknown_command_leaves_the_list_and_what_was_spoken_of(talk: Talk) -> None:
    talk.say("/topics")
    talk.say("/foobar")
    assert "How old is Altman?" in talk.say("1")


@pytest.mark.parametrize("line", ["/", "/ how old is Altman?", "//", "/etc/passwd", "how old is /Altman ?"])
def test_what_is_no_command_is_a_message(talk: Talk, line: str) -> None:
    assert "I do not know that command" not in talk.say(line)


def test_a_command_that_is_smalltalk_is_answered_as_such(conversation: Conversation) -> None:
    said = Talk(conversation).say("/Cancel")
    assert said.strip()
    assert "I do not know that command" not in said


def test_what_stands_behind_a_command_does_not_matter(talk: Talk) -> None:
    assert talk.say("/summary please") == talk.say("/summary")
    assert talk.ends("/quit now")


def test_the_chat_ends_on_quit_only(talk: Talk) -> None:
    assert talk.ends("/quit")
    assert talk.ends(" /EXIT ")
    assert talk.say("") == ""


def test_a_follow_up_is_understood_from_what_was_said_before(conversation: Conversation) -> None:
    talk = Talk(conversation)
    talk.say("How old is Altman?")
    assert "Musk" in talk.say("and Musk?")


def test_long_quotes_are_wrapped_under_themselves(conversation: Conversation) -> None:
    for entry in ("ai-needs", "summary"):
        label = conversation.base.entries[entry].label
        lines = Talk(conversation, width=60).say(label).splitlines()
        assert max(map(len, lines)) <= 60
        wrapped = [line for line in lines if line.startswith(" " * 8)]
        assert wrapped, label


@pytest.mark.parametrize(
    "line",
    ["?", "\x00\x1b[31m", "[bold]not markup[/bold]", "[/]", "\ud800", "😀", "ا" * 50, "x" * 200_000, "a " * 100_000],
)
def test_no_input_breaks_the_chat(talk: Talk, line: str) -> None:
    assert talk.say(line).strip()


def test_a_message_in_another_language_gets_numbered_questions_to_choose_from(talk: Talk) -> None:
    told = talk.say("Кто такой Altman?")
    assert "Я понимаю только английский." in told
    assert "  1  " in told
