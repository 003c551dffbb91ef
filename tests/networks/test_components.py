"""Connected components as a table, against networkx."""

from __future__ import annotations

import networkx as nx

from stikg.networks import component_table


def test_components_are_those_of_networkx() -> None:
    plain = nx.disjoint_union_all([nx.path_graph(3), nx.cycle_graph(5), nx.path_graph(3)])
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(directed=True)
    for one, other in plain.edges:
        graph.add_edge(f"urn:{one:02}", f"urn:{other:02}", key="r", label="r")
    for node in list(graph):
        graph.nodes[node].update(label=f"Label {node}", kind="thing")
    table = component_table(graph)
    assert table.columns == ("node", "nodeLabel", "kind", "component", "size")
    found: dict[str, set[str]] = {}
    for row in table:
        found.setdefault(f"{row[3]} of {row[4]}", set()).add(str(row[0]))
    assert found == {
        "1 of 5": {f"urn:{node:02}" for node in range(3, 8)},
        "2 of 3": {f"urn:{node:02}" for node in range(3)},
        "3 of 3": {f"urn:{node:02}" for node in range(8, 11)},
    }
