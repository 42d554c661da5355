from dataclasses import replace

import pytest

from bot.dialogue.conversation import EMPTY, Conversation
from bot.dialogue.model import Foreign
from tests.dialogue.turns import EXPECTS, stated


@pytest.mark.parametrize(
    ("message", "code", "said"),
    [
        ("¿Quién es? ¿donde?", "es", "Solo inglés."),
        ("Кто такой Маск?", "ru", "Только английский."),
        ("谁起诉了马斯克", "zh", "只懂英文。"),
    ],
)
def test_a_message_in_another_language_is_told_so_in_it(talk: Conversation, message: str, code: str, said: str) -> None:
    turn = talk.respond(message)
    assert isinstance(turn.decision, Foreign)
    assert turn.decision.code == code
    assert (turn.reply.kind, turn.reply.said, turn.reply.stated) == ("foreign", said, ())


def test_a_message_in_another_language_leaves_the_context_alone(talk: Conversation) -> None:
    before = talk.respond(EXPECTS).context
    after = talk.respond("Кто это?", before).context
    assert replace(after, offered=before.offered) == before


def test_who_writes_in_another_language_of_nobody_known_is_offered_what_all_are(talk: Conversation) -> None:
    assert [option.entry for option in talk.respond("Кто это?").reply.options] == ["summary", "altman-expects"]


def test_who_names_somebody_is_offered_entries_on_them(conversation: Conversation) -> None:
    for message in ("Кто такой Илон Маск?", "谁起诉了马斯克", "Kto pozwał Muska?", "¿Quién es Elon Musk?"):
        options = conversation.respond(message).reply.options
        assert 1 <= len(options) <= 3
        assert all("Musk" in f"{each.label} {conversation.base.entries[each.entry].answer}" for each in options)


def test_who_names_two_is_offered_entries_on_them(conversation: Conversation) -> None:
    options = conversation.respond("¿Quién es Musk y quién es Vance?").reply.options
    assert {"who-is-musk", "who-is-vance"} <= {option.entry for option in options}


def test_the_hint_chooses_between_languages(talk: Conversation) -> None:
    assert talk.respond("que?").decision == Foreign("es")
    assert talk.respond("que?", EMPTY, "pt-br").decision == Foreign("pt")


@pytest.mark.parametrize("name", ["Маск", "Маск?", "马斯克?", "マスク", "머스크", "मस्क", "ماسك", "מאסק"])
def test_a_name_in_another_script_is_answered_like_the_english_one(talk: Conversation, name: str) -> None:
    english = "Elon Musk?" if name.endswith("?") else "Elon Musk"
    assert talk.respond(name) == talk.respond(english)


def test_the_real_base_answers_a_name_in_another_script(conversation: Conversation) -> None:
    assert stated(conversation.respond("马斯克")) == stated(conversation.respond("Elon Musk")) == ["who-is-musk"]


def test_an_english_question_may_hold_a_name_in_another_script(talk: Conversation) -> None:
    assert stated(talk.respond("How old is Альтман?")) == ["altman-age"]


def test_a_greeting_in_another_language_that_is_known_is_a_greeting(conversation: Conversation) -> None:
    assert conversation.respond("привет").reply.kind == "smalltalk"
