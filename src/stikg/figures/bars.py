"""Bars of statistics: every figure as it is given, with its unit and its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from stikg.figures.axis import Axis, draw_axis, nice_axis, scale_of
from stikg.figures.canvas import Canvas, Entry, Sample
from stikg.figures.observations import (
    Figure,
    Panel,
    amount,
    data_of,
    panel_words,
    panels_of,
    read_figures,
    source_notes,
    sources_of,
    unit_text,
)
from stikg.figures.reading import Content, Options, counted, many, shown
from stikg.figures.style import INK, QUIET, Look, look
from stikg.figures.text import line_height
from stikg.results import Table


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw a bar for each figure, a panel for each indicator and unit; ranks are dots.

    Areas have a colour and a hatch. What is said to be over, about or up to a figure says so.

    :raises InputError: if columns are missing, or there are more figures than can be drawn.
    """
    figures = read_figures(table, "a chart of bars")
    panels = panels_of(figures)
    areas = counted(item.area or "no area" for item in figures)
    looks = {area: look(place) for place, (area, _) in enumerate(areas)}
    sources = sources_of(figures)
    canvas.head(f"{many(len(figures), 'figure')}, {many(len(panels), 'panel')}")
    for panel in panels:
        _draw_panel(canvas, panel, looks, sources)
    counts = Counter(item.area or "no area" for item in figures)
    ranks = {panel.unit == "RANK" for panel in panels}
    sample: Sample = "both" if len(ranks) == 2 else "marker" if True in ranks else "box"
    canvas.legend("Areas", [Entry(sample, looks[area], f"{area} ({counts[area]})")
                            for area, _ in areas])  # fmt: skip
    largest = [_largest(panel) for panel in panels]
    alt = (
        f"Bars of {many(len(figures), 'figure')}: {panel_words(panels)}. "
        f"First in each: {'; '.join(largest[:4])}"
        f"{f'; {len(largest) - 4} more panels' if len(largest) > 4 else ''}."
    )
    return Content(alt, data_of(figures), source_notes(sources))


def _largest(panel: Panel) -> str:
    choose = min if panel.unit == "RANK" else max
    best = choose(panel.figures, key=lambda item: item.value)
    told = ", ".join(part for part in (best.subject, best.area, best.period) if part)
    return f"{told}: {' '.join([best.qualifier, amount(best.value, best.unit)]).strip()}"


def _said(item: Figure, divisor: Decimal) -> str:
    return " ".join(part for part in (item.qualifier, shown(item.value / divisor)) if part)


def _draw_panel(
    canvas: Canvas, panel: Panel, looks: Mapping[str, Look], sources: Mapping[str, int]
) -> None:
    _draw_title(canvas, panel)
    divisor, word = scale_of([item.value for item in panel.figures])
    across = canvas.right - canvas.left
    longest = max(canvas.length(panel.label(item)) for item in panel.figures)
    room = min(longest, 0.4 * across)
    marks = canvas.length(f"[{max(sources.values(), default=1)}]", size=canvas.small) + 0.05
    said = max(canvas.length(_said(item, divisor)) for item in panel.figures) + 0.05
    left = canvas.left + room + 0.08
    values = [float(item.value / divisor) for item in panel.figures]
    axis = nice_axis(min(0.0, *values), max(0.0, *values), left, canvas.right - marks - said,
                     whole=panel.unit == "RANK")  # fmt: skip
    top = canvas.y
    for item in panel.figures:
        lines = canvas.lines(panel.label(item), room)
        high = max(line_height(canvas.size) * len(lines), 0.13) + 0.03
        y = canvas.y + high / 2
        canvas.text(left - 0.06, y, lines, side="right", middle=True)
        _draw_value(canvas, axis, item, divisor, y, looks[item.area or "no area"])
        if item.source:
            canvas.text(canvas.right, y, [f"[{sources[item.source]}]"], size=canvas.small,
                        side="right", middle=True, colour=QUIET)  # fmt: skip
        canvas.y += high
    canvas.line([axis.at(0), axis.at(0)], [top, canvas.y], width=0.8, order=4)
    draw_axis(canvas, axis, top, canvas.y, unit_text(panel.unit, word))


def _draw_title(canvas: Canvas, panel: Panel) -> None:
    canvas.paragraph(panel.title[:1].upper() + panel.title[1:], bold=True)
    if panel.shared:
        canvas.paragraph(", ".join(panel.shared), colour=QUIET)
    canvas.y += 0.02


def _draw_value(
    canvas: Canvas, axis: Axis, item: Figure, divisor: Decimal, y: float, seen: Look
) -> None:
    end, zero = axis.at(float(item.value / divisor)), axis.at(0)
    if item.unit == "RANK":
        canvas.line([zero, end], [y, y], colour=QUIET, width=0.6)
        canvas.marker(end, y, seen.shape, colour=seen.colour, across=0.085)
    else:
        canvas.box(min(zero, end), y - 0.05, abs(end - zero), 0.1, colour=seen.colour,
                   hatch=seen.hatch, edge=INK)  # fmt: skip
    away = 0.09 if item.unit == "RANK" else 0.06
    canvas.text(max(zero, end) + away, y, [_said(item, divisor)], middle=True, paper="white")
