"""Nestedness against printed and hand-worked examples, and the null models."""

from __future__ import annotations

import random
from itertools import combinations, islice, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import InputError
from stikg.networks.matrix import NULL_MODELS, Incidence, nestedness_test, nodf
from tests.networks.test_complexity import matrix, presences, shuffled

PRINTED = matrix("10111", "11100", "01110", "11000", "11000")


def test_the_example_of_the_paper() -> None:
    # Almeida-Neto et al. (2008), figure 1: 53 for rows, 63 for columns, 58 for the matrix.
    # Rows, in pairs: 2/3 2/3 1/2 1/2 | 0 1 1 | 1/2 1/2 | 0 = 16/3 of 10; columns: 0 2/3 1/2 1 |
    # 2/3 1/2 0 | 1 1 | 1 = 19/3 of 10.
    found = nodf(PRINTED)
    assert found.rows == pytest.approx(160 / 3)
    assert found.columns == pytest.approx(190 / 3)
    assert found.both == pytest.approx(175 / 3)
    assert [round(value or 0) for value in (found.rows, found.columns, found.both)] == [53, 63, 58]


def test_a_staircase_is_perfectly_nested_and_blocks_or_equal_sums_not_at_all() -> None:
    assert nodf(matrix("1111", "1110", "1100", "1000")).both == 100
    assert nodf(matrix("1100", "1100", "0011", "0011")).both == 0
    assert nodf(matrix("10000", "01100", "00011")).both == 0
    assert nodf(matrix("101", "110", "011")).both == 0


def test_empty_rows_and_columns_are_left_out_and_without_a_pair_there_is_none() -> None:
    assert nodf(matrix("110", "100", "000")) == nodf(matrix("11", "10"))
    one = nodf(matrix("1"))
    assert (one.rows, one.columns, one.both) == (None, None, None)
    assert nodf(matrix("11")).columns == 0
    assert nodf(matrix("11")).rows is None
    assert nodf(Incidence((), (), ())).both is None


def brute_force(given: Incidence) -> float | None:
    """Return the nestedness as sets tell it."""
    cells = [
        (row, column)
        for row, line in zip(given.rows, given.values, strict=True)
        for column, value in zip(given.columns, line, strict=True)
        if value
    ]
    shares = []
    for side in (0, 1):
        lines: dict[str, set[str]] = {}
        for cell in cells:
            lines.setdefault(cell[side], set()).add(cell[1 - side])
        for one, other in combinations(lines.values(), 2):
            small, large = sorted((one, other), key=len)
            shares.append(len(small & large) / len(small) if len(small) < len(large) else 0)
    return 100 * sum(shares) / len(shares) if shares else None


@given(presences(), st.integers(0, 99))
def test_nestedness_is_that_of_the_sets_in_any_order(given: Incidence, seed: int) -> None:
    order = np.random.default_rng(seed)
    other = shuffled(given, order.permutation(given.shape[0]), order.permutation(given.shape[1]))
    expected = brute_force(given)
    for found in (nodf(given).both, nodf(other).both):
        assert found == (None if expected is None else pytest.approx(expected))


@given(presences(), st.integers(0, 99))
def test_null_models_keep_what_they_promise(given: Incidence, seed: int) -> None:
    present = given.presence()
    for name, model in NULL_MODELS.items():
        for drawn in islice(model(present, random.Random(seed)), 3):
            assert drawn.sum() == present.sum()
            assert set(np.unique(drawn)) <= {0, 1}
            if name == "curveball":
                assert drawn.sum(axis=0).tolist() == present.sum(axis=0).tolist()
                assert drawn.sum(axis=1).tolist() == present.sum(axis=1).tolist()


def test_curveball_visits_every_matrix_of_the_same_sums_equally_often() -> None:
    # With all sums 1 the matrices of three rows are the six permutations.
    drawn = islice(NULL_MODELS["curveball"](np.eye(3), random.Random(5)), 3000)
    seen = [tuple(row.argmax() for row in sample) for sample in drawn]
    counts = [seen.count(order) for order in permutations(range(3))]
    # 500 each, with a standard deviation of about 20.
    assert sum(counts) == 3000
    assert all(420 < count < 580 for count in counts)


def test_equiprobable_fills_every_cell_as_often() -> None:
    drawn = islice(NULL_MODELS["equiprobable"](PRINTED.presence(), random.Random(5)), 2000)
    share = np.mean(list(drawn), axis=0)
    # 14 of 25 cells: 0.56, with a standard deviation of 0.011.
    assert np.abs(share - 14 / 25).max() < 0.05


def test_the_same_seed_gives_the_same_test_and_another_seed_another() -> None:
    for model in NULL_MODELS:
        first = nestedness_test(PRINTED, model=model, samples=50, seed=4)
        assert first == nestedness_test(PRINTED, model=model, samples=50, seed=4)
        assert first.mean != nestedness_test(PRINTED, model=model, samples=50, seed=5).mean
        assert first.observed == pytest.approx(175 / 3)
        assert first.z == pytest.approx((175 / 3 - first.mean) / first.deviation)


def test_a_staircase_is_more_nested_than_random_cells_but_as_its_sums_make_it() -> None:
    stairs = matrix("11111", "11110", "11100", "11000", "10000")
    thrown = nestedness_test(stairs, model="equiprobable", samples=99)
    assert thrown.p_value == 1 / 100
    assert thrown.z is not None
    assert thrown.z > 3
    # Its sums admit no other matrix, so all random ones are equal to it.
    kept = nestedness_test(stairs, model="curveball", samples=99)
    assert (kept.mean, kept.deviation, kept.z, kept.p_value) == (100, 0, None, 1)


@pytest.mark.parametrize(
    ("given", "options", "message"),
    [
        (PRINTED, {"model": "nosuch"}, "'nosuch' is not a null model"),
        (PRINTED, {"samples": 1}, "two samples or more"),
        (matrix("10", "00"), {}, "has no nestedness"),
    ],
)
def test_what_cannot_be_compared_with_chance(
    given: Incidence, options: dict[str, int], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        nestedness_test(given, **options)  # type: ignore[arg-type]
