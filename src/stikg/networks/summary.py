"""What a network counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stikg.networks.building import edge_labels, node_values

if TYPE_CHECKING:
    from stikg.networks.building import Graph


@dataclass(frozen=True)
class Summary:
    """Counts of a network: nodes by kind, edges by relation, connected components, density.

    ``weight`` is the sum of the weights of all edges: their number where nothing weighs them.
    ``curated`` counts the edges that are reference data alone.
    """

    nodes: int
    edges: int
    components: int
    density: float
    node_kinds: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, int], ...]
    weight: float = 0.0
    curated: int = 0


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
        curated=sum(data["origins"] == ("curated",) for *_, data in graph.edges(data=True)),
        weight=sum(data["weight"] for *_, data in graph.edges(data=True)),
    )


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(values)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
