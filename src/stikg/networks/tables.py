"""The edges of a network as tables: one row for each, or one for each passage that states it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from stikg.results import Row, Table
from stikg.terms import IRI, XSD, Literal

if TYPE_CHECKING:
    from stikg.networks.building import Graph

EDGE_COLUMNS: Final = (
    "source", "sourceLabel", "relation", "relationLabel", "target", "targetLabel", "weight",
    "period", "via", "passages", "origins",
)  # fmt: skip
EVIDENCE_COLUMNS: Final = (
    "source", "sourceLabel", "relation", "relationLabel", "target", "targetLabel", "via",
    "origin", "document", "documentLabel", "section", "passage",
)  # fmt: skip


class Place(NamedTuple):
    """Where a passage stands: its document with its label, and the number of its section."""

    document: str
    label: str
    section: str


def edge_table(graph: Graph) -> Table:
    """Return the edges, the heaviest first.

    ``period`` is that of the weight, if it is a figure; ``via`` holds the labels of what an edge
    leads over, ``passages`` how many state it.
    """
    rows = [
        (
            *_ends(graph, edge),
            Literal(plain_number(data["weight"]), XSD + "decimal"),
            Literal(data["period"]),
            _via(data),
            Literal(str(len(data["passages"])), XSD + "integer"),
            Literal("; ".join(data["origins"])),
        )
        for edge, data in _sorted(graph)
    ]
    return Table(EDGE_COLUMNS, tuple(rows))


def evidence_table(graph: Graph, places: Mapping[str, Place]) -> Table:
    """Return what states each edge: a row for each passage, or one with the origin alone.

    ``via`` is all that the edge leads over, whichever of its passages says so;
    ``places`` tells where each passage stands.
    """
    rows: list[Row] = []
    for edge, data in _sorted(graph):
        ends = _ends(graph, edge)
        via, origin = _via(data), Literal("; ".join(data["origins"]))
        for passage in data["passages"]:
            place = places.get(passage)
            where: Row = (None, None, None) if place is None else (
                IRI(place.document), Literal(place.label), Literal(place.section)
            )  # fmt: skip
            rows.append((*ends, via, origin, *where, IRI(passage)))
        if not data["passages"]:
            rows.append((*ends, via, origin, None, None, None, None))
    return Table(EVIDENCE_COLUMNS, tuple(rows))


def plain_number(value: float) -> str:
    """Return a number without needless digits.

    >>> plain_number(3.0), plain_number(2.5)
    ('3', '2.5')
    """
    return str(int(value)) if value == int(value) else str(value)


def _via(data: Mapping[str, Any]) -> Literal:
    return Literal("; ".join(data["via_labels"] or data["via"]))


def _ends(graph: Graph, edge: tuple[str, str, str]) -> Row:
    source, target, relation = edge
    labels = (
        graph.nodes[source]["label"],
        graph.edges[edge]["label"],
        graph.nodes[target]["label"],
    )
    first, middle, last = map(Literal, labels)
    return (IRI(source), first, IRI(relation), middle, IRI(target), last)


def _sorted(graph: Graph) -> Iterator[tuple[tuple[str, str, str], dict[str, Any]]]:
    def order(edge: tuple[str, str, str]) -> tuple[Any, ...]:
        data, nodes = graph.edges[edge], graph.nodes
        return (-data["weight"], nodes[edge[0]]["label"], data["label"], nodes[edge[1]]["label"],
                edge)  # fmt: skip

    for edge in sorted(graph.edges(keys=True), key=order):
        yield edge, graph.edges[edge]
