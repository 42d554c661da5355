from dataclasses import replace

import pytest

from bot.base.model import Base
from bot.dialogue.decide import Thresholds, decide, is_chat
from bot.dialogue.model import Answer, Chat, Clarify, Decision, Fact, NotInArticle, OffTopic
from bot.language.understand import Understander
from bot.matching.index import Group
from bot.matching.score import Match, Score
from tests.world import CALIBRATION, world

THRESHOLDS = Thresholds(answer=0.7, alone=0.6, pair=0.6, least=0.2)
GROUPS = {**dict.fromkeys(("wife", "verdict"), Group.UNTOLD), **dict.fromkeys(("greeting", "thanks"), Group.SMALLTALK)}


def score(id_: str, chance: float, *unexplained: str) -> Score:
    return Score(id_, GROUPS.get(id_, Group.TOLD), 0.0, chance, {}, unexplained)


def match(*scores: Score, unknown: float = 0.0) -> Match:
    ranked = tuple(sorted(scores, key=lambda each: -each.chance))
    return Match(ranked, 1.0 - sum(each.chance for each in scores), unknown, following=False)


def decided(understander: Understander, message: str, found: Match, base: Base | None = None) -> Decision:
    return decide(understander.phrasing(message), found, base or world(), THRESHOLDS)[0]


def test_what_is_likely_enough_is_the_answer(understander: Understander) -> None:
    found = match(score("altman-age", 0.6), score("vance-regulation", 0.3))
    assert decided(understander, "how old is Altman", found) == Answer((Fact("altman-age", 0.6),))


def test_entries_that_quote_the_same_line_are_likely_together(understander: Understander) -> None:
    found = match(score("musk-sued", 0.4), score("musk-donated", 0.3), score("altman-age", 0.1))
    decision = decided(understander, "what did Musk do", found)
    assert isinstance(decision, Answer)
    assert [(fact.entry, round(fact.confidence, 6)) for fact in decision.facts] == [("musk-sued", 0.7)]


def test_where_either_of_two_may_be_meant_both_are_answered(understander: Understander) -> None:
    found = match(score("vance-regulation", 0.45), score("altman-age", 0.35))
    decision = decided(understander, "Altman", found)
    assert decision == Answer((Fact("vance-regulation", 0.45), Fact("altman-age", 0.35)))


def test_only_the_first_of_two_begins_with_the_right_word(understander: Understander) -> None:
    found = match(score("altman-age", 0.4), score("altman-expects", 0.35))
    decision = decided(understander, "Does Altman doubt Trump?", found)
    assert decision == Answer((Fact("altman-age", 0.4), Fact("altman-expects", 0.35)))


def test_where_all_told_together_are_too_unlikely_nothing_is_answered(understander: Understander) -> None:
    found = match(score("altman-expects", 0.4), score("altman-age", 0.25))
    assert isinstance(decided(understander, "Altman", found), NotInArticle)


def test_many_that_quote_one_line_are_no_answer_where_none_is_likely_for_itself(understander: Understander) -> None:
    base = world()
    alike = replace(
        base,
        entries={id_: replace(each, evidence=base.entries["ai-needs"].evidence) for id_, each in base.entries.items()},
    )
    found = match(
        *(score(each, 0.15) for each in ("vance-regulation", "ai-needs", "musk-sued", "altman-age", "summary"))
    )
    assert isinstance(decided(understander, "Altman", found, alike), Clarify)


def test_when_something_told_is_meant_but_not_which_the_bot_asks_back(understander: Understander) -> None:
    found = match(*(score(each, 0.24) for each in ("vance-regulation", "ai-needs", "musk-sued", "altman-age")))
    decision = decided(understander, "Altman", found)
    assert isinstance(decision, Clarify)
    assert len(decision.options) == 3


def test_a_single_possibility_is_nothing_to_ask_back_about(understander: Understander) -> None:
    shy = replace(THRESHOLDS, alone=0.99)
    decision, _ = decide(understander.phrasing("Altman"), match(score("altman-age", 0.95)), world(), shy)
    assert decision == Answer((Fact("altman-age", 0.95),))


def test_what_is_known_to_be_untold_is_said_so_of_whom_it_is_asked(understander: Understander) -> None:
    found = match(score("wife", 0.8), score("altman-age", 0.1))
    assert decided(understander, "is Musk married", found) == NotInArticle("wife", "musk", ("altman-age",))
    found = match(score("verdict", 0.8))
    assert decided(understander, "who won the lawsuit", found) == NotInArticle("verdict", "", ("musk-sued",))


