from collections.abc import Mapping

import pytest

from bot.base.model import Base
from bot.language.understand import Understander
from bot.matching.index import Group, Index
from bot.matching.learned import Learned
from bot.matching.score import Match, Matcher, Score, Thread
from tests.world import CALIBRATION, learned

NOTHING_ELSE = Thread({}, ())


@pytest.fixture(scope="module")
def of_world(world: Base, understander: Understander) -> Learned:
    return learned(world, understander)


class Asked:
    """Asks the matcher of the hand-made base."""

    def __init__(self, base: Base, understander: Understander, learned: Learned) -> None:
        self._index = Index(base, learned.counts)
        self._understander = understander
        self._learned = learned

    def __call__(self, text: str, thread: Thread | None = None, **weights: float) -> Match:
        matcher = self.matcher({**CALIBRATION, **weights})
        return matcher.match(self._understander.understand(self._understander.read(text)), thread)

    def matcher(self, weights: Mapping[str, float] = CALIBRATION) -> Matcher:
        return Matcher(self._index, self._learned.words, self._understander.english, weights)


@pytest.fixture(scope="module")
def asked(world: Base, understander: Understander, of_world: Learned) -> Asked:
    return Asked(world, understander, of_world)


def of(match: Match, id_: str) -> Score:
    return next(score for score in match.scores if score.id == id_)


@pytest.mark.parametrize(
    ("message", "best"),
    [
        ("how old is Altman", "altman-age"),
        ("Sam's age, please", "altman-age"),
        ("what are Altman's hopes for Trump", "altman-expects"),
        ("how much money did Elon give", "musk-donated"),
        ("who took OpenAI to court", "musk-sued"),
        ("server farms and chips", "ai-needs"),
        ("is Musk married", "wife"),
        ("who won the lawsuit", "verdict"),
        ("hello there", "greeting"),
    ],
)
def test_the_right_candidate_comes_first(asked: Asked, message: str, best: str) -> None:
    assert asked(message).scores[0].id == best


def test_the_chances_of_all_and_of_nothing_add_up_to_one(asked: Asked) -> None:
    for message in ("how old is Altman", "zebras", "", "Musk"):
        match = asked(message)
        assert sum(score.chance for score in match.scores) + match.nothing == pytest.approx(1.0)
        assert all(0.0 <= score.chance <= 1.0 for score in match.scores)


def test_candidates_are_ranked_and_grouped(asked: Asked) -> None:
    match = asked("is Altman old and married")
    totals = [score.total for score in match.scores]
    assert totals == sorted(totals, reverse=True)
    assert match.stated[0].id == "altman-age"
    assert match.unstated[0].id == "wife"
    assert {score.group for score in match.chat} == {Group.SMALLTALK}
    assert len(match.stated) + len(match.unstated) + len(match.chat) == len(match.scores)


def test_a_total_is_the_weighted_sum_of_its_parts(asked: Asked) -> None:
    for score in asked("what did Musk give Altman").scores:
        assert score.total == pytest.approx(sum(CALIBRATION[name] * value for name, value in score.parts.items()))


def test_the_same_message_always_gets_the_same_match(asked: Asked) -> None:
    assert asked("Musk and Altman") == asked("Musk and Altman")


def test_what_a_candidate_does_not_explain_is_named(asked: Asked) -> None:
    score = of(asked("how old are Altman's zebras"), "altman-age")
    assert score.unexplained == ("zebras",)
    assert of(asked("how old is Altman"), "altman-age").unexplained == ()


def test_words_the_base_never_heard_of_are_unknown(asked: Asked) -> None:
    assert asked("how old is Altman").unknown == 0.0
    assert 0.0 < asked("how old are Altman's zebras").unknown < 1.0
    assert asked("zebras graze quietly").unknown == 1.0


def test_a_rare_unknown_word_weighs_more_than_a_frequent_one(asked: Asked) -> None:
    assert asked("how old are Altman's zebras").unknown > asked("how old are Altman's people").unknown


