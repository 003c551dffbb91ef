"""The drawings of a brief: the network that a thing stands in, and its figures over time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from stikg.briefs.model import Picture
from stikg.briefs.panels import NETWORKS
from stikg.dataset import Dataset
from stikg.dataset.thing import Thing
from stikg.results import Table

if TYPE_CHECKING:
    from stikg import figures
    from stikg.networks import Graph

_MOST: Final = 26
"""Nodes that a drawing of a brief shows at most: what fits a page at a readable size."""
_FEWEST: Final = 3
"""Nodes below which a network is not worth a drawing."""
_SERIES: Final = 2
"""Figures over time in one drawing at most."""
_PERIODS: Final = 3
"""Periods that a figure needs, so that a line says something."""
_DPI: Final = 200


def pictures_of(dataset: Dataset, thing: Thing, kind: str) -> Iterator[Picture]:
    """Yield the drawings for a thing: its network and, for a territory, its figures over time."""
    version = f"data {dataset.manifest.get('version', 'in memory')}"
    if kind in NETWORKS:
        name, parameter = NETWORKS[kind]
        given = {parameter: thing.iri.value} if parameter else {}
        graph = around(dataset.to_networkx(name, **given), thing.iri.value)
        if len(graph) >= _FEWEST:
            name = str(graph.graph["title"])
            yield _picture(name, thing, lambda size: _network(graph, name, thing, version, size))
    if kind == "territory":
        table = long_series(dataset.query("statistics", area=thing.iri.value))
        if len(table):
            yield _picture(
                "Figures over time", thing, lambda width: _series(table, thing, version, width)
            )


def _picture(title: str, thing: Thing, make: Callable[[str], figures.Picture]) -> Picture:
    made = cache(make)
    return Picture(
        caption=f"{title}: {thing.label}",
        alt=made("page").alt,
        draw=cache(lambda form, width: made(width).render(form, dpi=_DPI)),
    )


def around(graph: Graph, centre: str) -> Graph:
    """Return a node with its neighbours, and with theirs as long as there are few of them."""
    if centre not in graph:
        return graph.subgraph([]).copy()
    near = {centre, *graph.successors(centre), *graph.predecessors(centre)}
    far = near | {
        other for node in near for other in (*graph.successors(node), *graph.predecessors(node))
    }
    kept = far if len(far) <= _MOST else near
    if len(kept) > _MOST:
        ranked = sorted(kept - {centre}, key=lambda node: (-graph.degree[node], node))
        kept = {centre, *ranked[: _MOST - 1]}
    return graph.subgraph(sorted(kept)).copy()


def long_series(table: Table) -> Table:
    """Return the rows of the figures that have most periods, without those of two things at once.

    A figure counts if it has three periods or more.
    """
    column = {name: index for index, name in enumerate(table.columns)}
    indicator, subject, period = (column[name] for name in ("indicator", "subject", "period"))
    alone = [row for row in table.rows if row[subject] is None]
    seen = {(row[indicator], row[period]) for row in alone if "/" not in str(row[period])}
    counts = Counter(name for name, _ in seen)
    ranked = sorted(counts, key=lambda name: (-counts[name], str(name)))
    kept = [name for name in ranked if counts[name] >= _PERIODS][:_SERIES]
    return Table(
        table.columns,
        tuple(row for row in alone if row[indicator] in kept and "/" not in str(row[period])),
        table.types,
    )


def _network(graph: Graph, title: str, thing: Thing, version: str, width: str) -> figures.Picture:
    from stikg.figures import Caption, draw_graph

    caption = Caption(title, f"around {thing.label} · {version}")
    return draw_graph(graph, caption, width=width)


def _series(table: Table, thing: Thing, version: str, width: str) -> figures.Picture:
    from stikg.figures import Caption, draw

    caption = Caption("Figures over time", f"{thing.label} · {version}")
    return draw(table, caption, kind="series", width=width)
