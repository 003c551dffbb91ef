"""Rows and columns with their names and totals: the ground of a matrix and of a heat map."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stikg.errors import InputError
from stikg.figures.canvas import Canvas
from stikg.figures.style import FAINT, QUIET
from stikg.figures.text import line_height

LARGEST: Final = 0.3
"""Inches across a cell at most."""
SMALL: Final = 0.088
"""Inches across a cell that is still read well."""
LEAST_TEXT: Final = 5.0
"""Points of the smallest text of a grid."""
LONGEST: Final = 2.1
"""Inches of the name of a column at most."""


@dataclass(frozen=True)
class Line:
    """A row or column: its key, its name, and its total."""

    key: Hashable
    label: str
    total: int


@dataclass(frozen=True)
class Grid:
    """Where the cells are: the middle of a cell by the keys of row and column, in inches."""

    across: Mapping[Hashable, float]
    down: Mapping[Hashable, float]
    wide: float
    high: float


def ordered(pairs: Iterable[tuple[Hashable, str]]) -> list[Line]:
    """Return keys with their names by how often they come, the commonest first, ties by name.

    Rows and columns of a matrix in this order show how nested it is: what is rare stands where
    what is common stands, too.
    """
    totals: dict[tuple[Hashable, str], int] = {}
    for pair in pairs:
        totals[pair] = totals.get(pair, 0) + 1
    lines = [Line(key, label, total) for (key, label), total in totals.items()]
    return sorted(lines, key=lambda line: (-line.total, line.label, str(line.key)))


def cell_width(canvas: Canvas, rows: Sequence[Line], columns: Sequence[Line]) -> float:
    """Return how many inches the columns have each beside the names and totals of the rows."""
    return min(LARGEST, (_room(canvas) - _names(canvas, rows, columns)) / len(columns))


def draw_grid(canvas: Canvas, rows: Sequence[Line], columns: Sequence[Line]) -> Grid:
    """Draw names and totals of rows and columns at y, with quiet guides, and go on below.

    :raises InputError: if the columns have no room in the width.
    """
    wide = cell_width(canvas, rows, columns)
    size = min(canvas.small, wide * 72 / 1.12)
    if size < LEAST_TEXT:
        raise InputError(
            f"{len(columns)} columns have no room in a width of {canvas.width * 2.54:.1f} cm",
            remedy="draw it wider, or narrow the filter",
        )
    high = max(min(wide, 0.24), line_height(canvas.small))
    left = canvas.left + _names(canvas, rows, columns)
    longest = min(LONGEST, max(canvas.length(column.label, size=size) for column in columns))
    totals = [str(column.total) for column in columns]
    beside = max(canvas.length(total, size=size) for total in totals)
    level = beside <= 0.85 * wide
    beside = line_height(size) if level else beside + 0.05
    top = canvas.y + longest + 0.05 + beside
    across = {column.key: left + wide * (place + 0.5) for place, column in enumerate(columns)}
    down = {row.key: top + high * (place + 0.5) for place, row in enumerate(rows)}
    end = left + wide * len(columns)
    for place, row in enumerate(rows):
        y = down[row.key]
        if place % 2 == 0:
            canvas.box(canvas.left, y - high / 2, end - canvas.left, high, colour=FAINT, order=0)
        name = canvas.lines(row.label, left - canvas.left - 0.06, size=canvas.small, lines=1)
        canvas.text(left - 0.06, y, name, size=canvas.small, side="right", middle=True)
        canvas.text(end + 0.05, y, [str(row.total)], size=canvas.small, middle=True, colour=QUIET)
    for column, total in zip(columns, totals, strict=True):
        x = across[column.key]
        name = canvas.lines(column.label, longest + 0.01, size=size, lines=1)
        canvas.upright(x, top - beside - 0.02, name[0], size=size)
        if level:
            canvas.text(x, top - beside, [total], size=size, side="center", colour=QUIET)
        else:
            canvas.upright(x, top - 0.02, total, size=size, colour=QUIET)
    canvas.y = top + high * len(rows) + 0.1
    return Grid(across, down, wide, high)


def _names(canvas: Canvas, rows: Sequence[Line], columns: Sequence[Line]) -> float:
    """Return the inches that the names of the rows take: a third, or what the columns leave."""
    longest = max(canvas.length(row.label, size=canvas.small) for row in rows)
    left_over = _room(canvas) - SMALL * len(columns)
    return min(longest, max(0.36 * _room(canvas), left_over)) + 0.08


def _room(canvas: Canvas) -> float:
    return canvas.right - canvas.left - 0.28
