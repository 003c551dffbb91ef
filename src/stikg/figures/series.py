"""Series of statistics: figures over the years, each over the whole period that it is of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from stikg.errors import InputError
from stikg.figures.axis import Axis, nice_axis, scale_of
from stikg.figures.canvas import Canvas, Entry
from stikg.figures.observations import (
    Figure,
    Panel,
    amount,
    data_of,
    panel_words,
    panels_of,
    qualifiers_of,
    read_figures,
    sources_of,
    unit_text,
)
from stikg.figures.reading import Content, Options, counted, listed, many, shown, years
from stikg.figures.style import QUIET, RULE, Look, look
from stikg.figures.text import line_height
from stikg.results import Table

HIGH: Final = 1.5
"""Inches of a panel."""


def draw(table: Table, canvas: Canvas, options: Options) -> Content:
    """Draw the figures of each subject and area over the years; a panel for each indicator.

    A figure of several years is a level line over them. Open signs are bounds or rounded.

    :raises InputError: if columns are missing, no indicator has two periods, or there are more
        figures than can be drawn.
    """
    figures = read_figures(table, "a series")
    panels = panels_of(_repeated(figures))
    if not panels:
        raise InputError("nothing here has two periods", remedy="draw it as bars: --as bars")
    drawn = [item for panel in panels for item in panel.figures]
    groups = counted(item.who or "no area" for item in drawn)
    looks = {who: look(place) for place, (who, _) in enumerate(groups)}
    canvas.head(f"{many(len(drawn), 'figure')}, {many(len(panels), 'panel')}")
    ends = [year for item in drawn for year in years(item.period) or ()]
    downs = [_down_axis(panel) for panel in panels]
    left = (
        canvas.left
        + 0.1
        + max(
            canvas.length(shown(tick), size=canvas.small) for axis in downs for tick in axis.ticks
        )
    )
    across = _across_axis(min(ends), max(ends), left + 0.06, canvas.right - 0.15)
    for panel, down in zip(panels, downs, strict=True):
        _draw_panel(canvas, panel, looks, (across, down))
    canvas.legend("Series", [Entry("marker", looks[who], f"{who} ({count})")
                             for who, count in groups])  # fmt: skip
    return Content(_alt(panels, drawn), data_of(drawn), _notes(drawn, len(figures) - len(drawn)))


def _repeated(figures: list[Figure]) -> list[Figure]:
    """Return the figures that have another of the same thing in another period."""
    periods: dict[tuple[str, str, str], set[str]] = {}
    dated = [item for item in figures if years(item.period)]
    for item in dated:
        periods.setdefault((item.indicator, item.unit, item.who), set()).add(item.period)
    return [item for item in dated if len(periods[item.indicator, item.unit, item.who]) > 1]


def _alt(panels: list[Panel], drawn: list[Figure]) -> str:
    told = [_told(panel) for panel in panels]
    return (
        f"Lines over the years of {many(len(drawn), 'figure')}: {panel_words(panels)}. "
        f"{'; '.join(told[:4])}{f'; {len(told) - 4} more' if len(told) > 4 else ''}."
    )


def _told(panel: Panel) -> str:
    """Tell the first and the last figure of the longest series of a panel."""
    who, _ = counted(item.who for item in panel.figures)[0]
    first, *_, last = (item for item in panel.figures if item.who == who)
    return (
        f"{panel.title}, {who}: from {amount(first.value, first.unit)} ({first.period}) "
        f"to {amount(last.value, last.unit)} ({last.period})"
    )


def _notes(drawn: list[Figure], left_out: int) -> tuple[str, ...]:
    bounds = qualifiers_of(drawn)
    notes = []
    if bounds:
        notes.append(f"Open signs: {listed(bounds)} the figure.")
    if any(first < last for item in drawn for first, last in [years(item.period) or (0, 0)]):
        notes.append("A level line: one figure for all its years.")
    if left_out:
        notes.append(f"{many(left_out, 'figure')} with no other period not drawn.")
    sources = "; ".join(sources_of(drawn))
    return (*notes, f"Sources: {sources}") if sources else tuple(notes)


def _down_axis(panel: Panel) -> Axis:
    """Return the axis of a panel's values, from its bottom to its top."""
    divisor, _ = scale_of([item.value for item in panel.figures])
    values = [float(item.value / divisor) for item in panel.figures]
    return nice_axis(min(values), max(values), HIGH, 0.0, whole=panel.unit == "RANK")


def _across_axis(first: int, last: int, start: float, end: float) -> Axis:
    """Return an axis that ends with the years that there are, with ticks on round ones."""
    nice = nice_axis(first, last, start, end, whole=True)
    ticks = tuple(tick for tick in nice.ticks if first <= tick <= last)
    return Axis(first, max(last, first + 1), start, end, ticks)


def _draw_panel(
    canvas: Canvas, panel: Panel, looks: Mapping[str, Look], axes: tuple[Axis, Axis]
) -> None:
    canvas.paragraph(panel.title[:1].upper() + panel.title[1:], bold=True)
    divisor, word = scale_of([item.value for item in panel.figures])
    unit = unit_text(panel.unit, word)
    canvas.paragraph(", ".join([unit, *panel.shared]), colour=QUIET)
    canvas.y += 0.07
    across, down = axes[0], axes[1]._replace(start=canvas.y + HIGH, end=canvas.y)
    left = across.start - 0.06
    for tick in down.ticks:
        canvas.line([left, canvas.right], [down.at(tick)] * 2, colour=RULE, width=0.6, order=0.5)
        canvas.text(left - 0.06, down.at(tick), [shown(tick)], side="right", middle=True,
                    size=canvas.small, colour=QUIET)  # fmt: skip
    for who in sorted({item.who for item in panel.figures}):
        mine = [item for item in panel.figures if item.who == who]
        _draw_series(canvas, (across, down), mine, divisor, looks[who or "no area"])
    canvas.y = down.start + 0.05
    _draw_years(canvas, across, down.start)


def _draw_series(
    canvas: Canvas, axes: tuple[Axis, Axis], figures: list[Figure], divisor: Decimal, seen: Look
) -> None:
    """Draw the signs of a series, and a line through those of periods of one length."""
    across, down = axes
    lines: dict[int, dict[float, float]] = {}
    for item in sorted(figures, key=lambda item: bool(item.qualifier)):
        first, last = years(item.period) or (0, 0)
        x, y = across.at((first + last) / 2), down.at(float(item.value / divisor))
        lines.setdefault(last - first, {}).setdefault(x, y)
        order = 3 if item.qualifier else 3.1
        if last > first:
            canvas.line([across.at(first), across.at(last)], [y, y], colour=seen.colour, width=2.2,
                        order=2, strength=0.6)  # fmt: skip
        canvas.marker(x, y, seen.shape, colour=seen.colour, across=0.085,
                      filled=not item.qualifier, order=order)  # fmt: skip
    for _, points in sorted(lines.items()):
        xs = sorted(points)
        canvas.line(xs, [points[x] for x in xs], colour=seen.colour, dash=seen.dash, width=1.1,
                    order=2)  # fmt: skip


def _draw_years(canvas: Canvas, across: Axis, bottom: float) -> None:
    canvas.line([across.start - 0.06, across.end + 0.15], [bottom, bottom], colour=QUIET, width=0.6)
    for tick in across.ticks:
        x = across.at(tick)
        canvas.line([x, x], [bottom, bottom + 0.03], colour=QUIET, width=0.6)
        canvas.text(x, canvas.y, [str(int(tick))], size=canvas.small, side="center", colour=QUIET)
    canvas.y += line_height(canvas.small) + 0.1
