"""What was learned from the base: word weights and counts, kept in one generated file beside it.

The file spares the start the work of understanding thousands of phrasings. It carries a fingerprint of the base; when a
curator has changed the base since, the counts are made anew and `python -m bot learn` should be run.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.base.problems import Problem
from bot.errors import BaseError
from bot.language.prepared import Prepared
from bot.matching.index import Counts

FILE = "learned.json.gz"

Array = npt.NDArray[np.float64]

Weights = tuple[Sequence[int], Sequence[float]]
"""Places of candidates, and what a feature weighs for each."""


class WordWeights:
    """A linear classifier: for each feature, how much it speaks for or against each candidate."""

    def __init__(self, candidates: Sequence[str], bias: Sequence[float], weights: Mapping[str, Weights]) -> None:
        """Take the candidates, the bias of each, and for each feature the places of candidates and its weights."""
        self.candidates = tuple(candidates)
        self.bias = tuple(bias)
        self.weights = weights
        self._bias = np.array(bias)
        self._row = {feature: row for row, feature in enumerate(weights)}
        self._matrix = np.zeros((len(weights), len(candidates)), np.float32)
        rows = np.repeat(np.arange(len(weights)), np.array([len(places) for places, _ in weights.values()], np.intp))
        columns = np.fromiter(chain.from_iterable(places for places, _ in weights.values()), np.intp)
        self._matrix[rows, columns] = np.fromiter(chain.from_iterable(each for _, each in weights.values()), np.float32)

    def log_chances(self, features: Mapping[str, float]) -> Array:
        """Return the natural logarithm of each candidate's chance by the words alone, in the candidates' order."""
        known = [(self._row[feature], value) for feature, value in features.items() if feature in self._row]
        sums = self._bias
        if known:
            rows, values = zip(*known, strict=True)
            sums = sums + np.array(values) @ self._matrix[list(rows)]
        if not len(sums):
            return sums
        sums = sums - sums.max()
        chances: Array = sums - np.log(np.exp(sums).sum())
        return chances


@dataclass(frozen=True, slots=True)
class Learned:
    """The content of the generated file."""

    fingerprint: str
    words: WordWeights
    counts: Mapping[str, Counts]
    prepared: Prepared


def fingerprint(knowledge: Path) -> str:
    """Return a digest of all that is learned from, which is the YAML files but those named here."""
    digest = hashlib.sha256()
    spared = {"calibration.yaml", "messages.yaml", "article.yaml", "languages.yaml"}
    for path in sorted(knowledge.rglob("*.yaml")):
        if path.name not in spared:
            digest.update(path.relative_to(knowledge).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def problems_of(knowledge: Path) -> list[Problem]:
    """Return the one problem of a base that has changed since it was learned, or none."""
    if load(knowledge).fingerprint == fingerprint(knowledge):
        return []
    return [Problem(FILE, "", "The base has changed since it was learned.", "Run `python -m bot learn`.")]


def load(knowledge: Path) -> Learned:
    """Return what was learned.

    Raises:
        BaseError: The file is missing or broken.

    """
    path = knowledge / FILE
    try:
        content = json.loads(gzip.decompress(path.read_bytes()))
        words = content["words"]
        return Learned(
            fingerprint=content["fingerprint"],
            words=WordWeights(words["candidates"], words["bias"], words["weights"]),
            counts={
                id_: Counts(each["rows"], each["features"], frozenset(each["told"]))
                for id_, each in content["counts"].items()
            },
            prepared=Prepared(
                content["vocabulary"],
                {feature: tuple(map(tuple, rows)) for feature, rows in content["expressions"].items()},
                content["smalltalk"],
            ),
        )
    except FileNotFoundError as error:
        raise BaseError(f"{path.name} is missing from knowledge/. Run `python -m bot learn` to make it.") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        raise BaseError(f"{path.name} is broken. Run `python -m bot learn` to make it anew.") from error


def save(learned: Learned, knowledge: Path) -> None:
    """Write the file; the same content always gives the same bytes."""
    content = {
        "fingerprint": learned.fingerprint,
        "words": {
            "candidates": learned.words.candidates,
            "bias": learned.words.bias,
            "weights": dict(sorted(learned.words.weights.items())),
        },
        "counts": {
            id_: {"rows": each.rows, "features": dict(sorted(each.features.items())), "told": sorted(each.told)}
            for id_, each in sorted(learned.counts.items())
        },
        "vocabulary": dict(sorted(learned.prepared.vocabulary.items())),
        "expressions": learned.prepared.expressions,
        "smalltalk": learned.prepared.smalltalk,
    }
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    (knowledge / FILE).write_bytes(gzip.compress(text.encode(), mtime=0))
