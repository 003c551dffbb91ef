"""Measures of shortest paths: betweenness, exact or estimated, and closeness."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from stikg.networks.measures.adjacency import Adjacency, Indices, Values
from stikg.networks.measures.engines import RUSTWORKX

ARRAY_NODES: Final = 500
"""Nodes from which arrays are faster than networkx."""


class Estimate(NamedTuple):
    """Estimated values, and the standard error of each."""

    values: Values
    errors: Values


def betweenness(network: Adjacency, engine: str) -> Values:
    """Return Freeman's betweenness of each node, from 0 to 1 (Brandes 2001)."""
    size = len(network)
    if size < 3:
        return np.zeros(size)
    if engine == RUSTWORKX:
        import rustworkx

        found = dict(rustworkx.betweenness_centrality(network.in_rustworkx))
    elif size < ARRAY_NODES:
        import networkx as nx

        found = nx.betweenness_centrality(network.in_networkx)
    else:
        return sampled_betweenness(network, pivots=size).values
    return np.array([found[node] for node in range(size)], np.float64)


def sampled_betweenness(network: Adjacency, *, pivots: int, seed: int = 0) -> Estimate:
    """Estimate betweenness from paths that start at some nodes, drawn without replacement.

    The estimate is unbiased (Brandes and Pich 2007). The standard error is that of a mean of k of
    n values, √((1 − k/n) / k) times their standard deviation; with k = n the values are exact.
    """
    size = len(network)
    pivots = min(pivots, size)
    if size < 3 or pivots < 1:
        return Estimate(np.zeros(size), np.zeros(size))
    drawn = np.sort(np.random.default_rng(seed).choice(size, pivots, replace=False))
    total, squares = np.zeros(size), np.zeros(size)
    for pivot in drawn:
        share = _dependencies(network, int(pivot))
        total += share
        squares += share * share
    scale = size / ((size - 1) * (size - 2))
    mean = total / pivots
    spread = np.maximum(squares / pivots - mean * mean, 0) * pivots / max(pivots - 1, 1)
    errors = np.sqrt(spread * (1 - pivots / size) / pivots)
    return Estimate(mean * scale, errors * scale)


def _dependencies(network: Adjacency, source: int) -> Values:
    """Return the share of each node in the shortest paths from one to all others.

    δ(v) = Σ σ(v) / σ(w) (1 + δ(w)) over the successors w of v (Brandes 2001, theorem 6).
    """
    size = len(network)
    distance = np.full(size, -1, np.int64)
    paths = np.zeros(size)
    distance[source], paths[source] = 0, 1.0
    frontier: Indices = np.array([source], np.int64)
    levels: list[tuple[Indices, Indices]] = []
    place = np.empty(size, np.int64)
    while frontier.size:
        tails, heads = _edges_from(network, frontier)
        fresh = heads[distance[heads] < 0]
        distance[fresh] = len(levels) + 1
        ahead = distance[heads] == len(levels) + 1
        tails, heads = tails[ahead], heads[ahead]
        np.add.at(paths, heads, paths[tails])
        levels.append((tails, heads))
        place[fresh] = np.arange(fresh.size)
        frontier = fresh[place[fresh] == np.arange(fresh.size)]
    share = np.zeros(size)
    for tails, heads in reversed(levels):
        np.add.at(share, tails, paths[tails] / paths[heads] * (1 + share[heads]))
    share[source] = 0.0
    return share


def _edges_from(network: Adjacency, nodes: Indices) -> tuple[Indices, Indices]:
    starts = network.matrix.indptr[nodes].astype(np.int64)
    counts = network.degrees[nodes]
    ends = np.cumsum(counts)
    places = np.repeat(starts - ends + counts, counts) + np.arange(ends[-1])
    return np.repeat(nodes, counts), network.matrix.indices[places]


def closeness(network: Adjacency, engine: str) -> Values:
    """Return the closeness of each node, scaled by its component (Wasserman and Faust 1994)."""
    if engine == RUSTWORKX:
        import rustworkx

        found = rustworkx.closeness_centrality(network.in_rustworkx, wf_improved=True)
        return np.array([found[node] for node in range(len(network))], np.float64)
    import networkx as nx

    by_node = nx.closeness_centrality(network.in_networkx, wf_improved=True)
    return np.array([by_node[node] for node in range(len(network))], np.float64)


def farness(network: Adjacency, close: Values) -> Values:
    """Return the sum of distances to the nodes that each can reach, from its closeness."""
    reached = network.component_sizes - 1.0
    scale = max(len(network) - 1, 1)
    found: Values = np.divide(
        reached * reached, close * scale, out=np.zeros(len(network)), where=close > 0
    )
    return np.rint(found)
