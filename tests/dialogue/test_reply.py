from dataclasses import replace

import pytest

from bot.base.model import Base, Unstated
from bot.dialogue.model import Answer, Chat, Clarify, Fact, NotInArticle, OffTopic, Option, Reply
from bot.dialogue.reply import MAX_OPTIONS, Replies
from tests.world import with_entry

AGE = Option("altman-age", "How old is Altman?")
DONATED = Option("musk-donated", "How much did Musk donate?")


@pytest.fixture(scope="module")
def replies(world: Base) -> Replies:
    return Replies(world)


def test_an_answer_states_the_entry_with_its_evidence_and_leads_on(replies: Replies, world: Base) -> None:
    reply = replies.render(Answer((Fact("altman-expects", 0.9),)))
    (stated,) = reply.stated
    assert (reply.kind, reply.said, reply.options) == ("answer", "", (AGE, DONATED))
    assert (stated.entry, stated.confidence, stated.notes) == ("altman-expects", 0.9, ())
    assert stated.text == "Altman expects Trump to champion artificial intelligence."
    assert stated.evidence == world.entries["altman-expects"].evidence


@pytest.mark.parametrize(
    ("opening", "text"),
    [
        ("yes", "Yes. Musk sued OpenAI."),
        ("no", "No. Musk sued OpenAI."),
        ("Elon Musk", "Elon Musk. Musk sued OpenAI."),
        ("", "Musk sued OpenAI."),
    ],
)
def test_an_answer_begins_with_its_opening(replies: Replies, opening: str, text: str) -> None:
    assert replies.render(Answer((Fact("musk-sued", 0.9, opening),))).stated[0].text == text


@pytest.mark.parametrize("answer", ["No. He did not.", "No, he did not.", "No: he did not."])
def test_an_opening_is_not_said_twice(world: Base, answer: str) -> None:
    replies = Replies(with_entry(world, "musk-sued", answer=answer))
    assert replies.render(Answer((Fact("musk-sued", 0.9, "no"),))).stated[0].text == answer


def test_line_breaks_of_the_base_are_no_part_of_an_answer(world: Base) -> None:
    replies = Replies(with_entry(world, "musk-sued", answer="Musk\n  sued\nOpenAI.\n"))
    assert replies.render(Answer((Fact("musk-sued", 0.9),))).stated[0].text == "Musk sued OpenAI."


def test_a_quote_that_holds_a_slip_gets_its_note(replies: Replies) -> None:
    assert replies.render(Answer((Fact("musk-donated", 0.9),))).stated[0].notes == ("Nobody counted.",)
    assert replies.render(Answer((Fact("musk-sued", 0.9),))).stated[0].notes == ()


def test_of_two_facts_neither_is_offered_again(replies: Replies) -> None:
    reply = replies.render(Answer((Fact("altman-expects", 0.5), Fact("altman-age", 0.4))))
    assert [stated.entry for stated in reply.stated] == ["altman-expects", "altman-age"]
    assert reply.options == (DONATED,)


def test_what_is_untold_beside_an_answer_is_said_too(replies: Replies) -> None:
    reply = replies.render(Answer((Fact("altman-age", 0.9),), (NotInArticle("wife", "altman", ("altman-age",)),)))
    assert (reply.kind, reply.said) == ("answer", "The article does not speak of the wife of Sam Altman.")


def test_asking_back_offers_the_possibilities(replies: Replies) -> None:
    reply = replies.render(Clarify(("altman-age", "musk-donated")))
    assert reply == Reply("clarify", "Which one?", (), (AGE, DONATED))


def test_no_more_than_three_are_offered_and_none_twice(replies: Replies) -> None:
    reply = replies.render(Clarify(("altman-age", "altman-age", "musk-donated", "musk-sued", "ai-needs")))
    assert [option.entry for option in reply.options] == ["altman-age", "musk-donated", "musk-sued"]
    assert len(reply.options) == MAX_OPTIONS


def test_a_refusal_says_what_is_untold_and_offers_the_nearest(replies: Replies) -> None:
    reply = replies.render(NotInArticle("wife", "musk", ("altman-age",)))
    said = "The article does not speak of the wife of Elon Musk. The nearest:"
    assert reply == Reply("not_in_article", said, (), (AGE,))


def test_a_refusal_with_nothing_near_promises_nothing(replies: Replies) -> None:
    assert replies.render(NotInArticle("", "", ())) == Reply("not_in_article", "The article does not say.", (), ())


def test_a_known_thing_off_the_topic_is_refused_in_its_own_words(world: Base) -> None:
    chore = Unstated("chores", "I write no poems.", (), (), ("write a poem",))
    reply = Replies(replace(world, unstated={**world.unstated, "chores": chore})).render(OffTopic("chores"))
    assert (reply.kind, reply.said) == ("off_topic", "I write no poems.")
    assert reply.options


def test_off_topic_offers_what_the_base_wants_offered(replies: Replies) -> None:
    reply = replies.render(OffTopic())
    assert (reply.kind, reply.said) == ("off_topic", "That is not in it.")
    assert [option.entry for option in reply.options] == ["summary", "altman-expects"]


def test_smalltalk_gets_its_reply(replies: Replies) -> None:
    assert replies.render(Chat("greeting")) == Reply("smalltalk", "Hello!", (), ())
