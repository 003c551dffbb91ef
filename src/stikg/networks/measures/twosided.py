"""Measures of networks with two sides, scaled to what a node of its side can reach."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stikg.errors import InputError
from stikg.networks.measures.adjacency import Adjacency, Values
from stikg.networks.measures.paths import farness

BLOCK = 2048
"""Rows whose common neighbours are counted at a time, to bound the memory."""


def is_two_sided(network: Adjacency) -> bool:
    """Tell whether every node is on one side, and both sides have some."""
    return set(network.sides) == {"source", "target"}


def sources_of(network: Adjacency) -> NDArray[np.bool_]:
    """Return which nodes are on the side of the sources.

    :raises InputError: if a node is on both sides.
    """
    if not is_two_sided(network):
        raise InputError(
            "the network has not two sides",
            remedy="measure it without the measures named two-sided",
        )
    return np.array([side == "source" for side in network.sides], np.bool_)


def _sizes(network: Adjacency) -> tuple[Values, Values]:
    """Return the size of each node's own side and of the other one."""
    source = sources_of(network)
    ones = float(source.sum())
    others = float(len(network)) - ones
    return np.where(source, ones, others), np.where(source, others, ones)


def degree(network: Adjacency) -> Values:
    """Return the degree of each node over the size of the other side."""
    return network.degrees / _sizes(network)[1]


def betweenness(network: Adjacency, between: Values) -> Values:
    """Return betweenness over the largest that the sizes of the sides allow.

    With k nodes on the side of v and m on the other, s the whole part and t the rest of
    (k − 1) / m, it is (m² (s + 1)² + m (s + 1)(2t − s − 1) − t (2s − t + 3)) / 2
    (Borgatti and Halgin 2011).
    """
    own, other = _sizes(network)
    size = len(network)
    s, t = (own - 1) // other, (own - 1) % other
    most = (other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
    raw = between * (size - 1) * (size - 2) / 2
    found: Values = np.divide(raw, most, out=np.zeros(size), where=most > 0)
    return found


def closeness(network: Adjacency, close: Values) -> Values:
    """Return the least sum of distances that the sides allow over the sum of each node."""
    own, other = _sizes(network)
    far = farness(network, close)
    share = (network.component_sizes - 1) / max(len(network) - 1, 1)
    found: Values = np.divide(
        (other + 2 * (own - 1)) * share, far, out=np.zeros(len(network)), where=far > 0
    )
    return found


def clustering(network: Adjacency) -> Values:
    """Return the mean overlap of each node's neighbours with those of the nodes two steps away.

    |N(v) ∩ N(u)| / |N(v) ∪ N(u)| (Latapy, Magnien and Del Vecchio 2008, cc•).
    """
    sources_of(network)
    matrix, degrees = network.matrix, network.degrees.astype(np.float64)
    found = np.zeros(len(network))
    for start in range(0, len(network), BLOCK):
        common = (matrix[start : start + BLOCK] @ matrix).tocoo()
        rows = common.row + start
        apart = rows != common.col
        rows, columns, shared = rows[apart], common.col[apart], common.data[apart]
        overlap = shared / (degrees[rows] + degrees[columns] - shared)
        total = np.bincount(rows, overlap, len(network))
        count = np.bincount(rows, minlength=len(network))
        found += np.divide(total, count, out=np.zeros(len(network)), where=count > 0)
    return found
