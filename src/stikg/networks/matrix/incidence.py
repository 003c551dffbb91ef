"""The incidence matrix of a network of two sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stikg.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stikg.networks.building import Graph

    Array = NDArray[np.float64]

Cell = tuple[str, str]


@dataclass(frozen=True)
class Incidence:
    """Rows, columns and the values of their cells, with the passages that state each cell.

    ``rows`` and ``columns`` are the IRIs of the nodes, in the order of the matrix; ``values`` has
    one tuple for each row. ``labels`` has the label of each row and column. ``passages`` has an
    entry for each cell that a passage states.

    :raises InputError: if the values do not fit rows and columns, are below zero or no numbers,
        or a row or column is named twice.

    >>> Incidence(("a", "b"), ("p",), ((1.0,), (0.0,))).shape
    (2, 1)
    >>> Incidence(("a", "b"), ("p",), ((1.0,),))
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: a matrix of 2 rows and 1 columns has other values
      remedy: give one tuple for each row, with one number for each column
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    labels: Mapping[str, str] | None = None
    passages: Mapping[Cell, tuple[str, ...]] | None = None

    def __post_init__(self) -> None:
        rows, columns = self.shape
        if len(self.values) != rows or any(len(row) != columns for row in self.values):
            raise InputError(
                f"a matrix of {rows} rows and {columns} columns has other values",
                remedy="give one tuple for each row, with one number for each column",
            )
        if len(set(self.rows)) < rows or len(set(self.columns)) < columns:
            raise InputError("a row or column of the matrix is named twice")
        if not all(0 <= value < float("inf") for row in self.values for value in row):
            raise InputError("a value of the matrix is below zero, infinite or no number")

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return len(self.rows), len(self.columns)

    @property
    def fill(self) -> int:
        """Number of cells above zero."""
        return sum(value > 0 for row in self.values for value in row)

    def label(self, name: str) -> str:
        """Return the label of a row or column, or its name if it has none."""
        return (self.labels or {}).get(name, name)

    def evidence(self, row: str, column: str) -> tuple[str, ...]:
        """Return the passages that state a cell."""
        return (self.passages or {}).get((row, column), ())

    def array(self) -> Array:
        """Return the values as a numpy array."""
        import numpy as np

        return np.array(self.values, dtype=float).reshape(self.shape)

    def presence(self) -> Array:
        """Return 1 where a value is above zero and 0 elsewhere."""
        import numpy as np

        return np.asarray(self.array() > 0, dtype=float)


def incidence(graph: Graph) -> Incidence:
    """Return the incidence matrix of a network: sources are rows, targets are columns.

    A value is the sum of the weights of the edges between the two, zero without any; on lists of
    territories and technologies so the number of lists that have the pair. Rows and columns
    are sorted by label.

    :raises InputError: if a node is a source and a target.
    """
    sides: dict[str, list[str]] = {"source": [], "target": [], "both": []}
    for node in graph:
        sides[str(graph.nodes[node]["side"])].append(node)
    if both := sides["both"]:
        raise InputError(
            f"{graph.nodes[both[0]]['label']} is on both sides of the network",
            remedy="a matrix needs a network such as country-technology, whose sides differ",
        )
    labels = {node: str(graph.nodes[node]["label"]) for node in graph}
    rows, columns = (
        tuple(sorted(sides[side], key=lambda node: (labels[node], node)))
        for side in ("source", "target")
    )
    weights: dict[Cell, float] = {}
    passages: dict[Cell, set[str]] = {}
    for source, target, data in graph.edges(data=True):
        cell = (source, target)
        weights[cell] = weights.get(cell, 0.0) + float(data["weight"])
        passages.setdefault(cell, set()).update(data["passages"])
    values = tuple(tuple(weights.get((row, column), 0.0) for column in columns) for row in rows)
    evidence = {cell: tuple(sorted(found)) for cell, found in passages.items() if found}
    return Incidence(rows, columns, values, labels, evidence)


def part(matrix: Incidence, rows: tuple[str, ...], columns: tuple[str, ...]) -> Incidence:
    """Return the named rows and columns of a matrix, in the order of the names.

    :raises InputError: if the matrix has no such row or column.
    """
    row_of = {name: index for index, name in enumerate(matrix.rows)}
    column_of = {name: index for index, name in enumerate(matrix.columns)}
    missing = [name for name in rows if name not in row_of]
    missing += [name for name in columns if name not in column_of]
    if missing:
        raise InputError(f"the matrix has no row or column {missing[0]}")
    values = tuple(
        tuple(matrix.values[row_of[row]][column_of[column]] for column in columns) for row in rows
    )
    return Incidence(rows, columns, values, matrix.labels, matrix.passages)


def without_empty(matrix: Incidence) -> Incidence:
    """Return a matrix without the rows and columns that have no value above zero."""
    rows = tuple(name for name, row in zip(matrix.rows, matrix.values, strict=True) if any(row))
    columns = tuple(
        name
        for index, name in enumerate(matrix.columns)
        if any(row[index] for row in matrix.values)
    )
    return part(matrix, rows, columns)
