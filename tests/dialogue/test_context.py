from dataclasses import replace

import pytest

from bot.base.model import Base, Entity
from bot.dialogue import context as contexts
from bot.dialogue.context import (
    BORROWED_SHARE,
    OTHERS_SHARE,
    asks_for_the_words,
    leans,
    linked,
    points,
    remember,
    resolve,
)
from bot.dialogue.model import Context
from bot.language.model import Understanding
from bot.language.understand import Understander


class After:
    """What is remembered after a question was answered with an entry."""

    def __init__(self, base: Base, understander: Understander) -> None:
        self._base = base
        self._understander = understander

    def __call__(self, question: str, *entries: str, topic: frozenset[str] = frozenset()) -> Context:
        return remember(self._understander.phrasing(question), entries, topic, Context(), self._base)


@pytest.fixture
def after(world: Base, understander: Understander) -> After:
    return After(world, understander)


def borrowed(understanding: Understanding, resolved: Understanding) -> list[tuple[str, float]]:
    return [(unit.text, unit.share) for unit in resolved.composed[len(understanding.composed) :]]


@pytest.mark.parametrize(
    "message",
    [
        "how old is he",
        "and Musk?",
        "why?",
        "what about Zuckerberg",
        "Meta?",
        "so when was that",
        "who else too",
        "his age",
    ],
)
def test_a_message_that_says_too_little_leans_on_what_was_said(
    world: Base, understander: Understander, after: After, message: str
) -> None:
    context = after("What does Altman expect of Trump?", "altman-expects")
    assert leans(understander.phrasing(message), context, world)


@pytest.mark.parametrize(
    "message",
    [
        "How old is Altman?",
        "who is Musk",
        "What does Vance think of his own rules?",
        "Which zebras graze in Kenya?",
        "How much did Musk donate to Trump?",
        "and how much money did Elon Musk donate to the campaign",
    ],
)
def test_a_message_that_says_enough_stands_alone(
    world: Base, understander: Understander, after: After, message: str
) -> None:
    context = after("What does Altman expect of Trump?", "altman-expects")
    assert not leans(understander.phrasing(message), context, world)


@pytest.mark.parametrize("message", ["how old is he", "and Musk?", "why?"])
def test_nothing_leans_on_nothing(world: Base, understander: Understander, message: str) -> None:
    assert not leans(understander.phrasing(message), Context(), world)


def test_he_is_a_man_of_the_conversation_likeliest_the_first(
    world: Base, understander: Understander, after: After
) -> None:
    asked = understander.phrasing("how old is he")
    resolved = resolve(asked, after("What does Altman expect of Trump?", "altman-expects"), world)
    assert resolved.entities == ("altman", "trump")
    assert borrowed(asked, resolved)[:2] == [("altman", 1.0), ("trump", OTHERS_SHARE)]


def test_he_is_rather_who_was_asked_for(world: Base, understander: Understander, after: After) -> None:
    context = after("In whom does Altman have hope?", "altman-expects")
    assert resolve(understander.phrasing("how old is he"), context, world).entities[0] == "trump"


def test_he_is_not_who_is_named_beside_him(world: Base, understander: Understander, after: After) -> None:
    asked = understander.phrasing("does he criticise Trump")
    resolved = resolve(asked, after("What does Altman expect of Trump?", "altman-expects"), world)
    assert resolved.entities == ("trump", "altman")


def test_they_are_the_firms_before_the_persons(world: Base, understander: Understander, after: After) -> None:
    resolved = resolve(understander.phrasing("what do they want"), after("Who sued OpenAI?", "musk-sued"), world)
    assert resolved.entities == ("openai", "musk")


def test_she_is_a_woman_of_the_conversation(world: Base, understander: Understander) -> None:
    woman = Entity("murati", "Mira Murati", "person", (), (), "f")
    base = replace(world, entities={**world.entities, "murati": woman})
    context = Context(entries=("summary",), entities=("altman", "murati"))
    assert resolve(understander.phrasing("how old is she"), context, base).entities == ("murati",)


def test_what_is_left_unsaid_is_borrowed_at_a_share_of_its_weight(
    world: Base, understander: Understander, after: After
) -> None:
    asked = understander.phrasing("why?")
    resolved = resolve(asked, after("Who sued OpenAI?", "musk-sued"), world)
    assert borrowed(asked, resolved) == [("sued", BORROWED_SHARE), ("openai", BORROWED_SHARE)]
    assert resolved.units[-2:] == resolved.composed[-2:]


def test_another_name_takes_the_place_of_the_last_one_in_the_whole_of_the_question(
    world: Base, understander: Understander, after: After
) -> None:
    asked = understander.phrasing("and Musk?")
    resolved = resolve(asked, after("How old is Altman?", "altman-age"), world)
    assert resolved.entities == ("musk",)
    asked = understander.phrasing("and Meta?")
    resolved = resolve(asked, after("Who sued OpenAI?", "musk-sued"), world)
    assert resolved.entities == ("meta",)
    assert borrowed(asked, resolved) == [("sued", 1.0)]


