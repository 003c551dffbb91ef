"""Complexity, fitness, proximity and relatedness against arithmetic and other implementations."""

from __future__ import annotations

from functools import partial
from statistics import fmean, pstdev

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from stikg.errors import InputError
from stikg.networks.matrix import (
    Incidence,
    comparative_advantage,
    complexity,
    core,
    fitness,
    proximity,
    relatedness_density,
)

Values = tuple[tuple[float, ...], ...]


def matrix(*lines: str) -> Incidence:
    """Return the matrix that lines draw: 1 is a cell."""
    values = tuple(tuple(float(mark == "1") for mark in line) for line in lines)
    return named(values)


def named(values: Values) -> Incidence:
    rows = tuple(f"r{index:02}" for index in range(len(values)))
    columns = tuple(f"c{index:02}" for index in range(len(values[0])))
    return Incidence(rows, columns, values)


@st.composite
def presences(draw: st.DrawFn) -> Incidence:
    """Return matrices of zeros and ones, up to 6 × 7."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 7))
    line = st.lists(st.sampled_from([0.0, 1.0]), min_size=columns, max_size=columns).map(tuple)
    return named(tuple(draw(st.lists(line, min_size=rows, max_size=rows))))


def shuffled(given: Incidence, chance: NDArray[np.int64], other: NDArray[np.int64]) -> Incidence:
    """Return the same matrix with its rows and columns in another order."""
    values = given.array()[chance][:, other]
    return Incidence(
        tuple(given.rows[index] for index in chance),
        tuple(given.columns[index] for index in other),
        tuple(tuple(row) for row in values.tolist()),
    )


STAIRS = matrix("111", "110", "100")


def test_comparative_advantage_of_a_table_worked_by_hand() -> None:
    # Shares of the first row: 6/8 and 2/8; of all: 9/15 and 6/15. 0.75/0.6, 0.25/0.4; and
    # 3/7 over 9/15, 4/7 over 6/15.
    found = comparative_advantage(named(((6, 2, 0), (3, 4, 0), (0, 0, 0))))
    assert found[0].tolist() == pytest.approx([1.25, 0.625, 0])
    assert found[1].tolist() == pytest.approx([45 / 63, 60 / 42, 0])
    assert found[2].tolist() == [0, 0, 0]


def test_complexity_of_the_stairs_worked_by_hand() -> None:
    # Row sums 3 2 1, column sums 3 2 1. The matrix Σ_p M_cp M_c'p / (k_c k_p) is
    #   row 1: (1/3+1/2+1)/3 = 11/18, (1/3+1/2)/3 = 5/18, (1/3)/3 = 2/18
    #   row 2: (5/6)/2 = 15/36, 15/36, (1/3)/2 = 6/36
    #   row 3: 1/3, 1/3, 1/3
    # Its trace is 22/36 + 15/36 + 12/36 = 49/36, one eigenvalue 1, its determinant
    # (det M)^2 / (3·2·1 · 3·2·1) = 1/36; the others, of sum 13/36 and product 1/36, are 1/4 and
    # 1/9. For 1/4 the third line says x + y = -z/4 (times 3: x + y + z = 3z/4); the first
    # 22x + 10y + 4z = 9x, so 13x + 10y = -4z; hence 3x = -4z + 10z/4 = -3z/2: x = -z/2, y = z/4.
    # The vector is (2, -1, -4): mean -1, deviations 3 0 -3, standard deviation sqrt(6).
    found = complexity(STAIRS)
    assert found.rows == pytest.approx([3 / 6**0.5, 0, -3 / 6**0.5])
    # Columns are means of rows: (2-1-4)/3 = -1, (2-1)/2 = 1/2, 2; less their mean 1/2:
    # -3/2, 0, 3/2, over sqrt(4.5/3).
    assert found.columns == pytest.approx([-(1.5**0.5), 0, 1.5**0.5])
    # Deviations of the index 3 0 -3 and of the sums 1 0 -1 are proportional.
    assert found.correlation == pytest.approx(1)


def test_fitness_of_two_rows_worked_by_hand() -> None:
    # Rows 11 and 10. From ones: F = (2, 1)/1.5 = (4/3, 2/3), Q~ = (1/2, 1), Q = (2/3, 4/3).
    # Second step: F~ = (2, 2/3), mean 4/3, F = (3/2, 1/2); Q~ = 1/(3/4+3/2) = 4/9 and 4/3,
    # mean 8/9, Q = (1/2, 3/2). With r = F_2/F_1 and s = Q_1/Q_2 a step makes r of s/(1+s) and s of
    # r/(1+r); so both are 1/(n+1) after n steps, and F is 2(n+1)/(n+2), 2/(n+2).
    first, second = (fitness(matrix("11", "10"), most_iterations=count) for count in (1, 2))
    assert [*first.rows, *first.columns] == pytest.approx([4 / 3, 2 / 3, 2 / 3, 4 / 3])
    assert [*second.rows, *second.columns] == pytest.approx([1.5, 0.5, 0.5, 1.5])
    tenth = fitness(matrix("11", "10"), most_iterations=10)
    assert tenth.rows == pytest.approx([22 / 12, 2 / 12])
    assert (tenth.iterations, tenth.converged) == (10, False)


def test_fitness_converges_and_says_so() -> None:
    # In a full matrix nothing changes after the first step.
    found = fitness(matrix("111", "111"))
    assert (found.iterations, found.converged) == (1, True)
    assert found.rows == pytest.approx([1, 1])
    assert found.columns == pytest.approx([1, 1, 1])


def test_fitness_goes_on_where_a_value_has_become_zero() -> None:
    # Rows 3 and 4 have but the first column; their fitness falls to a third with each two steps,
    # and after 1260 steps is taken for zero. What is left is rows 111 and 110 of columns 2 to 4:
    # with r = F_2/F_1, s = Q_2/Q_4 = r/(1+r) and r = 2s/(1+2s), so r = 1/3: F is (3, 1), and Q is
    # as 3/4, 3/4 and 3 are, with mean 1.
    found = fitness(matrix("1111", "1110", "1000", "1000"), tolerance=1e-323, most_iterations=2000)
    assert found.rows == pytest.approx([3, 1, 0, 0])
    assert found.columns == pytest.approx([0, 2 / 3, 2 / 3, 8 / 3])
    assert found.rows[3] == found.columns[0] == 0


def test_fitness_wants_a_tolerance_and_iterations() -> None:
    for options in ({"tolerance": 0.0}, {"most_iterations": 0}):
        with pytest.raises(InputError, match="tolerance is not above zero, or no iteration"):
            fitness(STAIRS, **options)


@pytest.mark.parametrize("given", [matrix("111", "111"), matrix("11"), matrix("00", "00")])
def test_a_matrix_without_a_second_eigenvector_has_no_complexity(given: Incidence) -> None:
    found = complexity(given)
    assert set(found.rows) == set(found.columns) == {None}
    assert found.correlation is None


def test_an_index_uncorrelated_with_the_sums_has_no_sign_and_so_no_value() -> None:
    # A ring of four rows and four columns: all sums are 2, so the correlation is 0.
    assert set(complexity(matrix("1100", "0110", "0011", "1001")).rows) == {None}


def test_of_a_disconnected_matrix_the_component_with_most_cells_is_measured() -> None:
    given = matrix("11100", "11000", "10000", "00011", "00000")
    assert (core(given).rows, core(given).columns) == (("r00", "r01", "r02"), ("c00", "c01", "c02"))
    for measured, alone in (
        (complexity(given), complexity(STAIRS)),
        (fitness(given), fitness(STAIRS)),
    ):
        assert measured.rows == (*alone.rows, None, None)
        assert measured.columns == (*alone.columns, None, None)
    assert core(matrix("00")).shape == (0, 0)
    assert fitness(matrix("00")).rows == (None,)


def reflections(given: Incidence, steps: int) -> tuple[list[float], list[float]]:
    """Return what Hidalgo and Hausmann's (2009) reflections come to, standardised."""
    has = {row: [c for c in given.columns if cell(given, row, c)] for row in given.rows}
    had = {column: [r for r in given.rows if cell(given, r, column)] for column in given.columns}
    rows: dict[str, float] = {row: len(found) for row, found in has.items()}
    columns: dict[str, float] = {column: len(found) for column, found in had.items()}
    for _ in range(steps):
        rows, columns = (
            {row: fmean(columns[column] for column in found) for row, found in has.items()},
            {column: fmean(rows[row] for row in found) for column, found in had.items()},
        )
    return standard(list(rows.values())), standard(list(columns.values()))


