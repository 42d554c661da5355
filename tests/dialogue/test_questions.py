from bot.dialogue.conversation import Conversation
from tests.dialogue.turns import last, stated


def test_asking_once_more_for_what_was_just_refused_gets_no_answer(talk: Conversation) -> None:
    turn = talk.respond("Who is Musk's wife? her age?")
    assert turn.reply.kind == "not_in_article"


def test_two_questions_get_two_answers(talk: Conversation) -> None:
    turn = talk.respond("How old is Altman and how much did Musk donate?")
    assert stated(turn) == ["altman-age", "musk-donated"]
    assert len(turn.considered) == 2
    assert set(turn.context.entries) <= {"altman-age", "musk-donated"}


def test_the_same_question_twice_gets_one_answer(talk: Conversation) -> None:
    assert stated(talk.respond("How old is Altman? What is Altman's age?")) == ["altman-age"]


def test_of_two_questions_the_untold_one_is_said_to_be_so(talk: Conversation) -> None:
    turn = talk.respond("How old is Altman? Is Musk married?")
    assert stated(turn) == ["altman-age"]
    assert turn.reply.said == "The article does not speak of the wife of Elon Musk."


def test_a_remark_before_a_question_does_not_matter(talk: Conversation) -> None:
    assert stated(talk.respond("I forgot. How old is Altman?")) == ["altman-age"]


def test_asking_for_the_words_gives_the_last_answer_again(talk: Conversation) -> None:
    turn = last(talk, ("Who sued OpenAI?", "his exact words?"))
    assert stated(turn) == ["musk-sued"]
    assert turn.context == talk.respond("Who sued OpenAI?").context


def test_without_an_answer_there_are_no_words_to_give_again(talk: Conversation) -> None:
    assert talk.respond("the exact words?").reply.stated == ()