def test_the_unknown_speaks_for_nothing(asked: Asked) -> None:
    assert asked("zebras graze quietly").nothing > 0.5
    assert asked("how old is Altman").nothing < 0.1


def test_naming_somebody_else_in_place_of_the_one_it_is_about_is_a_swap(asked: Asked) -> None:
    assert of(asked("did Vance donate to Trump"), "musk-donated").parts["swap"] == 1.0
    assert of(asked("did Musk donate to Trump and Vance"), "musk-donated").parts["swap"] == 0.0
    assert of(asked("did Musk donate"), "musk-donated").parts["swap"] == 0.0
    assert of(asked("who donated"), "musk-donated").parts["swap"] == 0.0


def test_what_is_untold_is_held_against_by_what_it_leaves_unexplained_besides_names(asked: Asked) -> None:
    assert of(asked("is Musk married"), "wife").parts["said_gap"] == 0.0
    assert 0.0 < of(asked("is Musk married to zebras"), "wife").parts["said_gap"] < 1.0
    assert of(asked("how old are Altman's zebras"), "altman-age").parts["said_gap"] == 0.0


def test_what_is_untold_is_marked_and_the_more_so_where_nothing_is_asked(asked: Asked) -> None:
    assert of(asked("is Musk married"), "wife").parts["untold"] == 1.0
    assert of(asked("is Musk married"), "wife").parts["untold_bare"] == 0.0
    assert of(asked("Musk wife"), "wife").parts["untold_bare"] == 1.0
    assert of(asked("how old is Altman"), "altman-age").parts["untold"] == 0.0


def test_the_bare_name_of_a_topic_speaks_for_what_tells_of_it(asked: Asked) -> None:
    assert of(asked("energy chips"), "ai-needs").parts["told_bare"] == 1.0
    assert of(asked("why energy chips"), "ai-needs").parts["told_bare"] == 0.0
    assert of(asked("energy chips zebras"), "ai-needs").parts["told_bare"] == 0.0
    assert of(asked("Musk wife"), "wife").parts["told_bare"] == 0.0


def test_following_up_brings_in_and_lifts_what_is_near(asked: Asked) -> None:
    thread = Thread({"musk-sued": 1.0, "summary": 0.3}, ("musk-donated",))
    alone, follow_up = asked("Musk"), asked("Musk", thread)
    assert (alone.following, follow_up.following) == (False, True)
    assert of(follow_up, "musk-sued").parts["linked"] == 1.0
    assert of(follow_up, "musk-donated").parts["repeated"] == 1.0
    assert of(alone, "musk-donated").parts["repeated"] == 0.0
    assert of(follow_up, "musk-sued").chance > of(alone, "musk-sued").chance


def test_smalltalk_is_no_follow_up(asked: Asked) -> None:
    assert asked("hello there").chat
    assert asked("hello there", NOTHING_ELSE).chat == ()


def test_a_candidate_unknown_to_the_learned_words_or_to_the_base_is_passed_over(asked: Asked) -> None:
    match = asked("Musk", Thread({"no-such-entry": 1.0}, ("gone",)))
    assert "no-such-entry" not in {score.id for score in match.scores}


def test_a_description_is_matched_as_who_it_describes(asked: Asked) -> None:
    assert asked("how old is the boss of the firm that makes ChatGPT").scores[0].id == "altman-age"


def test_weights_decide(asked: Asked) -> None:
    swapped = "did Vance donate to Trump"
    assert of(asked(swapped, swap=0.0), "musk-donated").chance > of(asked(swapped), "musk-donated").chance


def test_the_core_of_several_is_that_of_each(asked: Asked) -> None:
    matcher = asked.matcher()
    assert matcher.core(("altman-age", "musk-sued")) == matcher.core(("altman-age",)) | matcher.core(("musk-sued",))
    assert matcher.core(()) == frozenset()


def test_an_empty_message_means_nothing_in_particular(asked: Asked) -> None:
    match = asked("")
    assert (match.unknown, match.following) == (0.0, False)
    assert all(score.unexplained == () for score in match.scores)