@pytest.mark.parametrize("message", ["is Vance married", "who is married to regulation"])
def test_of_somebody_else_it_is_not_said(understander: Understander, message: str) -> None:
    found = match(score("wife", 0.8), score("altman-age", 0.1), score("musk-sued", 0.05), score("summary", 0.01))
    assert decided(understander, message, found) == NotInArticle("", "", ("altman-age", "musk-sued"))


def test_the_untold_that_is_less_likely_than_nothing_is_not_named(understander: Understander) -> None:
    assert decided(understander, "is Musk odd", match(score("wife", 0.3))) == NotInArticle("", "", ())


def test_a_known_thing_to_which_nothing_is_near_is_off_topic(understander: Understander) -> None:
    base = world()
    alone = replace(base.unstated["verdict"], nearest=())
    changed = replace(base, unstated={**base.unstated, "verdict": alone})
    assert decided(understander, "sing the verdict", match(score("verdict", 0.8)), changed) == OffTopic("verdict")


@pytest.mark.parametrize("message", ["which zebras graze in Kenya", ""])
def test_a_message_with_nothing_of_this_world_is_off_topic(understander: Understander, message: str) -> None:
    assert decided(understander, message, match(score("summary", 0.1))) == OffTopic()


def test_a_message_of_mostly_unknown_words_is_off_topic_whomever_it_names(understander: Understander) -> None:
    found = match(score("altman-age", 0.2), unknown=0.8)
    assert decided(understander, "does Altman graze zebras in Kenya", found) == OffTopic()


def test_smalltalk_is_chat(understander: Understander) -> None:
    found = match(score("thanks", 0.3), score("greeting", 0.4), score("altman-age", 0.2))
    assert decided(understander, "hello and thanks", found) == Chat("greeting")


def test_a_question_with_more_in_it_than_smalltalk_is_none(understander: Understander) -> None:
    found = match(score("greeting", 0.7, "zebras"))
    assert not is_chat(understander.phrasing("who are the zebras"), found)
    assert is_chat(understander.phrasing("zebras"), found)


def test_a_question_about_the_bot_itself_is_smalltalk(understander: Understander) -> None:
    assert is_chat(understander.phrasing("do you like zebras"), match(score("greeting", 0.7, "zebras")))


def test_courtesy_makes_no_smalltalk_of_a_question(understander: Understander) -> None:
    found = match(score("greeting", 0.7, "zebras"))
    assert not is_chat(understander.phrasing("could you tell me who painted zebras"), found)
    assert is_chat(understander.phrasing("could you tell me who painted you"), found)


def test_many_blocks_with_a_little_chance_each_are_smalltalk_only_if_they_explain_all(
    understander: Understander,
) -> None:
    def found(*unexplained: str) -> Match:
        return match(score("greeting", 0.28, *unexplained), score("thanks", 0.27, *unexplained))

    assert is_chat(understander.phrasing("got it"), found())
    assert not is_chat(understander.phrasing("weather zebras"), found("weather", "zebras"))


def test_only_what_is_said_to_the_bot_cuts_off_a_follow_up(understander: Understander) -> None:
    found = match(score("greeting", 0.9))
    assert is_chat(understander.phrasing("who else then"), found)
    assert not is_chat(understander.phrasing("who else then"), found, to_the_bot=True)
    assert is_chat(understander.phrasing("who are you"), found, to_the_bot=True)
    assert is_chat(understander.phrasing("nice"), found, to_the_bot=True)


def test_the_answer_begins_with_the_right_word(understander: Understander) -> None:
    decision = decided(understander, "Does Altman doubt Trump?", match(score("altman-expects", 0.9)))
    assert decision == Answer((Fact("altman-expects", 0.9, "no"),))


def test_every_decision_says_why(understander: Understander) -> None:
    for found in (
        match(score("altman-age", 0.9)),
        match(score("wife", 0.9)),
        match(score("greeting", 0.9)),
        match(score("altman-expects", 0.45), score("altman-age", 0.35)),
        match(score("musk-sued", 0.3), score("ai-needs", 0.3), score("altman-age", 0.35)),
        match(score("altman-age", 0.2, "zebras")),
        match(),
    ):
        _, why = decide(understander.phrasing("Altman"), found, world(), THRESHOLDS)
        assert why


def test_the_thresholds_are_those_of_the_calibration() -> None:
    thresholds = Thresholds.of(CALIBRATION)
    assert (thresholds.answer, thresholds.alone, thresholds.pair) == (0.75, 0.6, 0.5)


def test_beside_an_answer_less_is_enough(understander: Understander) -> None:
    found = match(score("altman-age", 0.45))
    assert isinstance(decide(understander.phrasing("Altman"), found, world(), THRESHOLDS)[0], NotInArticle)
    assert isinstance(decide(understander.phrasing("Altman"), found, world(), THRESHOLDS.eased)[0], Answer)
