"""The network of a table of edges."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from stikg.errors import InputError
from stikg.results import Table
from stikg.terms import Term

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

REQUIRED = ("source", "sourceLabel", "target", "targetLabel", "relation", "relationLabel")


def build(table: Table, *, name: str = "network", title: str = "") -> Graph:
    """Return the network of a table of edges.

    Nodes carry ``label``, ``kind`` and ``side`` ("source", "target" or "both"); edges carry
    ``relation``, ``label``, ``passages``, a sorted tuple of IRIs (empty when curated or inferred
    alone), ``origins``, a sorted tuple of words such as "stated", and ``weight``, a float: the
    largest that the column ``weight`` has for the edge, 1.0 without that column.

    :raises InputError: if the table lacks a column that an edge needs.
    """
    import networkx as nx

    missing = [column for column in REQUIRED if column not in table.columns]
    if missing:
        raise InputError(
            f"a network needs the columns {', '.join(missing)}",
            remedy="let the query answer source, target and relation, each with its label",
        )
    graph: Graph = nx.MultiDiGraph(name=name, title=title or name)
    column = {name: index for index, name in enumerate(table.columns)}

    def text(row: tuple[Term | None, ...], name: str) -> str:
        term = row[column[name]] if name in column else None
        return "" if term is None else str(term)

    passages: dict[tuple[str, str, str], set[str]] = {}
    origins: dict[tuple[str, str, str], set[str]] = {}
    for row in table.rows:
        source, target, relation = (text(row, key) for key in ("source", "target", "relation"))
        _add_node(graph, source, text(row, "sourceLabel"), text(row, "sourceKindLabel"), "source")
        _add_node(graph, target, text(row, "targetLabel"), text(row, "targetKindLabel"), "target")
        graph.add_edge(
            source, target, key=relation, relation=relation, label=text(row, "relationLabel")
        )
        edge = (source, target, relation)
        data = graph.edges[edge]
        data["weight"] = max(data.get("weight", 0.0), float(text(row, "weight") or 1))
        _collect(passages, edge, text(row, "passage"))
        _collect(origins, edge, text(row, "origin"))
    for edge, found in passages.items():
        graph.edges[edge]["passages"] = tuple(sorted(found))
        graph.edges[edge]["origins"] = tuple(sorted(origins[edge]))
    return graph


def _collect(
    found: dict[tuple[str, str, str], set[str]], edge: tuple[str, str, str], value: str
) -> None:
    values = found.setdefault(edge, set())
    if value:
        values.add(value)


def _add_node(graph: Graph, node: str, label: str, kind: str, side: str) -> None:
    known = graph.nodes.get(node)
    if known is None:
        graph.add_node(node, label=label, kind=kind, side=side)
    elif known["side"] != side:
        known["side"] = "both"


def node_values(graph: Graph, key: str) -> list[str]:
    """Return an attribute of each node, in the order of the nodes."""
    return [str(graph.nodes[node][key]) for node in graph]


def edge_labels(graph: Graph) -> list[str]:
    """Return the label of each edge."""
    return [str(data["label"]) for *_, data in graph.edges(data=True)]


def select(graph: Graph, keep: Callable[[str], bool]) -> Graph:
    """Return the part of a network whose nodes a test keeps, as a graph of its own."""
    part: Graph = graph.subgraph([node for node in graph if keep(node)]).copy()
    return part