def cell(given: Incidence, row: str, column: str) -> float:
    return given.values[given.rows.index(row)][given.columns.index(column)]


def standard(values: list[float]) -> list[float]:
    return [(value - fmean(values)) / pstdev(values) for value in values]


def test_complexity_is_where_the_reflections_lead() -> None:
    # An even number of reflections keeps the meaning of rows, diversity; an odd one turns that of
    # columns from ubiquity into the diversity of their rows.
    given = matrix("1111111", "1111010", "1110100", "1101000", "1000010", "0110001")
    found = complexity(given)
    assert found.rows == pytest.approx(reflections(given, 32)[0], abs=1e-4)
    assert found.columns == pytest.approx(reflections(given, 33)[1], abs=1e-4)


@given(presences())
def test_complexity_solves_its_own_equations(given: Incidence) -> None:
    found = complexity(given)
    inner = core(given)
    assume(found.correlation is not None)
    rows = dict(zip(given.rows, found.rows, strict=True))
    values = np.array([rows[name] for name in inner.rows], dtype=float)
    present = inner.presence()
    means = (present / present.sum(axis=0)).T @ values
    back = (present / present.sum(axis=1, keepdims=True)) @ means
    # Averaging there and back leaves all as it is but for scale, and the shift of standardising.
    centred = values - np.average(values, weights=present.sum(axis=1))
    again = back - np.average(back, weights=present.sum(axis=1))
    scale = (again @ centred) / (centred @ centred)
    assert again == pytest.approx(scale * centred, abs=1e-7)
    assert 0 < scale < 1
    assert values.mean() == pytest.approx(0, abs=1e-9)
    assert values.std() == pytest.approx(1)
    assert np.corrcoef(values, present.sum(axis=1))[0, 1] == pytest.approx(found.correlation)