@pytest.mark.parametrize("question", ["How much did Musk donate?", "On what calendar day did Musk donate?"])
def test_what_was_asked_for_is_replaced_by_what_is_asked_for_now(
    world: Base, understander: Understander, after: After, question: str
) -> None:
    asked = understander.phrasing("why?")
    texts = [text for text, _ in borrowed(asked, resolve(asked, after(question, "musk-donated"), world))]
    assert texts == ["musk", "donate"]


def test_what_is_said_again_is_not_borrowed_too(world: Base, understander: Understander, after: After) -> None:
    asked = understander.phrasing("and the lawsuit?")
    resolved = resolve(asked, after("Did Musk sue OpenAI?", "musk-sued"), world)
    assert [unit.text for unit in resolved.composed] == ["lawsuit", "musk", "openai"]


def test_only_what_is_at_the_core_of_the_answer_is_borrowed(
    world: Base, understander: Understander, after: After
) -> None:
    asked = understander.phrasing("why?")
    context = after("Which zebras did Musk sue?", "musk-sued", topic=frozenset({"c:sue"}))
    assert [text for text, _ in borrowed(asked, resolve(asked, context, world))] == ["musk", "sue"]


def test_near_is_what_leads_on_then_the_same_line_then_the_same_topic(world: Base) -> None:
    near = linked(Context(entries=("altman-expects",)), world)
    assert near["altman-age"] == near["musk-donated"] == 1.0
    assert near["summary"] == 0.6
    assert near["altman-expects"] == 0.5
    assert near["musk-sued"] == 0.3
    assert "ai-needs" not in near


def test_the_untold_beside_what_was_stated_is_near(world: Base) -> None:
    near = linked(Context(entries=("altman-age",)), world)
    assert near["wife"] == 0.6
    assert "verdict" not in near


def test_nothing_is_near_nothing(world: Base) -> None:
    assert linked(Context(), world) == {}


def test_an_answer_is_remembered_with_its_question_and_all_whom_it_speaks_of(after: After) -> None:
    context = after("Who sued OpenAI?", "musk-sued", topic=frozenset({"c:sue"}))
    assert context.entries == ("musk-sued",)
    assert [unit.text for unit in context.units] == ["sued", "openai"]
    assert context.entities == ("musk", "openai")
    assert context.topic == {"c:sue"}


def test_a_refusal_leaves_in_mind_what_was_spoken_of_before(
    world: Base, understander: Understander, after: After
) -> None:
    before = after("How old is Altman?", "altman-age")
    context = remember(understander.phrasing("does Vance like zebras"), (), frozenset(), before, world)
    assert context.entries == ("altman-age",)
    assert context.entities == ("vance", "altman")
    assert "zebras" in [unit.text for unit in context.units]


def test_a_message_that_says_nothing_leaves_everything_in_mind(
    world: Base, understander: Understander, after: After
) -> None:
    before = after("How old is Altman?", "altman-age")
    assert remember(understander.phrasing("well"), (), frozenset(), before, world) == before


def test_borrowed_pieces_are_whole_again_when_remembered(world: Base, understander: Understander, after: After) -> None:
    resolved = resolve(understander.phrasing("why?"), after("Who sued OpenAI?", "musk-sued"), world)
    context = remember(resolved, ("musk-sued",), frozenset(), Context(), world)
    assert {unit.share for unit in context.units} == {1.0}


def test_no_more_than_six_entities_stay_in_mind(world: Base, understander: Understander) -> None:
    everyone = understander.phrasing("Altman Trump Musk Vance Zuckerberg OpenAI Tesla Meta Microsoft")
    for entries in ((), ("musk-sued",)):
        assert len(remember(everyone, entries, frozenset(), Context(), world).entities) == 6


@pytest.mark.parametrize(
    ("message", "does"), [("who does he trust", True), ("what do they want", True), ("is it", False)]
)
def test_pointing_at_persons_is_noticed(understander: Understander, message: str, *, does: bool) -> None:
    assert points(understander.phrasing(message)) is does


@pytest.mark.parametrize(
    ("message", "does"),
    [("his exact words?", True), ("the quote please", True), ("quote Altman", False), ("why", False), ("", False)],
)
def test_asking_for_nothing_but_the_words_is_noticed(understander: Understander, message: str, *, does: bool) -> None:
    assert asks_for_the_words(understander.phrasing(message)) is does


def test_a_context_is_not_changed_by_being_used(world: Base, understander: Understander, after: After) -> None:
    context = after("Who sued OpenAI?", "musk-sued")
    same = after("Who sued OpenAI?", "musk-sued")
    contexts.resolve(understander.phrasing("and Musk?"), context, world)
    assert context == same
