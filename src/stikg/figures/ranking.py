"""A ranking as a dot plot: a value for each name, and its interval where it has one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from stikg.errors import InputError
from stikg.figures.axis import Axis, draw_axis, nice_axis
from stikg.figures.canvas import Canvas
from stikg.figures.reading import (
    Content,
    Options,
    Record,
    listed,
    many,
    name_of,
    names,
    numbers,
    require,
    shown,
    table_of,
)
from stikg.figures.style import COLOURS, FAINT, QUIET
from stikg.figures.text import line_height
from stikg.results import Table

MOST = 120
"""Names that are drawn at most."""


class Ranked(NamedTuple):
    """A name with its rank, its value, and the ends of its interval."""

    rank: int
    label: str
    value: Decimal
    low: Decimal | None
    high: Decimal | None


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw each name of a table at its value, the largest first; equal values share a rank.

    The names are those of the column with a label (or nodeLabel), the values those of ``value``,
    else of the column of that name, else of the first with numbers; the columns ``low`` and
    ``high`` are the ends of intervals. With ``top`` only so many names.

    :raises InputError: if columns are missing, or there are more names than can be drawn.
    """
    name, value = _columns(table, options)
    ranked = _ranked(table, name, value)
    left_out = len(ranked) - len(ranked[: options.top])
    ranked = ranked[: options.top]
    if len(ranked) > MOST:
        raise InputError(
            f"{len(ranked)} names are more than can be drawn ({MOST})",
            remedy="draw the first of them: --top 30",
        )
    with_interval = any(item.low is not None for item in ranked)
    canvas.head(many(len(ranked), "name") + (f", {left_out} more not drawn" if left_out else ""))
    _draw_rows(canvas, ranked, value)
    best, last = ranked[0], ranked[-1]
    alt = (
        f"Dot plot of {many(len(ranked), 'name')} by {value}"
        f"{', with intervals' if with_interval else ''}. The largest: "
        f"{listed([f'{item.label} ({_said(item)})' for item in ranked[:3]])}; the smallest: "
        f"{last.label} ({_said(last)})."
        if len(ranked) > 3
        else f"Dot plot by {value}: {listed([f'{i.label} ({_said(i)})' for i in ranked])}."
    )
    del best
    data = table_of(
        ("rank", name, value, *(("low", "high") if with_interval else ())),
        [item if with_interval else item[:3] for item in ranked],
    )
    notes = ("The line through a dot is its interval.",) if with_interval else ()
    return Content(alt, data, notes)


def _columns(table: Table, options: Options) -> tuple[str, str]:
    name = next(iter(names(table)), "node" if "nodeLabel" in table.columns else "")
    counts = [column for column in numbers(table) if column not in ("low", "high", "rank")]
    if not table.rows:
        require(table, table.columns, "a ranking")
    value = options.value or ("value" if "value" in counts else (counts or [""])[0])
    if not name or value not in counts:
        raise InputError(
            f"{options.value} is not a column of numbers" if options.value else
            "a ranking needs a column with labels and one of numbers",
            remedy=f"the table has {', '.join(table.columns)}; its numbers: {', '.join(counts)}",
        )  # fmt: skip
    return name, value


def _ranked(table: Table, name: str, value: str) -> list[Ranked]:
    found: list[tuple[Decimal, str, Decimal | None, Decimal | None]] = []
    for record in table.records():
        number = _number(record, value)
        if number is not None:
            ends = (_number(record, "low"), _number(record, "high"))
            low, high = ends if None not in ends else (None, None)
            found.append((number, name_of(record, name), low, high))
    found.sort(key=lambda item: (-item[0], item[1]))
    ranked: list[Ranked] = []
    for place, (number, label, low, high) in enumerate(found, 1):
        equal = ranked and ranked[-1].value == number
        ranked.append(Ranked(ranked[-1].rank if equal else place, label, number, low, high))
    return ranked


def _number(record: Record, column: str) -> Decimal | None:
    value = record.get(column)
    return Decimal(value) if isinstance(value, (int, Decimal)) else None


def _said(item: Ranked) -> str:
    if item.low is None or item.high is None:
        return shown(item.value)
    return f"{shown(item.value)} [{shown(item.low)}, {shown(item.high)}]"


def _draw_rows(canvas: Canvas, ranked: Sequence[Ranked], title: str) -> None:
    step = line_height(canvas.size)
    said = max(canvas.length(_said(item)) for item in ranked) + 0.05
    ranks = canvas.length(str(ranked[-1].rank)) + 0.08
    longest = max(canvas.length(item.label) for item in ranked)
    room = min(longest, 0.42 * (canvas.right - canvas.left))
    left = canvas.left + ranks + room + 0.15
    values = [float(end) for item in ranked for end in (item.value, item.low, item.high)
              if end is not None]  # fmt: skip
    axis = nice_axis(min(0.0, *values), max(values), left, canvas.right - said - 0.08)
    top = canvas.y
    for place, item in enumerate(ranked):
        lines = canvas.lines(item.label, room)
        high = step * len(lines) + 0.035
        y = canvas.y + high / 2
        if place % 2 == 0:
            canvas.box(canvas.left, canvas.y, canvas.right - canvas.left, high, colour=FAINT,
                       order=0)  # fmt: skip
        canvas.text(canvas.left + ranks - 0.08, y, [str(item.rank)], side="right", middle=True,
                    colour=QUIET)  # fmt: skip
        canvas.text(canvas.left + ranks, y, lines, middle=True)
        _draw_dot(canvas, axis, item, y)
        canvas.text(canvas.right, y, [_said(item)], side="right", middle=True)
        canvas.y += high
    draw_axis(canvas, axis, top, canvas.y, title)


def _draw_dot(canvas: Canvas, axis: Axis, item: Ranked, y: float) -> None:
    if item.low is not None and item.high is not None:
        ends = [axis.at(float(item.low)), axis.at(float(item.high))]
        canvas.line(ends, [y, y], colour=COLOURS[0], width=1.4, order=2)
        for end in ends:
            canvas.line([end, end], [y - 0.03, y + 0.03], colour=COLOURS[0], width=1.0, order=2)
    canvas.marker(axis.at(float(item.value)), y, "o", colour=COLOURS[0], across=0.075)
