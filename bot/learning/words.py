"""Learn which words speak for which entry: a linear classifier over the phrasings of the base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from bot.matching.features import features
from bot.matching.index import Phrasing
from bot.matching.learned import WordWeights

INVERSE_PULL = 30.0
"""How freely weights may grow; of 3, 10, 30 and 100 the one that told best what the labelled messages ask."""

BALANCE = 0.5
"""How far candidates of few phrasings are given the weight of those with many, 0.0–1.0; likewise, of 0.5 and 1.0."""

LEAST = 0.6
"""Weights smaller than this are left out: 97 in 100, with no loss on the labelled messages."""


def learn(phrasings: Iterable[Phrasing]) -> WordWeights:
    """Return the weights under which each phrasing speaks for its own candidate."""
    rows: list[Mapping[str, float]] = []
    owners: list[str] = []
    for phrasing in phrasings:
        for row in _filled(phrasing):
            rows.append(row)
            owners.append(phrasing.candidate)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform(rows)
    classifier = LogisticRegression(C=INVERSE_PULL, max_iter=200).fit(matrix, owners, sample_weight=_shares(owners))
    names = vectorizer.get_feature_names_out()
    weights: dict[str, tuple[tuple[int, ...], tuple[float, ...]]] = {}
    for column, name in enumerate(names):
        each = classifier.coef_[:, column]
        places = np.flatnonzero(np.abs(each) >= LEAST)
        if len(places):
            weights[str(name)] = (tuple(map(int, places)), tuple(round(float(each[place]), 2) for place in places))
    return WordWeights(
        candidates=tuple(map(str, classifier.classes_)),
        bias=tuple(round(float(each), 3) for each in classifier.intercept_),
        weights=weights,
    )


def _shares(owners: Sequence[str]) -> list[float]:
    """Return how much each row counts, so that a candidate of few phrasings is heard beside one of many."""
    sizes = Counter(owners)
    usual = len(owners) / len(sizes)
    return [float((usual / sizes[owner]) ** BALANCE) for owner in owners]


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
