"""One side of a two-sided network, its nodes linked by what they share."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.results import Row, Table
from stikg.terms import BASE, IRI, XSD, Literal

if TYPE_CHECKING:
    from stikg.networks.building import Graph

SIDES: Final = ("source", "target")
WEIGHTS: Final = ("count", "newman")
COLUMNS: Final = (
    "source", "sourceLabel", "sourceKind", "target", "targetLabel", "targetKind",
    "weight", "shared", "sharedLabels", "passages",
)  # fmt: skip


def project(graph: Graph, side: str, *, weight: str = "count") -> Graph:
    """Return the network of one side, an edge between any two nodes that share a neighbour.

    The weight of an edge is the number of neighbours shared, or, by ``newman``, the sum of
    1 / (k − 1) over them, k being the neighbours of the shared node on this side: who shares a
    node with many is tied less to each (Newman 2001, "Scientific collaboration networks. II").

    An edge carries ``shared``, the shared nodes, ``halves``, for each of them its IRI, the
    passages that link it to the first and those that link it to the second node, and, as every
    edge, ``passages``, ``origins`` and ``weight``. The first node of an edge has the lesser IRI.

    :raises InputError: if side or weight has another value, or the network has not two sides.
    """
    import networkx as nx

    if side not in SIDES or weight not in WEIGHTS:
        raise InputError(
            f"no projection onto {side!r} with weight {weight!r}",
            remedy=f"use a side of {', '.join(SIDES)} and a weight of {', '.join(WEIGHTS)}",
        )
    kept = [node for node in sorted(graph) if graph.nodes[node]["side"] == side]
    if any(graph.nodes[node]["side"] not in SIDES for node in graph):
        raise InputError(
            "a node of the network is on both sides", remedy="only a two-sided network is projected"
        )
    name = str(graph.graph.get("name", "network"))
    title = str(graph.graph.get("title", name))
    projected: Graph = nx.MultiDiGraph(
        name=f"{name}-{side}",
        title=f"{title}: {side}s by what they share",
        directed=False,
        weight_title="shared" if weight == "count" else "shared, by 1 / (k − 1)",
    )
    for node in kept:
        projected.add_node(node, **{**graph.nodes[node], "side": "both"})
    relation = f"{BASE}network/{name}/shared-by-{side}"
    for pair, found in _shared(graph, kept).items():
        _link(projected, pair, found, relation, weight)
    return projected


_Half = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], int]


def _shared(graph: Graph, kept: list[str]) -> dict[tuple[str, str], list[_Half]]:
    """Return for each pair the shared nodes: IRI, passages of both halves, origins, neighbours."""
    members = set(kept)
    pairs: dict[tuple[str, str], list[_Half]] = {}
    for middle in sorted(node for node in graph if node not in members):
        halves = {node: _evidence(graph, middle, node) for node in _neighbours(graph, middle)}
        for one, other in combinations(sorted(halves), 2):
            origins = tuple(sorted({*halves[one][1], *halves[other][1]}))
            half = (middle, halves[one][0], halves[other][0], origins, len(halves))
            pairs.setdefault((one, other), []).append(half)
    return pairs


def _neighbours(graph: Graph, node: str) -> set[str]:
    return {*graph.predecessors(node), *graph.successors(node)}


def _evidence(graph: Graph, one: str, other: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the passages and the origins of all edges between two nodes."""
    passages: set[str] = set()
    origins: set[str] = set()
    for pair in ((one, other), (other, one)):
        for data in (graph.get_edge_data(*pair) or {}).values():
            passages.update(data.get("passages", ()))
            origins.update(data.get("origins", ()))
    return tuple(sorted(passages)), tuple(sorted(origins))


def _link(
    projected: Graph, pair: tuple[str, str], found: list[_Half], relation: str, weight: str
) -> None:
    passages = {passage for half in found for part in half[1:3] for passage in part}
    projected.add_edge(
        *pair,
        key=relation,
        relation=relation,
        label="shares",
        weight=sum(1.0 if weight == "count" else 1 / (half[4] - 1) for half in found),
        shared=tuple(half[0] for half in found),
        halves=tuple(half[:3] for half in found),
        passages=tuple(sorted(passages)),
        origins=tuple(sorted({origin for half in found for origin in half[3]})),
    )


def projected_edges(graph: Graph, projected: Graph) -> Table:
    """Return the edges of a projection, the heaviest first, with what their nodes share.

    ``shared`` is the number of shared nodes, ``passages`` that of the passages of both halves.
    """
    rows: list[tuple[tuple[float, str, str, str], Row]] = []
    for source, target, data in projected.edges(data=True):
        ends = [
            cell
            for node in (source, target)
            for cell in (
                IRI(node),
                Literal(str(projected.nodes[node]["label"])),
                Literal(str(projected.nodes[node]["kind"])),
            )
        ]
        names = sorted(str(graph.nodes[node]["label"]) for node in data["shared"])
        row = (
            *ends,
            Literal(f"{data['weight']:.6f}", XSD + "decimal"),
            Literal(str(len(names)), XSD + "integer"),
            Literal("; ".join(names)),
            Literal(str(len(data["passages"])), XSD + "integer"),
        )
        key = (-round(data["weight"], 6), str(ends[1]), str(ends[4]), f"{source} {target}")
        rows.append((key, row))
    return Table(COLUMNS, tuple(row for _, row in sorted(rows, key=lambda item: item[0])))
