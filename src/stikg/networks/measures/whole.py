"""Measures of a whole network."""

from __future__ import annotations

import numpy as np

from stikg.networks.measures.adjacency import Adjacency


def degree_assortativity(network: Adjacency) -> float | None:
    """Return the correlation of the degrees at both ends of edges (Newman 2002).

    None if there is no edge, or all ends have the same degree.
    """
    low, high = network.edges
    ends = network.degrees[np.concatenate((low, high))].astype(np.float64)
    if not len(ends) or ends.min() == ends.max():
        return None
    other = np.roll(ends, len(low))
    centred, turned = ends - ends.mean(), other - other.mean()
    return float((centred * turned).mean() / (centred * centred).mean())


def kind_assortativity(network: Adjacency) -> float | None:
    """Return how much more often than by chance edges join nodes of one kind (Newman 2003).

    None if there is no edge, or all nodes with edges are of one kind.
    """
    low, high = network.edges
    if not len(low):
        return None
    kinds = np.unique(np.array(network.kinds), return_inverse=True)[1]
    same = float((kinds[low] == kinds[high]).mean())
    shares = np.bincount(kinds[np.concatenate((low, high))]) / (2 * len(low))
    chance = float((shares**2).sum())
    return None if np.isclose(chance, 1.0) else (same - chance) / (1 - chance)
