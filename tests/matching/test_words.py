import math

import numpy as np
import pytest

from bot.matching.words import Linear, Matrix, Net, WordWeights


def matrix(*rows: list[float]) -> Matrix:
    return np.array(rows, np.float32)


NO_BIAS = np.zeros(2, np.float32)

DULL = Net(matrix([0.0], [0.0]), np.zeros(1, np.float32), matrix([0.0, 0.0]), NO_BIAS)
"""A net to which all candidates are alike."""


def weights(linear: Linear, net: Net = DULL) -> WordWeights:
    return WordWeights(("one", "two"), ("c:sue", "e:musk"), linear, net)


WORDS = weights(Linear(matrix([2.0, 0.0], [-1.0, 1.5]), np.array([0.0, 0.5], np.float32)))


def test_chances_add_up_to_one_and_follow_the_weights() -> None:
    chances = np.exp(WORDS.log_chances({"c:sue": 1.0}))
    assert chances.sum() == pytest.approx(1.0)
    # Half of what the linear part says, as the net says nothing.
    assert chances[0] == pytest.approx(math.exp(1.0) / (math.exp(1.0) + math.exp(0.25)))


def test_a_feature_counts_by_its_value_and_an_unknown_one_not_at_all() -> None:
    assert WORDS.log_chances({"e:musk": 0.5})[0] < WORDS.log_chances({"e:musk": 0.1})[0]
    assert WORDS.log_chances({"w:zebra": 1.0}).tolist() == WORDS.log_chances({}).tolist()


def test_the_net_tells_two_features_together_from_each_alone() -> None:
    either_not_both = Net(
        matrix([4.0, 4.0], [4.0, 4.0]), np.array([0.0, -4.0], np.float32), matrix([1.0, 0.0], [-3.0, 0.0]), NO_BIAS
    )
    words = weights(Linear(matrix([0.0, 0.0], [0.0, 0.0]), NO_BIAS), either_not_both)
    assert np.exp(words.log_chances({"c:sue": 1.0}))[0] > 0.8
    assert np.exp(words.log_chances({"e:musk": 1.0}))[0] > 0.8
    assert np.exp(words.log_chances({"c:sue": 1.0, "e:musk": 1.0}))[0] < 0.2


def test_huge_weights_do_not_overflow() -> None:
    chances = weights(Linear(matrix([5_000.0, 0.0], [0.0, 0.0]), NO_BIAS)).log_chances({"c:sue": 1.0})
    assert chances.tolist() == [0.0, -2_500.0]


def test_without_candidates_there_are_no_chances() -> None:
    none = np.zeros((0, 0), np.float32)
    empty = np.zeros(0, np.float32)
    assert WordWeights((), (), Linear(none, empty), Net(none, empty, none, empty)).log_chances({"x": 1.0}).size == 0
