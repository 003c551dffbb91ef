"""The network of a table of edges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.results import Table
from stikg.terms import Term

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

REQUIRED: Final = (
    "source", "sourceLabel", "target", "targetLabel", "relation", "relationLabel",
)  # fmt: skip

GATHERED: Final = {
    "passages": "passage", "origins": "origin", "via": "via", "via_labels": "viaLabel",
}  # fmt: skip
"""Attribute of an edge that gathers the values of a column from all its rows."""

Row = Mapping[str, Term | None]


def build(
    table: Table,
    *,
    name: str = "network",
    title: str = "",
    directed: bool = True,
    weight_title: str = "",
    counted: str = "",
    filters: Mapping[str, str] | None = None,
) -> Graph:
    """Return the network of a table of edges.

    The graph carries ``name``, ``title``, ``directed``, ``weight_title`` and ``filters``, all
    texts but for ``directed``. Nodes carry ``label``, ``kind`` and ``side`` ("source", "target" or
    "both"; without direction always "both"). Edges carry ``relation``, ``label``, ``passages``, a
    sorted tuple of IRIs (empty when curated or inferred alone), ``origins``, a sorted tuple of
    words such as "stated", ``via`` and ``via_labels``, sorted tuples of what an edge leads over,
    and ``weight``, a float: what the column ``weight`` has for the edge, or the number of things
    in the column ``counted``; 1.0 where there is none. Of several weights the one of the latest
    ``period`` counts, which the edge then carries, and of those the largest. Without direction an
    edge that comes both ways is one, in the order of its first row. Where things of one kind are
    on both sides, as territories that people come from and go to, every ``side`` is "both".

    :raises InputError: if the table lacks a column that an edge needs, a row lacks an end, or a
        weight is no number.
    """
    import networkx as nx

    missing = [column for column in REQUIRED if column not in table.columns]
    if missing:
        raise InputError(
            f"a network needs the columns {', '.join(missing)}",
            remedy="let the query answer source, target and relation, each with its label",
        )
    graph: Graph = nx.MultiDiGraph(
        name=name, title=title or name, directed=directed, weight_title=weight_title,
        filters=dict(filters or {}),
    )  # fmt: skip
    found: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    latest: dict[tuple[str, str, str], tuple[str, str, float]] = {}
    for number, row in enumerate(_rows(table), 1):
        source, target, relation = (_end(row, key, number) for key in REQUIRED[::2])
        _add_node(graph, source, row, "source" if directed else "both")
        _add_node(graph, target, row, "target" if directed else "both")
        if not directed and graph.has_edge(target, source, relation):
            source, target = target, source
        graph.add_edge(
            source, target, key=relation, relation=relation, label=_text(row, "relationLabel")
        )
        edge = (source, target, relation)
        period = _text(row, "period")
        figure = (_year(period), period, _weight(row, number))
        latest[edge] = max(latest.get(edge, figure), figure)
        gathered = found.setdefault(edge, {key: set() for key in GATHERED})
        gathered.setdefault(counted, set())
        for key, column in {**GATHERED, counted: counted}.items():
            gathered[key].update({_text(row, column)} - {""})
    for edge, gathered in found.items():
        data = graph.edges[edge]
        data.update({key: tuple(sorted(gathered[key])) for key in GATHERED})
        _, data["period"], weight = latest[edge]
        data["weight"] = max(weight, float(len(gathered[counted])))
    _join_sides(graph)
    return graph


def _year(period: str) -> str:
    """Return the last year of a period, by which figures are later or earlier.

    >>> _year("2016/2021"), _year("FY2020"), _year("")
    ('2021', '2020', '')
    """
    years = re.findall(r"[0-9]{4}", period)
    return years[-1] if years else ""


def _join_sides(graph: Graph) -> None:
    kinds: dict[str, set[str]] = {}
    for _, data in graph.nodes(data=True):
        kinds.setdefault(data["side"], set()).add(data["kind"])
    if kinds.get("source", set()) & kinds.get("target", set()) - {""}:
        for node in graph:
            graph.nodes[node]["side"] = "both"


def _rows(table: Table) -> Iterator[Row]:
    for row in table.rows:
        yield dict(zip(table.columns, row, strict=True))


def _text(row: Row, column: str) -> str:
    term = row.get(column)
    return "" if term is None else str(term)


def _end(row: Row, column: str, number: int) -> str:
    term = row[column]
    if term is None:
        raise InputError(
            f"row {number} has no {column}", remedy=f"let the query bind ?{column} in every row"
        )
    return str(term)


def _weight(row: Row, number: int) -> float:
    text = _text(row, "weight") or "1"
    try:
        return float(text)
    except ValueError as error:
        raise InputError(
            f"row {number} has the weight {text!r}", remedy="let the query answer a number"
        ) from error


def _add_node(graph: Graph, node: str, row: Row, side: str) -> None:
    known = graph.nodes.get(node)
    column = "target" if node == _text(row, "target") else "source"
    if known is None:
        label, kind = _text(row, f"{column}Label"), _text(row, f"{column}KindLabel")
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
