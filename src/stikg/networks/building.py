"""The network of a table of edges."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.results import Stream, Table
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

Cells = Sequence[Term | None]


def build(
    table: Table | Stream,
    *,
    name: str = "network",
    title: str = "",
    directed: bool = True,
    weight_title: str = "",
    counted: str = "",
    filters: Mapping[str, str] | None = None,
) -> Graph:
    """Return the network of a table of edges, or of rows as they come.

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
    at = {column: place for place, column in enumerate(table.columns)}
    nodes: dict[str, dict[str, str]] = {}
    edges: dict[tuple[str, str, str], list[Cells]] = {}
    for number, row in enumerate(table.rows, 1):
        source, target, relation = (end_of(row, at, key, number) for key in REQUIRED[::2])
        edge_weight(row, at, number)
        for end in ("source", "target"):
            _add_node(nodes, row, at, end, side=end if directed else "both")
        edge = (source, target, relation)
        if not directed and edge not in edges and (target, source, relation) in edges:
            edge = (target, source, relation)
        edges.setdefault(edge, []).append(row)
    _join_sides(nodes)
    graph.add_nodes_from(nodes.items())
    for edge in list(edges):
        rows = edges.pop(edge)  # its attributes take their place
        graph.add_edge(*edge, relation=edge[2], **_attributes(rows, at, counted))
    return graph


def _attributes(rows: Sequence[Cells], at: Mapping[str, int], counted: str) -> dict[str, Any]:
    """Return the attributes of an edge from its rows; the number of things counted weighs, too."""
    period, weight = "", -math.inf
    if len(rows) == 1:
        period, weight = _text(rows[0], at, "period"), edge_weight(rows[0], at)
    else:
        figures = ((_text(row, at, "period"), edge_weight(row, at)) for row in rows)
        _, period, weight = max((_year(period), period, weight) for period, weight in figures)
    return {
        "label": _text(rows[-1], at, "relationLabel"),
        **{key: _texts(rows, at, column) for key, column in GATHERED.items()},
        "period": period,
        "weight": max(weight, float(len(_texts(rows, at, counted)))),
    }


def _texts(rows: Sequence[Cells], at: Mapping[str, int], column: str) -> tuple[str, ...]:
    if column not in at:
        return ()
    if len(rows) == 1:
        text = _text(rows[0], at, column)
        return (text,) if text else ()
    return tuple(sorted({_text(row, at, column) for row in rows} - {""}))


def _year(period: str) -> str:
    """Return the last year of a period, by which figures are later or earlier.

    >>> _year("2016/2021"), _year("FY2020"), _year("")
    ('2021', '2020', '')
    """
    years = re.findall(r"[0-9]{4}", period) if period else []
    return years[-1] if years else ""


def _join_sides(nodes: Mapping[str, dict[str, str]]) -> None:
    kinds: dict[str, set[str]] = {}
    for data in nodes.values():
        kinds.setdefault(data["side"], set()).add(data["kind"])
    if kinds.get("source", set()) & kinds.get("target", set()) - {""}:
        for data in nodes.values():
            data["side"] = "both"


def _text(row: Cells, at: Mapping[str, int], column: str) -> str:
    place = at.get(column)
    term = None if place is None else row[place]
    return "" if term is None else str(term)


def end_of(row: Cells, at: Mapping[str, int], column: str, number: int) -> str:
    """Return an end of an edge, or its relation.

    :raises InputError: if the row lacks it.
    """
    term = row[at[column]]
    if term is None:
        raise InputError(
            f"row {number} has no {column}", remedy=f"let the query bind ?{column} in every row"
        )
    return str(term)


def edge_weight(row: Cells, at: Mapping[str, int], number: int = 0) -> float:
    """Return the weight that a row has, 1 where it has none; ``at`` tells where each column is.

    :raises InputError: if it is no number.
    """
    text = _text(row, at, "weight")
    try:
        return float(text or 1)
    except ValueError as error:
        raise InputError(
            f"row {number} has the weight {text!r}", remedy="let the query answer a number"
        ) from error


def _add_node(
    nodes: dict[str, dict[str, str]], row: Cells, at: Mapping[str, int], end: str, *, side: str
) -> None:
    node = str(row[at[end]])
    known = nodes.get(node)
    if known is None:
        label, kind = _text(row, at, f"{end}Label"), _text(row, at, f"{end}KindLabel")
        nodes[node] = {"label": label, "kind": kind, "side": side}
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
