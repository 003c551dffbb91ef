"""Measures of a node's neighbourhood, and of how the network holds together at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

import numpy as np

from stikg.networks.measures.adjacency import Adjacency, Indices, Values
from stikg.networks.measures.engines import RUSTWORKX

Edge = tuple[int, int]

WEDGES: Final = 1 << 18
"""Pairs of edges in which triangles are looked for at a time, to bound the memory."""


def degree(network: Adjacency) -> Values:
    """Return the number of neighbours of each node."""
    return network.degrees.astype(np.float64)


def edges(network: Adjacency) -> Values:
    """Return the number of edges of each node; a loop counts twice."""
    return _at_both_ends(network, np.ones_like(network.weights))


def strength(network: Adjacency) -> Values:
    """Return the sum of the weights of each node's edges."""
    return _at_both_ends(network, network.weights)


def _at_both_ends(network: Adjacency, values: Values) -> Values:
    size = len(network)
    ends = np.concatenate((network.tails, network.heads))
    return np.asarray(np.bincount(ends, np.tile(values, 2), size), np.float64)


def k_core(network: Adjacency) -> Values:
    """Return the core number of each node (Seidman 1983).

    Nodes of least degree are taken away, all at once, and what they leave behind again.
    """
    found = np.zeros(len(network))
    degrees = network.degrees.copy()
    gone = degrees == 0
    core = 0
    leaving = np.empty(0, np.int64)
    while not gone.all():
        if not leaving.size:
            core = int(degrees[~gone].min())
            leaving = np.flatnonzero(~gone & (degrees <= core))
        found[leaving], gone[leaving] = core, True
        _, touched = network.edges_from(leaving)
        np.subtract.at(degrees, touched, 1)
        leaving = touched[(degrees[touched] <= core) & ~gone[touched]]
        if leaving.size > 1:
            leaving.sort()
            leaving = leaving[np.append(True, leaving[1:] != leaving[:-1])]
    return found


def clustering(network: Adjacency) -> Values:
    """Return the clustering coefficient of each node: 2 t(v) / (d(v) (d(v) − 1))."""
    pairs = network.degrees * (network.degrees - 1) / 2
    found: Values = np.divide(
        triangles(network), pairs, out=np.zeros(len(network)), where=pairs > 0
    )
    return found


def triangles(network: Adjacency) -> Values:
    """Return the number of triangles that each node is a corner of.

    They are counted on the graph whose edges point to the node of higher degree, where no node has
    more than √(2m) successors (Chiba and Nishizeki 1985): a hub costs no memory.
    """
    size = len(network)
    found = np.zeros(size)
    for corners in _triangles(network):
        found += np.bincount(np.concatenate(corners), minlength=size)
    return found


def _triangles(network: Adjacency) -> Iterator[tuple[Indices, Indices, Indices]]:
    """Yield the corners of all triangles, each once, some at a time.

    From each edge i → j to the successors k of j: a triangle, if i → k is an edge, which a table of
    the remainders of all edges nearly always denies at once.
    """
    order = np.argsort(network.degrees, kind="stable")
    place = np.empty(len(network), np.int64)
    place[order] = np.arange(len(network))
    low, high = (place[ends] for ends in network.edges)
    keys = np.sort(np.minimum(low, high) * len(network) + np.maximum(low, high))
    tails, heads = np.divmod(keys, max(len(network), 1))
    starts = np.searchsorted(tails, np.arange(len(network) + 1))
    counts = np.diff(starts)
    mask = (1 << (16 * len(keys)).bit_length()) - 1
    known = np.zeros(mask + 1, bool)
    known[_scattered(keys, mask)] = True
    wedges = np.cumsum(counts[heads])
    most = int(wedges[-1]) if len(wedges) else 0
    parts = np.searchsorted(wedges, np.arange(WEDGES, most, WEDGES), side="right")
    for edges in np.split(np.arange(len(keys)), parts):
        ahead = counts[heads[edges]]
        number = np.repeat(edges, ahead)
        first = starts[heads[edges]] - np.cumsum(ahead) + ahead
        third = heads[np.arange(len(number)) + np.repeat(first, ahead)]
        closing = tails[number] * len(network) + third
        likely = np.flatnonzero(known[_scattered(closing, mask)])
        at = np.minimum(np.searchsorted(keys, closing[likely]), len(keys) - 1)
        real = likely[keys[at] == closing[likely]]
        corners = tails[number[real]], heads[number[real]], third[real]
        yield order[corners[0]], order[corners[1]], order[corners[2]]


def _scattered(keys: Indices, mask: int) -> Indices:
    return (keys * 0x9E3779B1 >> 15) & mask


def articulation(network: Adjacency, engine: str) -> Values:
    """Return into how many more parts the network falls without each node.

    A node is in as many blocks (biconnected components) as the parts that it holds together.
    """
    blocks = Counter(
        node
        for block in _blocks(network, engine)
        for node in {end for edge in block for end in edge}
    )
    return np.array([max(blocks[node] - 1, 0) for node in range(len(network))], np.float64)


def bridges(network: Adjacency, engine: str) -> Values:
    """Return the number of bridges at each node."""
    ends = Counter(end for edge in bridge_edges(network, engine) for end in edge)
    return np.array([ends[node] for node in range(len(network))], np.float64)


def bridge_edges(network: Adjacency, engine: str) -> list[Edge]:
    """Return the edges whose removal parts a component, sorted: the blocks of one edge."""
    blocks = (block for block in _blocks(network, engine) if len(block) == 1)
    return sorted((min(edge), max(edge)) for block in blocks for edge in block)


def _blocks(network: Adjacency, engine: str) -> Iterator[list[Edge]]:
    """Yield the edges of each biconnected component (Hopcroft and Tarjan 1973)."""
    if engine == RUSTWORKX:
        import rustworkx

        found: dict[int, list[Edge]] = {}
        for edge, block in rustworkx.biconnected_components(network.in_rustworkx).items():
            found.setdefault(block, []).append(edge)
        yield from found.values()
    else:
        import networkx as nx

        yield from map(list, nx.biconnected_component_edges(network.in_networkx))


def parts_at_bridges(network: Adjacency, edges: list[Edge]) -> list[int]:
    """Return how many nodes the smaller part has when each bridge goes.

    What is left between bridges becomes one node of a forest; its subtrees are summed up.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    if not edges:
        return []
    size = len(network)
    low, high = np.array(edges, np.int64).T
    cut = csr_matrix((np.ones(len(low)), (low, high)), shape=(size, size))
    count, part = connected_components(network.matrix - cut - cut.T, directed=False)
    forest = csr_matrix((np.ones(len(low)), (part[low], part[high])), shape=(count, count))
    weight: Indices = np.bincount(part, minlength=count).astype(np.int64)
    parent: Indices = np.full(count, -1, np.int64)
    seen = np.zeros(count, bool)
    for root in range(count):
        if not seen[root]:
            order, before = breadth_first_order(forest, root, directed=False)
            seen[order] = True
            parent[order[1:]] = before[order[1:]]
            for node in order[:0:-1]:
                weight[parent[node]] += weight[node]
    ends = zip(part[low], part[high], low, strict=True)
    below = [
        (int(weight[a if parent[a] == b else b]), int(network.component_sizes[node]))
        for a, b, node in ends
    ]
    return [min(one, whole - one) for one, whole in below]
