"""The connected part of a matrix that complexity is measured on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stikg.networks.matrix.incidence import part

if TYPE_CHECKING:
    from stikg.networks.matrix.incidence import Array, Incidence

Values = tuple[float | None, ...]


@dataclass(frozen=True)
class Scores:
    """A value for each row and column of a matrix, in its order; None where it has no meaning."""

    rows: Values
    columns: Values


def core(matrix: Incidence) -> Incidence:
    """Return the connected component of a matrix that has the most cells above zero.

    Of components with as many cells, that with the most rows is taken, then that whose first row
    is first by name. Order is kept; without any cell above zero nothing is left.
    """
    largest: tuple[int, int, str] | None = None
    best: tuple[set[int], set[int]] = (set(), set())
    seen: set[int] = set()
    for start in sorted(range(len(matrix.rows)), key=lambda index: matrix.rows[index]):
        if start in seen or not any(matrix.values[start]):
            continue
        rows, columns = _reached(matrix, start)
        seen |= rows
        cells = sum(matrix.values[row][column] > 0 for row in rows for column in columns)
        size = (-cells, -len(rows), matrix.rows[start])
        if largest is None or size < largest:
            largest, best = size, (rows, columns)
    return part(
        matrix,
        tuple(name for index, name in enumerate(matrix.rows) if index in best[0]),
        tuple(name for index, name in enumerate(matrix.columns) if index in best[1]),
    )


def _reached(matrix: Incidence, start: int) -> tuple[set[int], set[int]]:
    """Return the rows and columns that a row is connected with."""
    rows, columns, todo = {start}, set[int](), [start]
    while todo:
        row = todo.pop()
        for column, value in enumerate(matrix.values[row]):
            if value > 0 and column not in columns:
                columns.add(column)
                found = {index for index, line in enumerate(matrix.values) if line[column] > 0}
                todo.extend(found - rows)
                rows |= found
    return rows, columns


def nothing(matrix: Incidence) -> Scores:
    """Return no value for any row or column."""
    return Scores((None,) * len(matrix.rows), (None,) * len(matrix.columns))


def spread(matrix: Incidence, inner: Incidence, rows: Array, columns: Array) -> Scores:
    """Return the values of a part of a matrix for the whole: None outside the part."""
    by_row = dict(zip(inner.rows, rows.tolist(), strict=True))
    by_column = dict(zip(inner.columns, columns.tolist(), strict=True))
    return Scores(
        tuple(by_row.get(name) for name in matrix.rows),
        tuple(by_column.get(name) for name in matrix.columns),
    )