@given(presences(), st.integers(0, 99))
def test_the_order_of_rows_and_columns_does_not_matter(given: Incidence, seed: int) -> None:
    order = np.random.default_rng(seed)
    rows, columns = order.permutation(len(given.rows)), order.permutation(len(given.columns))
    other = shuffled(given, rows, columns)
    few = partial(fitness, most_iterations=100)
    for one, two in ((complexity(given), complexity(other)), (few(given), few(other))):
        by_name = dict(zip(other.rows + other.columns, two.rows + two.columns, strict=True))
        for name, value in zip(given.rows + given.columns, one.rows + one.columns, strict=True):
            assert by_name[name] == (None if value is None else pytest.approx(value, abs=1e-5))
    assert relatedness_density(other) == pytest.approx(
        relatedness_density(given)[rows][:, columns], nan_ok=True
    )


def test_proximity_and_density_worked_by_hand() -> None:
    # Column sums 3 2 1. Columns 1 and 2 share two rows: 2/3; 1 and 3 one: 1/3; 2 and 3 one: 1/2.
    assert proximity(STAIRS) == pytest.approx(
        np.array([[1, 2 / 3, 1 / 3], [2 / 3, 1, 1 / 2], [1 / 3, 1 / 2, 1]])
    )
    # The third row has column 1 alone: around column 2 that is 2/3 of 2/3 + 1/2, around column 3
    # 1/3 of 1/3 + 1/2; around column 1 it has nothing.
    assert relatedness_density(STAIRS)[2] == pytest.approx([0, 4 / 7, 2 / 5])
    assert relatedness_density(STAIRS)[0] == pytest.approx([1, 1, 1])


def test_a_column_near_to_none_has_no_density() -> None:
    given = matrix("110", "110", "001", "000")
    found = relatedness_density(given)
    assert np.isnan(found[:, 2]).all()
    assert found[3, :2].tolist() == [0, 0]
    assert relatedness_density(matrix("10"))[0, 0] != relatedness_density(matrix("11"))[0, 0]


@given(presences())
def test_proximity_is_the_smaller_conditional_probability(given: Incidence) -> None:
    near, density = proximity(given), relatedness_density(given)
    had = [{row for row in given.rows if cell(given, row, column)} for column in given.columns]
    for p, one in enumerate(had):
        expected = [
            min(len(one & other) / len(one), len(one & other) / len(other)) if one and other else 0
            for other in had
        ]
        assert near[p].tolist() == pytest.approx(expected)
        expected[p] = 0
        for index, row in enumerate(given.rows):
            part = sum(value for value, other in zip(expected, had, strict=True) if row in other)
            ratio = part / sum(expected) if sum(expected) else float("nan")
            assert density[index, p] == pytest.approx(ratio, nan_ok=True)
