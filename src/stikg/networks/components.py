"""The connected components of a network, as a table of its nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.results import Row, Table

if TYPE_CHECKING:
    from stikg.networks.building import Graph


def component_table(graph: Graph) -> Table:
    """Return the nodes by connected component, direction ignored: its number, and its size.

    The largest is the first; of equal ones that whose first node, by IRI, comes first.
    """
    from stikg.networks.measures.adjacency import adjacency_of
    from stikg.networks.measuring import described, number

    network = adjacency_of(graph)
    groups: dict[int, list[str]] = {}
    for node, part in zip(network.nodes, network.components.tolist(), strict=True):
        groups.setdefault(part, []).append(node)
    rows: list[Row] = []
    for place, members in enumerate(sorted(groups.values(), key=lambda m: (-len(m), m[0])), 1):
        for node in sorted(members, key=lambda node: (str(graph.nodes[node]["label"]), node)):
            rows.append((*described(graph, node), number(place), number(len(members))))
    return Table(("node", "nodeLabel", "kind", "component", "size"), tuple(rows))
