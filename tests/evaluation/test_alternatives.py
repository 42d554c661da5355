import math

import pytest

from bot.base.model import Base
from bot.evaluation.alternatives import Alternative, alternatives, phrasings, thresholds

RUNNABLE = [each for each in alternatives() if not each.missing]


def test_every_phrasing_stands_with_its_candidate_and_slots_are_filled_with_everybody(world: Base) -> None:
    pairs = phrasings(world)
    assert ("altman-age", "How old is Altman?") in pairs
    assert ("altman-age", "Altman's age") in pairs
    assert ("greeting", "hello") in pairs
    assert [text for id_, text in pairs if id_ == "wife" and text.startswith("Is ")] == [
        "Is Sam Altman married?",
        "Is Elon Musk married?",
        "Is Donald Trump married?",
    ]
    assert ("verdict", "who won") in pairs
    assert not any("{who}" in text for _, text in pairs)


def test_what_cannot_run_says_what_to_install() -> None:
    names = [each.name for each in alternatives()]
    assert len(names) == len(set(names)) == 5
    assert all(each.missing.startswith("needs the extra `") for each in alternatives() if each.missing)
    assert "rapidfuzz WRatio" in [each.name for each in RUNNABLE]


@pytest.mark.parametrize("alternative", RUNNABLE, ids=lambda each: each.name)
def test_each_finds_the_phrasing_that_a_message_repeats(alternative: Alternative, world: Base) -> None:
    find = alternative.make(phrasings(world))
    id_, nearness = find("how much money did MUSK donate to trump?")
    assert id_ == "musk-donated"
    assert nearness > find("which zebras graze in kenya")[1]


@pytest.mark.parametrize("alternative", RUNNABLE, ids=lambda each: each.name)
@pytest.mark.parametrize("message", ["", "?!", "马斯克", "x" * 5_000])
def test_none_stumbles_over_an_odd_message(alternative: Alternative, world: Base, message: str) -> None:
    id_, nearness = alternative.make(phrasings(world))(message)
    assert id_ == "" or id_ in world.entries or id_ in world.unstated or id_ in world.smalltalk
    assert nearness >= 0.0


def test_thresholds_span_everything_and_are_few() -> None:
    tried = thresholds([number / 1_000 for number in range(1_000)])
    assert (tried[0], tried[-1]) == (0.0, math.inf)
    assert tried == sorted(tried)
    assert 50 <= len(tried) <= 60
    assert thresholds([]) == [0.0, math.inf]
    assert thresholds([0.5, 0.5, 0.7]) == [0.0, 0.5, 0.7, math.inf]
