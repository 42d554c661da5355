"""Learn which words speak for which entry: two classifiers over the phrasings of the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from bot.matching.features import features
from bot.matching.index import Phrasing
from bot.matching.words import Linear, Net, WordWeights

INVERSE_PULL = 30.0
"""How freely weights may grow; of 3, 10, 30 and 100 the one that told best what the labelled messages ask."""

BALANCE = 0.5
"""How far candidates of few phrasings are given the weight of those with many, 0.0–1.0; likewise, of 0.5 and 1.0."""

LEAST = 0.6
"""Weights smaller than this are left out: 97 in 100, with no loss on the labelled messages."""

HIDDEN = 128
"""Units of the net's hidden layer; likewise, of 64, 96 and 128."""

ROUNDS = 20
"""How often the net sees each phrasing."""

LEFT_OUT = 0.35
"""The share of a phrasing's features that the net does not get to see in a round, so that it goes by several."""

PACE = 0.005
"""How far the net moves at each step of the first round; less and less towards the last."""

BATCH = 256
"""How many phrasings make a step."""

STEPS = 50
"""The least steps in a round; a small base makes smaller ones."""

OFTEN = 2
"""The net learns features that stand in so many phrasings or more; rarer ones teach it nothing."""


def learn(phrasings: Iterable[Phrasing]) -> WordWeights:
    """Return the weights under which each phrasing speaks for its own candidate."""
    rows: list[Mapping[str, float]] = []
    owners: list[str] = []
    for phrasing in phrasings:
        for row in _filled(phrasing):
            rows.append(row)
            owners.append(phrasing.candidate)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = csr_matrix(vectorizer.fit_transform(rows))
    candidates = sorted(set(owners))
    shares = _shares(owners)
    linear = _linear(matrix, owners, shares)
    often = np.asarray((matrix > 0).sum(axis=0)).ravel() >= OFTEN
    net = _net(matrix, often, owners, shares)
    kept = often | linear.weights.any(axis=1)
    names = vectorizer.get_feature_names_out()[kept]
    return WordWeights(
        candidates=candidates,
        features=[str(name) for name in names],
        linear=Linear(linear.weights[kept], linear.bias),
        net=Net(net.into[kept], net.into_bias, net.out, net.out_bias),
    )


def _linear(matrix: csr_matrix, owners: Sequence[str], shares: npt.NDArray[np.float64]) -> Linear:
    classifier = LogisticRegression(C=INVERSE_PULL, max_iter=120).fit(matrix, owners, sample_weight=shares)
    weights = classifier.coef_.T.astype(np.float32)
    weights[np.abs(weights) < LEAST] = 0.0
    return Linear(weights, classifier.intercept_.astype(np.float32))


def _net(
    matrix: csr_matrix, often: npt.NDArray[np.bool_], owners: Sequence[str], shares: npt.NDArray[np.float64]
) -> Net:
    seen = csr_matrix(matrix[:, often])
    batch = max(1, min(BATCH, len(owners) // STEPS))
    classifier = MLPClassifier((HIDDEN,), batch_size=batch, learning_rate_init=PACE, random_state=0)
    candidates = sorted(set(owners))
    for number in range(ROUNDS):
        if number:
            # The library offers a falling pace for its slower solver only.
            classifier._optimizer.learning_rate_init = PACE * (1 - number / ROUNDS)
        classifier.partial_fit(_thinned(seen, number), owners, sample_weight=shares, classes=candidates)
    into, out = classifier.coefs_
    whole = np.zeros((matrix.shape[1], HIDDEN), np.float32)
    whole[often] = into
    into_bias, out_bias = classifier.intercepts_
    return Net(whole, into_bias.astype(np.float32), out.astype(np.float32), out_bias.astype(np.float32))


def _thinned(matrix: csr_matrix, seed: int) -> csr_matrix:
    """Return the rows with some of their features left out, and the others heavier for it."""
    chance = np.random.default_rng(seed)
    thinned = matrix.copy()
    thinned.data *= (chance.random(len(thinned.data)) >= LEFT_OUT) / (1 - LEFT_OUT)
    return thinned


def _shares(owners: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return how much each row counts, so that a candidate of few phrasings is heard beside one of many."""
    sizes = Counter(owners)
    usual = len(owners) / len(sizes)
    return np.array([(usual / sizes[owner]) ** BALANCE for owner in owners])


def _filled(phrasing: Phrasing) -> Iterable[Mapping[str, float]]:
    """Return the features of a phrasing, once for each entity that may fill its slot."""
    row = features(phrasing.understanding.composed, phrasing.understanding.words)
    if not phrasing.who:
        return [row]
    first = phrasing.who[0]
    return [
        {
            feature.replace(f"e:{first}", f"e:{who}").replace(f"r:{first}:", f"r:{who}:"): value
            for feature, value in row.items()
        }
        for who in phrasing.who
    ]
