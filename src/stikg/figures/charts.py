"""The kinds of charts by name, and one call that draws any of them."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.figures.canvas import Canvas, Caption
from stikg.figures.picture import Picture
from stikg.figures.reading import Content, Options, names, numbers
from stikg.figures.style import read_width
from stikg.library.model import CHARTS
from stikg.results import Table

if TYPE_CHECKING:
    from stikg.networks import Graph

EDGES: Final = frozenset({"source", "target", "relation"})


def draw(
    table: Table,
    caption: Caption,
    *,
    kind: str | None = None,
    width: str | float = "page",
    options: Options | None = None,
) -> Picture:
    """Return the picture of a table; without a kind the one that its columns are made for.

    A network has the columns of an edge: source, target, relation and their labels.

    :raises InputError: if there is no such kind, the table lacks a column that it needs, is
        empty, or has more than the width holds.
    """
    kind = kind or find_kind(table)
    if kind is None:
        raise InputError(
            f"no kind of picture is made for the columns {', '.join(table.columns)}",
            remedy=f"name one of {', '.join(CHARTS)}",
        )
    if kind not in CHARTS:
        raise InputError(
            f"{kind!r} is not a kind of picture", remedy=f"use one of {', '.join(CHARTS)}"
        )
    if kind == "network":
        from stikg.networks import build

        return draw_graph(build(table), caption, width=width, options=options)
    chart: Callable[[Table, Canvas, Options], Content]
    chart = import_module(f"stikg.figures.{kind}").draw
    canvas = Canvas(caption, read_width(width))
    return _finished(canvas, chart(table, canvas, options or Options()))


def draw_graph(
    graph: Graph,
    caption: Caption,
    *,
    width: str | float = "page",
    options: Options | None = None,
) -> Picture:
    """Return the picture of a networkx graph that ``stikg.networks.build`` made.

    :raises InputError: if it is empty, the layout does not fit it, or the labels have no room.
    """
    from stikg.figures.network import draw_network

    canvas = Canvas(caption, read_width(width))
    return _finished(canvas, draw_network(graph, canvas, options or Options()))


def _finished(canvas: Canvas, content: Content) -> Picture:
    alt = f"{canvas.caption.title}. {content.alt}"
    return Picture(canvas.foot(content.notes), canvas.caption, alt, content.data)


def find_kind(table: Table) -> str | None:
    """Return the kind of picture that the columns of a table are made for, or None.

    >>> find_kind(Table(("strategy", "strategyLabel", "start", "end"), ()))
    'timeline'
    """
    columns = set(table.columns)
    if columns >= EDGES:
        return "network"
    if columns >= {"indicator", "period", "value", "unit"}:
        return "bars"
    if columns >= {"longlisted", "shortlisted"}:
        return "alluvial"
    if columns >= {"territory", "technology", "stage"}:
        return "matrix"
    if columns >= {"start", "end"} and names(table):
        return "timeline"
    counts = numbers(table)
    if len(names(table)) == 2 and len(counts) == 1:
        return "heatmap"
    return "ranking" if counts and (names(table) or "nodeLabel" in columns) else None
