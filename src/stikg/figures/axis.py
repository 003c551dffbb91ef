"""Axes with round numbers, drawn as quiet guides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from stikg.figures.canvas import Canvas
from stikg.figures.reading import shown
from stikg.figures.style import QUIET, RULE
from stikg.figures.text import line_height

POWERS: Final = ((12, "trillion"), (9, "billion"), (6, "million"))
"""Powers of ten by which large numbers are divided, and their words."""


class Axis(NamedTuple):
    """A scale: values, the places in inches of its ends, and the values of its ticks."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Return the place of a value, in inches.

        >>> Axis(0, 10, 1.0, 3.0, ()).at(5)
        2.0
        """
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


def nice_axis(low: float, high: float, start: float, end: float, *, whole: bool = False) -> Axis:
    """Return an axis from a round number at or below low to one at or above high.

    >>> nice_axis(0, 17.2, 0, 4).ticks
    (0.0, 5.0, 10.0, 15.0, 20.0)
    """
    from matplotlib.ticker import MaxNLocator

    if high <= low:
        low, high = (low - 1, high + 1) if whole or low else (0.0, 1.0)
    most = max(2, min(6, int(abs(end - start) / 0.55)))
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10], integer=whole)
    ticks = tuple(float(tick) for tick in locator.tick_values(low, high))
    return Axis(ticks[0], ticks[-1], start, end, ticks)


def draw_axis(canvas: Canvas, axis: Axis, top: float, bottom: float, title: str) -> None:
    """Draw the ticks of a level axis below the rows that it measures, and its title."""
    for tick in axis.ticks:
        x = axis.at(tick)
        canvas.line([x, x], [top, bottom], colour=RULE, width=0.6, order=0.5)
    canvas.y = bottom + 0.02
    _draw_ticks(canvas, axis)
    if title:
        middle = (axis.start + axis.end) / 2
        lines = canvas.lines(title, canvas.right - canvas.left)
        half = max(canvas.length(line) for line in lines) / 2
        middle = min(max(middle, canvas.left + half), canvas.right - half)
        canvas.y += canvas.text(middle, canvas.y, lines, side="center", colour=QUIET)
    canvas.y += 0.08


def _draw_ticks(canvas: Canvas, axis: Axis) -> None:
    """Write the numbers of the ticks; those that would touch the last one written are left out."""
    written = float("-inf")
    for tick in axis.ticks:
        text = shown(tick)
        half = canvas.length(text, size=canvas.small) / 2
        if axis.at(tick) - half > written:
            canvas.text(axis.at(tick), canvas.y, [text], size=canvas.small, side="center",
                        colour=QUIET)  # fmt: skip
            written = axis.at(tick) + half + 0.04
    canvas.y += line_height(canvas.small)


def scale_of(values: Sequence[Decimal]) -> tuple[Decimal, str]:
    """Return the number to divide large values by, and its word.

    >>> scale_of([Decimal(19_200_000_000_000), Decimal(5)])
    (Decimal('1000000000000'), 'trillion')
    >>> scale_of([Decimal(920)])
    (Decimal('1'), '')
    """
    largest = max((abs(value) for value in values), default=Decimal(0))
    for power, word in POWERS:
        if largest >= Decimal(10) ** power:
            return Decimal(10**power), word
    return Decimal(1), ""
