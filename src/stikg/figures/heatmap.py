"""A heat map with its numbers: how much two things have in common."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from stikg.errors import InputError
from stikg.figures.canvas import Canvas
from stikg.figures.grid import Grid, Line, draw_grid
from stikg.figures.reading import (
    Content,
    Options,
    listed,
    many,
    name_of,
    names,
    numbers,
    require,
    shown,
    table_of,
)
from stikg.figures.style import INK, QUIET
from stikg.figures.text import line_height
from stikg.results import Table

LIGHT: Final = (0xE6, 0xF0, 0xF8)
DARK: Final = (0x00, 0x4B, 0x7A)
"""Ends of the scale: one hue, so that only lightness tells the value."""
STEPS: Final = 5

Cells = dict[tuple[str, str], Decimal]


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw the number of each pair of names, rows and columns by their sums.

    The table has two columns with labels and one of numbers, as shared-technologies, or is a
    network with weights. With ``top`` only so many rows and columns.

    :raises InputError: if the columns are others, or have no room.
    """
    one, two, value = _columns(table, options)
    labels: dict[str, str] = {}
    cells: Cells = {}
    for record in table.records():
        keys = (str(record[one] or ""), str(record[two] or ""))
        labels.update({keys[0]: name_of(record, one), keys[1]: name_of(record, two)})
        number = record[value]
        if isinstance(number, (int, Decimal)):
            cells[keys] = cells.get(keys, Decimal(0)) + number
    rows = _lines({row for row, _ in cells}, cells, labels, 0)[: options.top]
    columns = _lines({column for _, column in cells}, cells, labels, 1)[: options.top]
    drawn = {(row.key, column.key) for row in rows for column in columns}
    cells = {keys: number for keys, number in cells.items() if keys in drawn}
    canvas.head(f"{len(rows)} × {len(columns)}, {many(len(cells), 'value')}")
    grid = draw_grid(canvas, rows, columns)
    low, high = min(cells.values()), max(cells.values())
    _draw_cells(canvas, grid, cells, (low, high))
    _draw_scale(canvas, low, high, value)
    best = sorted(cells.items(), key=lambda item: (-item[1], labels[item[0][0]]))[0]
    alt = (
        f"Heat map of {many(len(rows), 'row')} and {many(len(columns), 'column')}: {value} from "
        f"{shown(low)} to {shown(high)}. The most is {shown(best[1])}, of "
        f"{listed([labels[key] for key in best[0]])}. The row with the largest sum is "
        f"{rows[0].label} ({shown(rows[0].total)})."
    )
    data = [(labels[row.key], labels[column.key], cells[row.key, column.key])  # type: ignore[index]
            for row in rows for column in columns if (row.key, column.key) in cells]  # fmt: skip
    note = "Numbers beside rows and columns are their sums; both are ordered by them."
    return Content(alt, table_of((one, two, value), data), (note,))


def _columns(table: Table, options: Options) -> tuple[str, str, str]:
    labelled = names(table)
    one, two = ("source", "target") if "source" in labelled else [*labelled, "", ""][:2]
    counts = numbers(table)
    value = options.value or ("weight" if "weight" in counts else (counts or [""])[0])
    if not table.rows:
        require(table, table.columns, "a heat map")
    if not one or not two or value not in counts:
        raise InputError(
            "a heat map needs two columns with labels and one of numbers",
            remedy=f"the table has {', '.join(table.columns)}; draw it as another kind",
        )
    return one, two, value


def _lines(keys: set[str], cells: Cells, labels: dict[str, str], side: int) -> list[Line]:
    sums = {key: sum(n for pair, n in cells.items() if pair[side] == key) for key in keys}
    lines = [Line(key, labels[key], int(total) if total == int(total) else total)  # type: ignore[arg-type]
             for key, total in sums.items()]  # fmt: skip
    return sorted(lines, key=lambda line: (-line.total, line.label, str(line.key)))


def _draw_cells(canvas: Canvas, grid: Grid, cells: Cells, ends: tuple[Decimal, Decimal]) -> None:
    longest = max(canvas.length(shown(number), size=10) for number in cells.values())
    size = min(canvas.small, 10 * 0.92 * grid.wide / longest)
    for (row, column), number in sorted(cells.items()):
        x, y = grid.across[column], grid.down[row]
        share = _share(number, *ends)
        canvas.box(x - grid.wide / 2 + 0.004, y - grid.high / 2 + 0.004, grid.wide - 0.008,
                   grid.high - 0.008, colour=_shade(share))  # fmt: skip
        canvas.text(x, y, [shown(number)], size=size, side="center", middle=True,
                    colour="white" if share > 0.5 else INK)  # fmt: skip


def _draw_scale(canvas: Canvas, low: Decimal, high: Decimal, title: str) -> None:
    """Draw the shades from the least to the most number."""
    wide, tall = 0.2, line_height(canvas.size) * 0.8
    x = canvas.left + canvas.length(title) + 0.1
    canvas.text(canvas.left, canvas.y, [title])
    canvas.text(x, canvas.y, [shown(low)], colour=QUIET)
    x += canvas.length(shown(low)) + 0.05
    for step in range(STEPS if high > low else 1):
        canvas.box(x, canvas.y + 0.02, wide, tall, colour=_shade(step / (STEPS - 1)))
        x += wide
    if high > low:
        canvas.text(x + 0.05, canvas.y, [shown(high)], colour=QUIET)
    canvas.y += line_height(canvas.size) + 0.06


def _share(number: Decimal, low: Decimal, high: Decimal) -> float:
    return float((number - low) / (high - low)) if high > low else 0.0


def _shade(share: float) -> str:
    parts = [round(a + (b - a) * share) for a, b in zip(LIGHT, DARK, strict=True)]
    return "#" + "".join(f"{part:02X}" for part in parts)
