"""The sheet that charts are drawn on: inches from the upper left corner, down a growing page.

What is drawn never overlaps by luck: texts are measured first, each line of text is an artist of
its own, and the sheet is as high as what is on it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from stikg.figures.style import FAINT, INK, QUIET, RULE, Look, text_size
from stikg.figures.text import GAP, fit, font, line_height, measure, printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Side = Literal["left", "center", "right"]
Sample = Literal["marker", "line", "box", "both", "stream"]

MARGIN: Final = 0.1
"""Inches that stay white at each edge."""
ASCENT: Final = 0.94
"""Distance of the baseline from the top of a line, over the size of the text."""
NO_FONT: Final = f"{GAP} stands for characters that no font of this machine has."


@dataclass(frozen=True)
class Caption:
    """What is printed around a picture: title, subtitle (filter, data version), licence."""

    title: str
    subtitle: str = ""
    licence: str = "Graph: stikg, CC BY 4.0"


@dataclass(frozen=True)
class Entry:
    """A line of a legend: a sample of a look, and a label with a count; both: box and marker."""

    sample: Sample
    look: Look
    label: str
    filled: bool = True


class Canvas:
    """A sheet of a width in inches; ``y`` is the next free place below what is drawn."""

    def __init__(self, caption: Caption, width: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.caption = caption
        self.width = width
        self.size = text_size(width)
        self.small = max(5.0, self.size - 1)
        self.left, self.right = MARGIN, width - MARGIN
        self.y = MARGIN
        self.figure: Figure = Figure(figsize=(width, 1), dpi=300)
        FigureCanvasAgg(self.figure)
        self.axes: Axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.axis("off")
        self._gaps = False

    def head(self, counts: str) -> None:
        """Write title, subtitle and counts at the top."""
        self.paragraph(self.caption.title, size=self.size * 1.45, bold=True)
        parts = [part for part in (self.caption.subtitle, counts) if part]
        self.paragraph(" · ".join(parts), colour=QUIET)
        self.y += 0.08

    def foot(self, notes: Sequence[str] = ()) -> Figure:
        """Write notes and licence at the bottom and return the figure, as high as it needs."""
        self.y += 0.06
        self.line([self.left, self.right], [self.y, self.y], colour=RULE, width=0.6)
        self.y += 0.04
        lines = [printable(note) for note in (*notes, self.caption.licence)]
        if self._gaps or any(gaps for _, gaps in lines):
            lines.insert(len(notes), (NO_FONT, False))
        for note, _ in lines:
            self.paragraph(note, size=self.small, colour=QUIET)
        height = self.y + MARGIN - 0.04
        self.figure.set_size_inches(self.width, height)
        self.axes.set_xlim(0, self.width)
        self.axes.set_ylim(height, 0)
        return self.figure

    def lines(
        self, text: str, room: float, *, size: float | None = None, lines: int | None = None,
        bold: bool = False,
    ) -> list[str]:  # fmt: skip
        """Return a text in lines that fit into a room in inches."""
        shown, gaps = printable(text)
        self._gaps = self._gaps or gaps
        return fit(shown, room, size or self.size, lines=lines, bold=bold)

    def length(self, text: str, *, size: float | None = None, bold: bool = False) -> float:
        """Return the length in inches of a text on one line."""
        return measure(printable(text)[0], size or self.size, bold=bold)

    def text(
        self, x: float, y: float, lines: Sequence[str], *, size: float | None = None,
        side: Side = "left", colour: str = INK, bold: bool = False, middle: bool = False,
        paper: str | None = None,
    ) -> float:  # fmt: skip
        """Write lines below y, or around it if ``middle``; return the height that they take.

        ``paper`` is the colour laid below them, which hides what is drawn there.
        """
        size = size or self.size
        step = line_height(size)
        top = y - step * len(lines) / 2 if middle else y
        if paper is not None:
            wide = max(measure(line, size, bold=bold) for line in lines)
            start = x - wide * {"left": 0, "center": 0.5, "right": 1}[side]
            self.box(start - 0.015, top, wide + 0.03, step * len(lines), colour=paper, order=4)
        for number, line in enumerate(lines):
            self.axes.text(
                x, top + step * number + ASCENT * size / 72, line, color=colour,
                fontproperties=font(line, size, bold=bold), horizontalalignment=side,
                verticalalignment="baseline", zorder=6, parse_math=False,
            )  # fmt: skip
        return step * len(lines)

    def upright(self, x: float, y: float, text: str, *, size: float, colour: str = INK) -> None:
        """Write a line from bottom to top that ends at the middle x and begins at y."""
        self.axes.text(
            x + 0.36 * size / 72, y, text, color=colour, fontproperties=font(text, size),
            rotation=90, rotation_mode="anchor", horizontalalignment="left",
            verticalalignment="baseline", zorder=6, parse_math=False,
        )  # fmt: skip

    def paragraph(
        self, text: str, *, size: float | None = None, colour: str = INK, bold: bool = False
    ) -> None:
        """Write a text over the whole width at y, and go on below it."""
        if text:
            lines = self.lines(text, self.right - self.left, size=size, bold=bold)
            self.y += self.text(self.left, self.y, lines, size=size, colour=colour, bold=bold)

    def line(
        self, xs: Sequence[float], ys: Sequence[float], *, colour: str = INK, width: float = 1.0,
        dash: Any = "solid", order: float = 1, strength: float = 1.0,
    ) -> None:  # fmt: skip
        """Draw a line through points; the width is in points."""
        self.axes.plot(
            xs, ys, color=colour, linewidth=width, linestyle=dash, zorder=order, alpha=strength,
            solid_capstyle="butt", scalex=False, scaley=False,
        )  # fmt: skip

    def marker(
        self, x: float, y: float, shape: str, *, colour: str, across: float, filled: bool = True,
        order: float = 3, edge: str = INK, weight: float = 0.6,
    ) -> None:  # fmt: skip
        """Draw a marker, so many inches across; one that is not filled has a coloured edge."""
        self.axes.plot(
            [x], [y], linestyle="none", marker=shape, markersize=across * 72, zorder=order,
            markerfacecolor=colour if filled else "white",
            markeredgecolor=edge if filled else colour,
            markeredgewidth=weight if filled else 1.1, scalex=False, scaley=False,
        )  # fmt: skip

    def head_of_arrow(self, x: float, y: float, across: float, down: float) -> None:
        """Draw the head of an arrow that points so far across and down, with its middle at x, y."""
        turn = math.degrees(math.atan2(-down, across)) - 90
        self.axes.plot(
            [x], [y], linestyle="none", marker=(3, 0, turn), markersize=3.6, color=QUIET, zorder=2,
            markeredgewidth=0, scalex=False, scaley=False,
        )  # fmt: skip

    def box(
        self, x: float, y: float, width: float, height: float, *, colour: str = FAINT,
        hatch: str = "", edge: str | None = None, order: float = 2,
    ) -> None:  # fmt: skip
        """Fill a box whose upper left corner is at x and y; a hatch is drawn in ink."""
        from matplotlib.patches import Rectangle

        patch = Rectangle(
            (x, y), width, height, facecolor=colour, hatch=hatch or None, zorder=order,
            edgecolor=edge or INK, linewidth=0.4 if edge or hatch else 0,
        )  # fmt: skip
        self.axes.add_artist(patch)

    def stream(
        self, across: tuple[float, float], down: tuple[float, float], height: float, seen: Look
    ) -> None:
        """Fill a stream of a height that bends from one place to another, by its look."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        (x1, x2), (y1, y2) = across, down
        bend = (x1 + x2) / 2
        points = [
            (x1, y1), (bend, y1), (bend, y2), (x2, y2),
            (x2, y2 + height), (bend, y2 + height), (bend, y1 + height), (x1, y1 + height),
            (x1, y1),
        ]  # fmt: skip
        curve, straight = Path.CURVE4, Path.LINETO
        codes = [Path.MOVETO, curve, curve, curve, straight, curve, curve, curve, straight]
        patch = PathPatch(
            Path(points, codes), facecolor=seen.colour, alpha=0.62, hatch=seen.hatch or None,
            edgecolor="white", linewidth=0.3, zorder=2,
        )  # fmt: skip
        self.axes.add_artist(patch)

    def legend(self, title: str, entries: Sequence[Entry]) -> None:
        """Draw a legend at y in as many columns as fit, and go on below it."""
        if not entries:
            return
        self.y += self.text(self.left, self.y, self.lines(title, 9, bold=True), bold=True)
        sample = 2.4 * self.size / 72
        across = self.right - self.left
        widest = max(self.length(entry.label) for entry in entries) + sample + 0.2
        columns = max(1, min(len(entries), int(across / widest)))
        room = across / columns if columns == 1 else widest
        for start in range(0, len(entries), columns):
            deepest = 1
            for place, entry in enumerate(entries[start : start + columns]):
                x = self.left + place * room
                lines = self.lines(entry.label, room - sample - 0.06)
                deepest = max(deepest, len(lines))
                self._sample(x, self.y + line_height(self.size) / 2, entry, sample)
                self.text(x + sample + 0.06, self.y, lines)
            self.y += deepest * line_height(self.size) + 0.01
        self.y += 0.05

    def _sample(self, x: float, y: float, entry: Entry, length: float) -> None:
        high = 0.95 * self.size / 72
        if entry.sample == "line":
            self.line([x, x + length], [y, y], colour=entry.look.colour, dash=entry.look.dash,
                      width=1.4)  # fmt: skip
        if entry.sample == "stream":
            self.stream((x, x + length), (y - high / 2, y - high / 2), high, entry.look)
        if entry.sample in ("box", "both"):
            wide = length if entry.sample == "box" else 0.6 * length
            self.box(x, y - high / 2, wide, high, colour=entry.look.colour,
                     hatch=entry.look.hatch, edge=INK)  # fmt: skip
        if entry.sample in ("marker", "both"):
            middle = x + length * (0.5 if entry.sample == "marker" else 0.84)
            self.marker(middle, y, entry.look.shape, colour=entry.look.colour,
                        across=high if entry.sample == "marker" else 0.8 * high,
                        filled=entry.filled)  # fmt: skip
