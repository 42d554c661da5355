import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.model import Answer, Chat, NotInArticle, OffTopic
from bot.language.normalise import MAX_LENGTH
from tests.dialogue.turns import EXPECTS, last, stated


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("How old is Altman?", "altman-age"),
        ("how old iz altmam??", "altman-age"),
        ("HOW OLD IS @SAMA", "altman-age"),
        ("how old is the boss of the firm that makes ChatGPT", "altman-age"),
        ("how much did elon giv to trump", "musk-donated"),
        ("who took open ai to court?", "musk-sued"),
        ("aboutthe server farms and chips", "ai-needs"),
    ],
)
def test_a_question_is_answered(talk: Conversation, message: str, entry: str) -> None:
    turn = talk.respond(message)
    assert (turn.reply.kind, stated(turn)) == ("answer", [entry])


def test_an_answer_tells_how_it_came_about(talk: Conversation) -> None:
    turn = talk.respond("How old is Altman?")
    (considered,) = turn.considered
    assert isinstance(turn.decision, Answer)
    assert considered.decision == turn.decision
    assert considered.match.scores[0].id == "altman-age"
    assert "altman-age" in considered.why
    assert turn.reply.stated[0].confidence == turn.decision.facts[0].confidence > 0.6


def test_what_the_article_does_not_tell_is_refused(talk: Conversation) -> None:
    turn = talk.respond("Is Musk married?")
    assert turn.decision == NotInArticle("wife", "musk", ("altman-age",))
    assert turn.reply.said.startswith("The article does not speak of the wife of Elon Musk.")


@pytest.mark.parametrize("message", ["Which zebras graze in Kenya?", "capital of France", "qwrtzpsdf"])
def test_what_is_of_another_world_is_turned_away(talk: Conversation, message: str) -> None:
    assert isinstance(talk.respond(message).decision, OffTopic)


def test_somebody_else_in_the_place_of_the_one_it_is_told_of_is_not_answered(talk: Conversation) -> None:
    assert talk.respond("How much did Vance donate to Trump?").reply.stated == ()


@pytest.mark.parametrize(
    ("message", "block"),
    [
        ("hello!", "greeting"),
        ("thank you so much", "thanks"),
        ("who are you?", "who-are-you"),
        ("😀", "emoji"),
        ("", "nothing-said"),
    ],
)
def test_smalltalk_is_answered_in_kind_and_leaves_the_context_alone(
    talk: Conversation, message: str, block: str
) -> None:
    before = talk.respond(EXPECTS).context
    turn = talk.respond(message, before)
    assert turn.decision == Chat(block)
    assert turn.context == before


def test_a_greeting_with_a_remark_is_a_greeting_but_one_with_a_question_is_a_question(talk: Conversation) -> None:
    assert talk.respond("Hello, a retired zebra keeper here").decision == Chat("greeting")
    assert stated(talk.respond("Hello, how old is Altman?")) == ["altman-age"]


@pytest.mark.parametrize(
    ("messages", "entry"),
    [
        ((EXPECTS, "how old is he?"), "altman-age"),
        (("How much did Musk donate?", "whom did he sue?"), "musk-sued"),
        (("Who sued OpenAI?", "and how much did he donate?"), "musk-donated"),
        (("How old is Altman?", "thanks", "what does he hope for?"), "altman-expects"),
    ],
)
def test_a_pronoun_is_who_was_spoken_of(talk: Conversation, messages: tuple[str, ...], entry: str) -> None:
    assert stated(last(talk, messages)) == [entry]


def test_without_a_context_a_pronoun_is_nobody(talk: Conversation) -> None:
    assert talk.respond("whom did he criticise?").considered[0].understanding.entities == ()


@pytest.mark.parametrize("before", [EXPECTS, "How much did Musk donate?", "Is Musk married?", "hello", "zebras"])
@pytest.mark.parametrize(
    "message", ["How old is Altman?", "Who sued OpenAI?", "What does artificial intelligence need?"]
)
def test_a_message_that_stands_alone_is_not_bent_by_what_was_said(
    talk: Conversation, before: str, message: str
) -> None:
    alone, after = talk.respond(message), last(talk, (before, message))
    assert after.reply == alone.reply
    assert [each.match for each in after.considered] == [each.match for each in alone.considered]


def test_a_chosen_entry_is_stated_and_can_be_followed_up(talk: Conversation) -> None:
    turn = talk.state("musk-donated")
    assert stated(turn) == ["musk-donated"]
    assert turn.reply.stated[0].confidence == 1.0
    assert stated(last(talk, ("whom did he sue?",), turn.context)) == ["musk-sued"]


def test_a_chosen_entry_leaves_the_same_context_as_the_question_on_its_button(talk: Conversation) -> None:
    assert talk.state("musk-sued").context == talk.respond("Who sued OpenAI?").context


def test_a_conversation_keeps_nothing_to_itself(talk: Conversation) -> None:
    before = talk.respond("how old is he?")
    last(talk, (EXPECTS, "how old is he?"))
    assert talk.respond("how old is he?") == before


def test_of_an_endless_message_only_the_beginning_counts(talk: Conversation) -> None:
    assert stated(talk.respond("How old is Altman?" + " " * MAX_LENGTH + "Who sued OpenAI?")) == ["altman-age"]


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("whree did altman give the intervew", "interview-outlet"),
        ("how old is the boss of the firm that makes ChatGPT?", "altman-age"),
        ("how much did Musk give to the Trump campaign", "musk-donated"),
        ("what does artificial intelligence need", "ai-needs"),
    ],
)
def test_the_real_base_answers(conversation: Conversation, message: str, entry: str) -> None:
    turn = conversation.respond(message)
    assert turn.reply.kind == "answer"
    lines = {each.line for stated in turn.reply.stated for each in stated.evidence}
    assert conversation.base.entries[entry].evidence[0].line in lines


def test_the_real_base_understands_follow_ups(conversation: Conversation) -> None:
    assert stated(last(conversation, (EXPECTS, "how old is he?")))[0] == "altman-age"
    assert stated(last(conversation, (EXPECTS, "How much did Musk donate?"))) == stated(
        conversation.respond("How much did Musk donate?")
    )


def test_why_follows_up_as_the_help_promises(conversation: Conversation) -> None:
    assert 'You can follow up with "why?"' in conversation.base.messages["help"]
    assert last(conversation, (EXPECTS, "why?")).reply.kind != "smalltalk"


@pytest.mark.parametrize("question", ["Does Altman believe Trump will not champion AI?", "Does Altman doubt Trump?"])
def test_yes_is_not_said_to_what_the_article_denies(conversation: Conversation, question: str) -> None:
    assert not any(each.text.startswith("Yes") for each in conversation.respond(question).reply.stated)
