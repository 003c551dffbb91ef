"""Complexity and nestedness as tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from stikg.networks.matrix.complexity import Complexity, Fitness, complexity, fitness
from stikg.results import Row, Table
from stikg.terms import IRI, XSD, Literal

if TYPE_CHECKING:
    from stikg.networks.matrix.incidence import Incidence
    from stikg.networks.matrix.nestedness import NullTest

COMPLEXITY: Final = (
    "kind", "thing", "thingLabel", "links", "fitness", "fitnessRank", "complexity",
    "complexityRank",
)  # fmt: skip
NESTEDNESS: Final = (
    "model", "observed", "rows", "columns", "expected", "deviation", "z", "p", "samples",
)  # fmt: skip


def complexity_table(
    matrix: Incidence, *, row: str = "territory", column: str = "technology", top: int | None = None
) -> Table:
    """Return fitness and complexity of rows and columns, the fittest first, rows before columns.

    ``kind`` is "territory" or "technology", or as they are called; ``links`` the number of cells;
    ``fitness`` that of Tacchella et al. (of a technology their complexity), ``complexity`` the
    index of Hidalgo & Hausmann; both are empty where undefined. Equal values share a rank. ``top``
    is the most rows of each kind.
    """
    index, fit = complexity(matrix), fitness(matrix)
    return table_of(matrix, index, fit, kinds=(row, column), top=top)


def table_of(
    matrix: Incidence,
    index: Complexity,
    fit: Fitness,
    *,
    kinds: tuple[str, str] = ("territory", "technology"),
    top: int | None = None,
) -> Table:
    """Return the table of values that are computed already; see ``complexity_table``."""
    present = [[value > 0 for value in line] for line in matrix.values]
    links = (
        [sum(line) for line in present],
        [sum(line[place] for line in present) for place in range(len(matrix.columns))],
    )
    rows: list[Row] = []
    for kind, names, counts, fits, indices in (
        (kinds[0], matrix.rows, links[0], fit.rows, index.rows),
        (kinds[1], matrix.columns, links[1], fit.columns, index.columns),
    ):
        lines = zip(names, counts, fits, _ranks(fits), indices, _ranks(indices), strict=True)
        ordered = sorted(lines, key=lambda line: (line[3] or len(names) + 1, matrix.label(line[0])))
        rows.extend(
            (
                Literal(kind),
                IRI(name),
                Literal(matrix.label(name)),
                _integer(count),
                *_ranked(*values),
            )
            for name, count, *values in ordered[:top]
        )
    return Table(COMPLEXITY, tuple(rows))


def nestedness_table(matrix: Incidence, tests: Collection[NullTest]) -> Table:
    """Return one row for each null model: the nestedness of a matrix, and what chance gives."""
    from stikg.networks.matrix.nestedness import nodf

    found = nodf(matrix)
    return Table(
        NESTEDNESS,
        tuple(
            (
                Literal(test.model),
                _decimal(test.observed, 2),
                _decimal(found.rows, 2),
                _decimal(found.columns, 2),
                _decimal(test.mean, 2),
                _decimal(test.deviation, 2),
                _decimal(test.z, 2),
                _decimal(test.p_value, 4),
                _integer(test.samples),
            )
            for test in tests
        ),
    )


def _ranks(values: Sequence[float | None]) -> list[int | None]:
    """Return the rank of each value, 1 for the largest; equal to six decimals is equal."""
    known = sorted((round(value, 6) for value in values if value is not None), reverse=True)
    return [None if value is None else known.index(round(value, 6)) + 1 for value in values]


def _ranked(*values: float | None) -> Iterator[Literal | None]:
    """Yield each value and its rank."""
    for value, rank in zip(values[::2], values[1::2], strict=True):
        yield _decimal(value, 4)
        yield None if rank is None else _integer(int(rank))


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def _decimal(number: float | None, places: int) -> Literal | None:
    if number is None:
        return None
    return Literal(f"{round(number, places) + 0.0:.{places}f}", XSD + "decimal")
