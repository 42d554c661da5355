"""What was learned from the base: word weights and counts, kept in one generated file beside it.

The file spares the start the work of understanding thousands of phrasings. It carries a fingerprint of the base; when a
curator has changed the base since, the counts are made anew and `python -m bot learn` should be run.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.base.problems import Problem
from bot.base.sources import read_files
from bot.errors import BaseError
from bot.language.prepared import Prepared
from bot.matching.index import Counts
from bot.matching.packing import pack_dense, pack_sparse, unpack_dense, unpack_sparse
from bot.matching.words import Linear, Matrix, Net, WordWeights

FILE = "learned.json.gz"


@dataclass(frozen=True, slots=True)
class Learned:
    """The content of the generated file."""

    fingerprint: str
    words: WordWeights
    counts: Mapping[str, Counts]
    prepared: Prepared


def fingerprint(knowledge: Path) -> str:
    """Return a digest of all that is learned from, which is what the base is read from but the files named here."""
    digest = hashlib.sha256()
    spared = {"calibration.yaml", "messages.yaml", "article.yaml", "languages.yaml"}
    for path in read_files(knowledge):
        name = path.relative_to(knowledge).as_posix()
        if name not in spared:
            digest.update(name.encode() + b"\0" + _text(path) + b"\0")
    return digest.hexdigest()


def _text(path: Path) -> bytes:
    """Return what a file says; an editor of Windows changes the ends of all lines, and begins with a mark, unasked."""
    return path.read_bytes().removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")


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
        return Learned(
            fingerprint=content["fingerprint"],
            words=_words(content["words"]),
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
    except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, zlib.error) as error:
        raise BaseError(f"{path.name} is broken. Run `python -m bot learn` to make it anew.") from error


def save(learned: Learned, knowledge: Path) -> None:
    """Write the file; the same content always gives the same bytes."""
    content = {
        "fingerprint": learned.fingerprint,
        "words": _packed(learned.words),
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


def _packed(words: WordWeights) -> Mapping[str, Any]:
    return {
        "candidates": words.candidates,
        "features": words.features,
        "linear": pack_sparse(words.linear.weights),
        "linear_bias": _rounded(words.linear.bias),
        "into": pack_dense(words.net.into),
        "into_bias": _rounded(words.net.into_bias),
        "out": pack_dense(words.net.out),
        "out_bias": _rounded(words.net.out_bias),
    }


def _words(packed: Mapping[str, Any]) -> WordWeights:
    linear = Linear(unpack_sparse(packed["linear"]), np.array(packed["linear_bias"], np.float32))
    net = Net(
        unpack_dense(packed["into"]),
        np.array(packed["into_bias"], np.float32),
        unpack_dense(packed["out"]),
        np.array(packed["out_bias"], np.float32),
    )
    return WordWeights(packed["candidates"], packed["features"], linear, net)


def _rounded(bias: Matrix) -> list[float]:
    return [round(float(each), 4) for each in bias]
