import numpy as np
import pytest

from bot.language.model import Role, Understanding, Unit, Word
from bot.learning.words import LEAST, learn
from bot.matching.features import features
from bot.matching.index import Phrasing
from bot.matching.words import WordWeights


def said(text: str, *meanings: str, role: Role = Role.NONE) -> Understanding:
    words = tuple(Word(each, each) for each in text.split())
    units = tuple(Unit(meaning, (meaning,), place, role) for place, meaning in enumerate(meanings))
    return Understanding(words, units, units)


PHRASINGS = (
    *(Phrasing("age", said(text, "e:altman", "k:age"), ()) for text in ("how old", "age", "years", "born")),
    *(Phrasing("sued", said(text, "e:musk", "c:sue"), ()) for text in ("who sued", "court", "lawsuit", "sue")),
    *(Phrasing("wife", said(text, "e:altman", "c:wife"), ("altman", "musk")) for text in ("wife", "married")),
)


@pytest.fixture(scope="module")
def weights() -> WordWeights:
    return learn(PHRASINGS)


def likeliest(weights: WordWeights, understanding: Understanding) -> str:
    chances = weights.log_chances(features(understanding.units, understanding.words))
    assert np.exp(chances).sum() == pytest.approx(1.0)
    return weights.candidates[int(chances.argmax())]


def test_every_phrasing_speaks_for_its_own_candidate(weights: WordWeights) -> None:
    assert set(weights.candidates) == {"age", "sued", "wife"}
    for phrasing in PHRASINGS:
        assert likeliest(weights, phrasing.understanding) == phrasing.candidate


def test_what_was_never_said_in_these_words_is_told_by_its_meanings(weights: WordWeights) -> None:
    assert likeliest(weights, said("took to tribunal", "c:sue")) == "sued"


def test_a_slot_is_learned_for_everybody_who_may_fill_it(weights: WordWeights) -> None:
    assert likeliest(weights, said("bride", "e:musk", "c:wife")) == "wife"
    assert likeliest(weights, said("bride", "e:altman", "c:wife")) == "wife"


def test_the_role_of_who_fills_a_slot_goes_with_him() -> None:
    def sues(who: str, role: Role) -> Understanding:
        return said("x", f"e:{who}", "c:sue", role=role)

    weights = learn(
        [
            Phrasing("suing", sues("altman", Role.AGENT), ("altman", "musk")),
            Phrasing("sued", sues("altman", Role.PATIENT), ("altman", "musk")),
            Phrasing("other", said("y", "c:other"), ()),
        ]
    )
    assert likeliest(weights, sues("musk", Role.AGENT)) == "suing"
    assert likeliest(weights, sues("musk", Role.PATIENT)) == "sued"


def test_small_weights_of_the_linear_part_are_left_out(weights: WordWeights) -> None:
    kept = weights.linear.weights[weights.linear.weights != 0]
    assert kept.size
    assert (np.abs(kept) >= LEAST).all()


def test_no_feature_is_kept_that_says_nothing(weights: WordWeights) -> None:
    assert (weights.linear.weights.any(axis=1) | weights.net.into.any(axis=1)).all()


def test_learning_the_same_gives_the_same(weights: WordWeights) -> None:
    again = learn(PHRASINGS)
    assert (again.candidates, again.features) == (weights.candidates, weights.features)
    assert (again.linear.weights == weights.linear.weights).all()
    assert (again.net.into == weights.net.into).all()


def test_a_candidate_of_few_phrasings_is_heard_beside_one_of_many() -> None:
    many = [Phrasing("many", said(f"word{number}", "c:shared"), ()) for number in range(50)]
    few = [Phrasing("few", said(text, "c:shared", "c:rare"), ()) for text in ("rare", "rare too")]
    weights = learn([*many, *few, Phrasing("other", said("other", "c:other"), ())])
    assert likeliest(weights, said("rare", "c:shared", "c:rare")) == "few"
