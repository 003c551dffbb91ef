"""How central the nodes of a network are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.results import Table
from stikg.terms import IRI, XSD, Literal, Term

if TYPE_CHECKING:
    from stikg.networks.building import Graph

MEASURED = ("node", "nodeLabel", "kind", "degree", "edges", "betweenness", "rank")


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
