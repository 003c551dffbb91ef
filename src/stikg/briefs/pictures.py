"""The drawings of a brief: the networks that a thing stands in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Final

from stikg.briefs.model import Picture
from stikg.briefs.panels import NETWORKS
from stikg.dataset import Dataset
from stikg.dataset.thing import Thing

if TYPE_CHECKING:
    from stikg.networks import Graph

_MOST: Final = 26
"""Nodes that a drawing of a brief shows at most: what fits a page at a readable size."""


def pictures_of(dataset: Dataset, thing: Thing, kind: str) -> Iterator[Picture]:
    """Yield the drawings for a thing: what it is tied to, and their ties while they fit."""
    if kind not in NETWORKS:
        return
    name, parameter = NETWORKS[kind]
    given = {parameter: thing.iri.value} if parameter else {}
    graph = around(dataset.to_networkx(name, **given), thing.iri.value)
    if len(graph) < 3:
        return
    version = f"data {dataset.manifest.get('version', 'in memory')}"
    title = str(graph.graph["title"])
    yield Picture(
        caption=f"{title}, around {thing.label}: {len(graph)} things.",
        alt=_words(graph, thing),
        draw=cache(lambda form: _draw(graph, form, title, f"around {thing.label} · {version}")),
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


def _words(graph: Graph, thing: Thing) -> str:
    centre = thing.iri.value
    tied = {*graph.successors(centre), *graph.predecessors(centre)}
    near = sorted(str(graph.nodes[node]["label"]) for node in tied)
    return f"{thing.label} is tied to {', '.join(near)}."


def _draw(graph: Graph, form: str, title: str, subtitle: str) -> bytes:
    from stikg.figures import Caption, render_network

    return render_network(graph, form, Caption(title, subtitle))
