"""Large matrices as text: rounded, and so short that the generated file stays small and is read at once."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching.words import Matrix

HUNDREDTHS = 100.0
"""What is mostly zero is kept in hundredths."""

STEPS = 127
"""What is dense is kept in so many steps up to the largest number of its row, and down to the least."""

Packed = Mapping[str, Any]


def pack_sparse(matrix: Matrix) -> Packed:
    """Return a matrix of which most is zero: of each row the columns that are not, and what stands there."""
    rounded = np.rint(matrix * HUNDREDTHS)
    _, columns = np.nonzero(rounded)
    return {
        "shape": matrix.shape,
        "lengths": _text(np.count_nonzero(rounded, axis=1), "<u2"),
        "columns": _text(columns, "<u2"),
        "values": _text(rounded[rounded != 0], "<i2"),
    }


def unpack_sparse(packed: Packed) -> Matrix:
    """Return the matrix again.

    Raises:
        ValueError, KeyError, TypeError, IndexError: The parts do not go together.

    """
    height, width = packed["shape"]
    rows = np.repeat(np.arange(height), _numbers(packed["lengths"], "<u2"))
    places = rows * width + _numbers(packed["columns"], "<u2")
    matrix = np.zeros(height * width, np.float32)
    matrix[places] = _numbers(packed["values"], "<i2").astype(np.float32) / HUNDREDTHS
    return matrix.reshape(height, width)


def pack_dense(matrix: Matrix) -> Packed:
    """Return a matrix of small numbers: for each row a step, and how many steps each number is."""
    steps = np.abs(matrix).max(axis=1, initial=0.0, keepdims=True).astype(np.float32) / np.float32(STEPS)
    steps[steps == 0.0] = 1.0
    return {"shape": matrix.shape, "steps": _text(steps, "<f4"), "values": _text(np.rint(matrix / steps), "<i1")}


def unpack_dense(packed: Packed) -> Matrix:
    """Return the matrix again, as near as the steps come.

    Raises:
        ValueError, KeyError, TypeError, IndexError: The parts do not go together.

    """
    height, width = packed["shape"]
    steps = _numbers(packed["steps"], "<f4").reshape(height, 1)
    values = _numbers(packed["values"], "<i1").reshape(height, width)
    matrix: Matrix = values.astype(np.float32) * steps
    return matrix


def _text(numbers: npt.NDArray[Any], kind: str) -> str:
    return b64encode(numbers.astype(kind).tobytes()).decode()


def _numbers(text: str, kind: str) -> npt.NDArray[Any]:
    return np.frombuffer(b64decode(text, validate=True), kind)
