"""Where the nodes of a network are: in columns, or free."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx as nx

    from stikg.networks import Graph

    Simple = nx.Graph[str]

Positions = dict[str, tuple[float, float]]

NEARER: Final = 0.7
"""Power of the distances of a free layout: below 1, neighbours stand less close together."""
SWEEPS: Final = 12
"""How often the order in the columns is improved (the barycentre method: Sugiyama, 1981)."""


def components(graph: Graph) -> list[list[str]]:
    """Return the connected parts of a network, the largest first, nodes sorted."""
    import networkx as nx

    parts = [sorted(part) for part in nx.connected_components(nx.Graph(graph))]
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def layers_of(graph: Graph) -> dict[str, int]:
    """Return the layer of each node: one more than that of the last node that points to it.

    Nodes that point to each other in a circle share a layer.
    """
    import networkx as nx

    whole = nx.condensation(nx.DiGraph(graph))
    layer: dict[int, int] = {}
    for group in nx.topological_sort(whole):
        layer[group] = max((layer[before] + 1 for before in whole.predecessors(group)), default=0)
    return {node: layer[group] for node, group in whole.graph["mapping"].items()}


def ordered_columns(
    simple: Simple, part: Sequence[str], layer: Mapping[str, int], labels: Mapping[str, str]
) -> list[list[str]]:
    """Return the nodes of a part column by column, in an order that makes few lines cross."""
    count = max(layer.values()) + 1
    columns: list[list[str]] = [[] for _ in range(count)]
    for node in sorted(part, key=lambda node: (-simple.degree[node], labels[node], node)):
        columns[layer[node]].append(node)
    best, fewest = [list(column) for column in columns], _crossings(simple, columns)
    for sweep in range(SWEEPS):
        place = _shares(columns)
        for column in columns[:: 1 if sweep % 2 else -1]:
            column.sort(key=lambda node: (_middle(simple, node, place), labels[node], node))
            place.update(_shares([column]))
        crossed = _crossings(simple, columns)
        if crossed < fewest:
            best, fewest = [list(column) for column in columns], crossed
    return best


def _crossings(simple: Simple, columns: Sequence[Sequence[str]]) -> int:
    """Return how many pairs of lines between the same two columns cross."""
    rank = {node: (number, place) for number, column in enumerate(columns)
            for place, node in enumerate(column)}  # fmt: skip
    lines: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one in rank:
        for two in simple[one]:
            if rank[one][0] < rank[two][0]:
                ends = (rank[one][0], rank[two][0])
                lines.setdefault(ends, []).append((rank[one][1], rank[two][1]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for pairs in lines.values()
        for a, b in combinations(pairs, 2)
    )


def _shares(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return how far down in its column each node is, from 0 to 1."""
    return {node: (number + 0.5) / len(column)
            for column in columns for number, node in enumerate(column)}  # fmt: skip


def _middle(simple: Simple, node: str, place: Mapping[str, float]) -> float:
    near = [place[other] for other in simple[node] if other != node]
    return round(sum(near) / len(near), 9) if near else place[node]


def stack(
    columns: Sequence[Sequence[str]], heights: Mapping[str, float], top: float, gap: float
) -> tuple[dict[str, float], float]:
    """Return how far down each node is, and the bottom; columns share their middle.

    A shorter column is spread over three quarters of the height of the highest.
    """
    needed = [sum(heights[node] for node in column) + gap * max(0, len(column) - 1)
              for column in columns]  # fmt: skip
    highest = max(needed)
    down: dict[str, float] = {}
    for column, need in zip(columns, needed, strict=True):
        if not column:
            continue
        spare = max(0.0, 0.75 * (highest - need))
        extra = spare / (len(column) - 1) if len(column) > 1 else 0.0
        y = top + (highest - need - extra * (len(column) - 1)) / 2
        for node in column:
            down[node] = y + heights[node] / 2
            y += heights[node] + gap + extra
    return down, top + highest


def rows_of_parts(
    parts: Sequence[Sequence[str]], width: float, unit: float
) -> list[list[tuple[Sequence[str], float]]]:
    """Return the parts of a network side by side in rows, each with its width in inches.

    A part asks for a width that grows with its nodes; ``unit`` is the size of the text in
    inches. The parts of a row share the whole width.
    """
    rows: list[list[tuple[Sequence[str], float]]] = []
    for part in parts:
        wide = width if len(part) > 10 else min(width, (13 + 7 * math.log2(len(part))) * unit)
        if not rows or sum(item[1] for item in rows[-1]) + wide > width + 1e-9:
            rows.append([])
        rows[-1].append((part, wide))
    return [
        [(part, wide * width / sum(item[1] for item in row)) for part, wide in row] for row in rows
    ]


def unit_layout(part: Simple) -> Positions:
    """Lay a connected part out in the unit square, with a margin (Kamada and Kawai, 1989)."""
    import networkx as nx

    nodes = sorted(part)
    if len(nodes) == 1:
        return {nodes[0]: (0.5, 0.5)}
    if len(nodes) == 2:
        return {nodes[0]: (0.25, 0.35), nodes[1]: (0.75, 0.65)}
    ordered: Simple = nx.Graph()
    ordered.add_nodes_from(nodes)
    ordered.add_edges_from(sorted((min(edge), max(edge)) for edge in part.edges))
    steps = {
        node: {other: far**NEARER for other, far in ways.items()}
        for node, ways in nx.all_pairs_shortest_path_length(ordered)
    }
    raw = nx.kamada_kawai_layout(ordered, dist=steps, pos=nx.circular_layout(ordered))
    xs = _to_unit([float(raw[node][0]) for node in nodes])
    ys = _to_unit([float(raw[node][1]) for node in nodes])
    return {node: (x, y) for node, x, y in zip(nodes, xs, ys, strict=True)}


def _to_unit(values: Sequence[float]) -> list[float]:
    """Stretch values over the unit interval but for a margin at each end."""
    low, span = min(values), max(values) - min(values) or 1.0
    return [0.13 + 0.74 * (value - low) / span for value in values]
