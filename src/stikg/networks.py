"""Networks made from edge queries, and what they measure.

A network query answers one row for each edge and passage: ``source``, ``target``, ``relation``,
their labels and kinds, ``passage``. The graph is a networkx ``MultiDiGraph``: one edge for each
source, target and relation, which carries the passages that state it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stikg.errors import InputError
from stikg.results import Table
from stikg.terms import IRI, XSD, Literal, Term

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

REQUIRED = ("source", "sourceLabel", "target", "targetLabel", "relation", "relationLabel")
MEASURED = ("node", "nodeLabel", "kind", "degree", "edges", "betweenness", "rank")


@dataclass(frozen=True)
class Summary:
    """Counts of a network: nodes by kind, edges by relation, connected components, density."""

    nodes: int
    edges: int
    components: int
    density: float
    node_kinds: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]


def build(table: Table, *, name: str = "network", title: str = "") -> Graph:
    """Return the network of a table of edges.

    Nodes carry ``label``, ``kind`` and ``side`` ("source", "target" or "both"); edges carry
    ``relation``, ``label`` and ``passages``, a sorted tuple of IRIs (empty when curated or
    inferred alone).

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
    for row in table.rows:
        source, target, relation = (text(row, key) for key in ("source", "target", "relation"))
        _add_node(graph, source, text(row, "sourceLabel"), text(row, "sourceKindLabel"), "source")
        _add_node(graph, target, text(row, "targetLabel"), text(row, "targetKindLabel"), "target")
        graph.add_edge(
            source, target, key=relation, relation=relation, label=text(row, "relationLabel")
        )
        found = passages.setdefault((source, target, relation), set())
        if passage := text(row, "passage"):
            found.add(passage)
    for (source, target, relation), found in passages.items():
        graph.edges[source, target, relation]["passages"] = tuple(sorted(found))
    return graph


def _add_node(graph: Graph, node: str, label: str, kind: str, side: str) -> None:
    known = graph.nodes.get(node)
    if known is None:
        graph.add_node(node, label=label, kind=kind, side=side)
    elif known["side"] != side:
        known["side"] = "both"


def summarise(graph: Graph) -> Summary:
    """Count nodes, edges, connected components (direction ignored) and the density.

    The density is that of the undirected simple graph, and of the bipartite graph (edges over
    pairs of the two sides) when no node is on both sides.
    """
    import networkx as nx

    simple = nx.Graph(graph)
    sides = Counter(node_values(graph, "side"))
    pairs = (
        sides["source"] * sides["target"]
        if sides["source"] and sides["target"] and not sides["both"]
        else len(simple) * (len(simple) - 1) / 2
    )
    return Summary(
        nodes=len(graph),
        edges=graph.number_of_edges(),
        components=nx.number_connected_components(simple) if len(simple) else 0,
        density=simple.number_of_edges() / pairs if pairs else 0.0,
        node_kinds=_counted(node_values(graph, "kind")),
        relations=_counted(edge_labels(graph)),
    )


def node_values(graph: Graph, key: str) -> list[str]:
    """Return an attribute of each node, in the order of the nodes."""
    return [str(graph.nodes[node][key]) for node in graph]


def edge_labels(graph: Graph) -> list[str]:
    """Return the label of each edge."""
    return [str(data["label"]) for *_, data in graph.edges(data=True)]


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(values)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def measure(graph: Graph) -> Table:
    """Return degree and betweenness of each node, the most central first.

    ``degree`` is the number of distinct neighbours, ``edges`` that of edges of any relation.
    ``betweenness`` is Freeman's (1977), on the undirected simple graph, divided by the number of
    pairs of other nodes: from 0 to 1; nodes in different components have no path between
    them and add nothing. Nodes of equal degree and betweenness share a ``rank``.
    """
    import networkx as nx

    simple = nx.Graph(graph)
    simple.remove_edges_from(list(nx.selfloop_edges(simple)))
    between = nx.betweenness_centrality(simple)
    rounded = {node: round(value, 6) for node, value in between.items()}

    def order(node: str) -> tuple[int, float, str, str]:
        label = str(graph.nodes[node]["label"])
        return (-simple.degree[node], -rounded[node], label, node)

    rows: list[tuple[Term | None, ...]] = []
    rank = 0
    previous: tuple[int, float] | None = None
    for place, node in enumerate(sorted(graph.nodes, key=order), start=1):
        key = (simple.degree[node], rounded[node])
        rank = rank if key == previous else place
        previous = key
        rows.append(
            (
                IRI(node),
                Literal(str(graph.nodes[node]["label"])),
                Literal(str(graph.nodes[node]["kind"])),
                _integer(simple.degree[node]),
                _integer(graph.degree[node]),
                Literal(f"{rounded[node]:.6f}", XSD + "decimal"),
                _integer(rank),
            )
        )
    return Table(columns=MEASURED, rows=tuple(rows))


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


def select(graph: Graph, keep: Callable[[str], bool]) -> Graph:
    """Return the part of a network whose nodes a test keeps, as a graph of its own."""
    part: Graph = graph.subgraph([node for node in graph if keep(node)]).copy()
    return part
