"""How likely each candidate is by the words and meanings of a message alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """For each feature (a row), how much it speaks for or against each candidate (a column)."""

    weights: Matrix
    bias: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Net:
    """A neural net with one hidden layer: what features have in common, and what that says of each candidate."""

    into: Matrix
    into_bias: Matrix
    out: Matrix
    out_bias: Matrix


class WordWeights:
    """A linear classifier and a small neural net, heard in equal parts.

    The linear one goes by each word for itself; the net has learned which words come to the same, and which mean
    something else in company. They err on different messages, so that both together are right more often than either.
    """

    def __init__(self, candidates: Sequence[str], features: Sequence[str], linear: Linear, net: Net) -> None:
        """Take the candidates, the features, and both classifiers over them."""
        self.candidates = tuple(candidates)
        self.features = tuple(features)
        self.linear = linear
        self.net = net
        self._row = {feature: row for row, feature in enumerate(self.features)}

    def log_chances(self, features: Mapping[str, float]) -> Array:
        """Return the natural logarithm of each candidate's chance by the words alone, in the candidates' order."""
        known = [(self._row[feature], value) for feature, value in features.items() if feature in self._row]
        if not self.candidates:
            return np.zeros(0)
        rows = np.array([row for row, _ in known], np.intp)
        values = np.array([value for _, value in known], np.float32)
        linear = values @ self.linear.weights[rows] + self.linear.bias
        hidden = np.maximum(values @ self.net.into[rows] + self.net.into_bias, 0.0)
        return _log_shares((_log_shares(linear) + _log_shares(hidden @ self.net.out + self.net.out_bias)) / 2)


def _log_shares(sums: npt.NDArray[np.floating]) -> Array:
    """Return the logarithms of the shares of 1.0 that sums come to as exponents."""
    lowered = np.asarray(sums, np.float64) - sums.max()
    shares: Array = lowered - np.log(np.exp(lowered).sum())
    return shares
