import numpy as np
import pytest

from bot.matching.packing import HUNDREDTHS, STEPS, pack_dense, pack_sparse, unpack_dense, unpack_sparse
from bot.matching.words import Matrix


@pytest.fixture
def matrix() -> Matrix:
    return np.random.default_rng(0).normal(size=(20, 30)).astype(np.float32)


def test_a_sparse_matrix_comes_back_in_hundredths(matrix: Matrix) -> None:
    matrix[np.abs(matrix) < 1.0] = 0.0
    matrix[3] = 0.0
    back = unpack_sparse(pack_sparse(matrix))
    assert np.abs(back - matrix).max() <= 0.5001 / HUNDREDTHS
    assert ((back != 0) == (matrix != 0)).all()


def test_a_dense_matrix_comes_back_within_half_a_step_of_its_row(matrix: Matrix) -> None:
    matrix[3] = 0.0
    off = np.abs(unpack_dense(pack_dense(matrix)) - matrix)
    assert (off <= 0.5001 * np.abs(matrix).max(axis=1, keepdims=True) / STEPS).all()


def test_packing_again_what_was_unpacked_changes_nothing(matrix: Matrix) -> None:
    packed = pack_dense(matrix)
    assert pack_dense(unpack_dense(packed))["values"] == packed["values"]
    sparse = pack_sparse(matrix)
    assert pack_sparse(unpack_sparse(sparse)) == sparse


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_nothing_comes_back_as_nothing(shape: tuple[int, int]) -> None:
    empty = np.zeros(shape, np.float32)
    assert unpack_sparse(pack_sparse(empty)).shape == shape
    assert unpack_dense(pack_dense(empty)).shape == shape


@pytest.mark.parametrize("shape", [[1, 1], [20], [20, 31], "x"])
def test_parts_that_do_not_go_together_are_an_error(matrix: Matrix, shape: object) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        unpack_dense({**pack_dense(matrix), "shape": shape})
