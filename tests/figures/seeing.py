"""What can be measured of a figure: texts that lie on each other or off the sheet."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from stikg.results import Table
from stikg.terms import IRI, XSD, Literal, Term

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SLACK = 0.01
"""Inches that a renderer may round."""


def boxes(figure: Figure) -> list[tuple[str, float, float, float, float]]:
    """Return each text with its left, bottom, right and top in inches, as drawn."""
    found = []
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        ends = (box.x0, box.y0, box.x1, box.y1)
        found.append((text.get_text(), *(float(end) / figure.dpi for end in ends)))
    return found  # type: ignore[return-value]


def overlaps(figure: Figure) -> list[tuple[str, str]]:
    """Return the pairs of texts that lie on each other."""
    return [
        (a[0], b[0])
        for a, b in combinations(boxes(figure), 2)
        if min(a[3], b[3]) - max(a[1], b[1]) > SLACK and min(a[4], b[4]) - max(a[2], b[2]) > SLACK
    ]


def outside(figure: Figure) -> list[str]:
    """Return the texts that run off the sheet."""
    width, height = figure.get_size_inches()
    return [
        text
        for text, left, bottom, right, top in boxes(figure)
        if left < 0 or bottom < 0 or right > width or top > height
    ]


def words(figure: Figure) -> str:
    """Return all that is written, line by line."""
    return "\n".join(text.get_text() for text in figure.axes[0].texts)


def table(columns: str, *rows: str) -> Table:
    """Return a table written as text: cells parted by |; a column ending in # holds numbers.

    A column ending in * is a resource with a label column, ? a truth value; a cell may be empty.
    """
    names = columns.split("|")
    flat = [name for key in names for name in _columns(key)]
    made = [
        tuple(term for key, cell in zip(names, row.split("|"), strict=True)
              for term in _terms(key, cell.strip()))
        for row in rows
    ]  # fmt: skip
    return Table(tuple(flat), tuple(made))


def _columns(key: str) -> list[str]:
    name = key.rstrip("*#?")
    return [name, f"{name}Label"] if key.endswith("*") else [name]


def _terms(key: str, cell: str) -> list[Term | None]:
    if not cell:
        return [None] * len(_columns(key))
    if key.endswith("*"):
        return [IRI("urn:" + cell.encode().hex()), Literal(cell)]
    kind = {"#": XSD + ("decimal" if "." in cell else "integer"), "?": XSD + "boolean"}
    return [Literal(cell, kind[key[-1]])] if key[-1] in kind else [Literal(cell)]
