from dataclasses import replace

import pytest

from bot.base.model import Base, Unstated
from bot.language.understand import Understander
from bot.matching.index import CORE_SHARE, EVIDENCE_STRENGTH, Group, Index, count, phrasings


@pytest.fixture(scope="module")
def index(world: Base, understander: Understander) -> Index:
    return Index(world, count(phrasings(world, understander), world, understander))


def test_every_phrasing_and_label_is_read_for_its_candidate(world: Base, understander: Understander) -> None:
    read = list(phrasings(world, understander))
    of_age = [each.understanding.text for each in read if each.candidate == "altman-age"]
    assert of_age[0] == "how old is altman"
    assert len(of_age) == 1 + len(world.entries["altman-age"].phrasings)
    assert {each.candidate for each in read} == {*world.entries, *world.unstated, *world.smalltalk}


def test_a_slot_is_filled_with_the_first_who_may_fill_it(world: Base, understander: Understander) -> None:
    (first, *_) = (each for each in phrasings(world, understander) if each.candidate == "wife")
    assert first.understanding.text == "who is sam altman wife"
    assert first.who == ("altman", "musk", "trump")


def test_counts_tell_in_how_many_phrasings_a_feature_stands(world: Base, understander: Understander) -> None:
    counts = count(phrasings(world, understander), world, understander)
    assert counts["altman-age"].rows == 5
    assert counts["altman-age"].features["e:altman"] == 5
    assert counts["altman-age"].features["k:age"] == 4


def test_all_who_may_fill_a_slot_count_alike(world: Base, understander: Understander) -> None:
    features = count(phrasings(world, understander), world, understander)["wife"].features
    assert features["e:altman"] == features["e:musk"] == features["e:trump"] == 5
    assert "e:vance" not in features


def test_a_phrasing_without_the_slot_speaks_for_nobody(world: Base, understander: Understander) -> None:
    bare = Unstated("wife", "No.", ("altman", "musk"), ("altman-age",), ("the wife", "{who}'s wife"))
    base = replace(world, unstated={"wife": bare})
    features = count(phrasings(base, understander), base, understander)["wife"].features
    assert features["e:altman"] == features["e:musk"] == 1


def test_the_words_of_answer_and_quotes_are_told_but_not_their_names(world: Base, understander: Understander) -> None:
    told = count(phrasings(world, understander), world, understander)["musk-sued"].told
    assert "w:compani" in told
    assert not any(feature.startswith("e:") for feature in told)


def test_candidates_know_what_they_are(index: Index) -> None:
    groups = {id_: index[id_].group for id_ in ("altman-age", "wife", "greeting")}
    assert groups == {"altman-age": Group.TOLD, "wife": Group.UNTOLD, "greeting": Group.SMALLTALK}


def test_what_most_phrasings_share_belongs_wholly_and_what_none_has_not_at_all(index: Index) -> None:
    strength = index["altman-age"].strength
    assert strength["e:altman"] > 0.9
    assert strength["e:altman"] > strength["k:age"] > 0.5
    assert "e:musk" not in strength


def test_a_word_of_the_evidence_alone_belongs_a_little(index: Index) -> None:
    assert index["musk-sued"].strength["w:compani"] == EVIDENCE_STRENGTH


def test_the_core_is_what_half_of_the_phrasings_say(world: Base, understander: Understander, index: Index) -> None:
    candidate = index["altman-age"]
    assert {"e:altman", "k:age"} <= candidate.core
    phrasings_of = [each for each in phrasings(world, understander) if each.candidate == "altman-age"]
    for feature in candidate.core:
        said = [each for each in phrasings_of if any(feature in unit.features for unit in each.understanding.composed)]
        assert len(said) >= CORE_SHARE * len(phrasings_of)
    assert candidate.core_names == {"e:altman"}


def test_who_fills_a_slot_is_not_at_the_core(index: Index) -> None:
    assert index["wife"].core_names == frozenset()
    assert "c:marriage" in index["wife"].core


def test_the_fewer_candidates_a_feature_has_the_more_it_weighs(index: Index) -> None:
    assert index.weights["c:data-centers"] > index.weights["e:altman"] > 0
    assert max(index.weights.values()) < index.heaviest


def test_a_meaning_weighs_more_than_its_words_and_the_unknown_weighs_nothing(index: Index) -> None:
    assert index.weight(("c:sue", "w:lawsuit")) == index.weights["c:sue"]
    assert index.weight(("w:energi",)) == index.weights["w:energi"]
    assert index.weight(("e:nobody", "w:energi")) == index.weights["w:energi"]
    assert index.weight(("w:zebra",)) is None
    assert index.weight(()) is None


def test_odds_speak_for_where_a_feature_is_at_home_and_against_where_it_never_is(index: Index) -> None:
    home, elsewhere = index["altman-age"], index["ai-needs"]
    assert home.odds["k:age"] > 0 > elsewhere.absent
    assert "k:age" not in elsewhere.odds
