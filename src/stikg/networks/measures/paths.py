"""Measures of shortest paths: betweenness, exact or estimated, and closeness."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from stikg.networks.measures.adjacency import Adjacency, Indices, Values
from stikg.networks.measures.engines import RUSTWORKX

ARRAY_NODES: Final = 100
"""Nodes from which arrays are faster than networkx, and closeness no slower than rustworkx."""

PARALLEL_NODES: Final = 1_000
"""Nodes from which rustworkx, on all processors at once, is faster for betweenness."""

DEEP: Final = 32
"""Steps from the best linked node above which arrays are slower than walking edge by edge."""

WANTED_ERROR: Final = 0.05
"""Standard error, as a share of the value, at which the estimate of betweenness stops."""

LARGEST: Final = 10
"""Nodes of the largest values whose median error is looked at: they are what is read."""

LEAST_PIVOTS: Final = 100
"""Starting nodes below which a standard error is not to be believed."""

MOST_PIVOTS: Final = 2_000
"""Starting nodes at which the estimate stops, whatever its error."""

CELLS: Final = 1 << 14
"""Values in an array of nodes by starting nodes: what a processor keeps at hand."""


class Estimate(NamedTuple):
    """Estimated values, the standard error of each, and the number of starting nodes."""

    values: Values
    errors: Values
    pivots: int

    @property
    def relative_error(self) -> float:
        """Return the standard error as a share of the value: the median of the largest ten."""
        largest = np.argsort(-self.values, kind="stable")[:LARGEST]
        largest = largest[self.values[largest] > 0]
        if not largest.size:
            return 0.0
        return float(np.median(self.errors[largest] / self.values[largest]))


def betweenness(network: Adjacency, engine: str) -> Values:
    """Return Freeman's betweenness of each node, from 0 to 1 (Brandes 2001)."""
    size = len(network)
    if size < 3:
        return np.zeros(size)
    parallel = engine == RUSTWORKX and size >= PARALLEL_NODES
    if size >= ARRAY_NODES and not parallel and not is_deep(network):
        return sampled_betweenness(network, pivots=size).values
    if engine == RUSTWORKX:
        import rustworkx

        found = dict(rustworkx.betweenness_centrality(network.in_rustworkx))
    else:
        import networkx as nx

        found = nx.betweenness_centrality(network.in_networkx)
    return np.array([found[node] for node in range(size)], np.float64)


def is_deep(network: Adjacency) -> bool:
    """Tell whether some paths are so long that arrays, a step at a time, are slow.

    In each component the paths from its best linked node are looked at.
    """
    parts = network.components
    order = np.lexsort((-network.degrees, parts))
    hubs = order[np.append(True, parts[order][1:] != parts[order][:-1])]
    hubs = hubs[network.component_sizes[hubs] > DEEP]
    return any(
        _breadth_first(network.matrix, starts, most=DEEP + 1)[2] > DEEP
        for starts in _batches(hubs, len(network))
    )


def sampled_betweenness(
    network: Adjacency, *, pivots: int | None = None, error: float = WANTED_ERROR, seed: int = 0
) -> Estimate:
    """Estimate betweenness from paths that start at some nodes, drawn without replacement.

    So many nodes are drawn as ``pivots`` says, or until the standard errors of the largest ten
    values have the median ``error``, as a share of the value, but no more than ``MOST_PIVOTS``.
    A path counts little for nodes near its start, of which few starts would have much, and as
    much more for those near its end: with x the place of a node on it, 2 (3x² − 2x³). Both
    directions of a path count 2 together, so that the estimate is unbiased (Brandes and Pich
    2007; Geisberger, Sanders and Schultes 2008). The standard error is that of a mean of k of n
    values, √((1 − k/n) / k) times their standard deviation; with k = n the values are exact.
    """
    size = len(network)
    most = min(size, MOST_PIVOTS if pivots is None else pivots)
    if size < 3 or most < 1:
        return Estimate(np.zeros(size), np.zeros(size), 0)
    drawn = np.random.default_rng(seed).permutation(size)[:most]
    total, squares, done = np.zeros(size), np.zeros(size), 0
    found = Estimate(total, squares, 0)
    for starts in _batches(drawn, size):
        shares = dependencies(network.matrix, starts, scaled=most < size)
        total += shares.sum(axis=1)
        squares += (shares * shares).sum(axis=1)
        done += len(starts)
        enough = pivots is None and done >= min(LEAST_PIVOTS, most)
        if enough or done == most:
            found = _estimated(total, squares, done)
            if done == most or found.relative_error <= error:
                break
    return found


def _estimated(total: Values, squares: Values, pivots: int) -> Estimate:
    size = len(total)
    scale = size / ((size - 1) * (size - 2))
    mean = total / pivots
    spread = np.maximum(squares / pivots - mean * mean, 0) * pivots / max(pivots - 1, 1)
    errors = np.sqrt(spread * (1 - pivots / size) / pivots)
    return Estimate(mean * scale, errors * scale, pivots)


def _batches(starts: Indices, size: int) -> Iterator[Indices]:
    width = min(max(CELLS // size, 8), 64)
    for first in range(0, len(starts), width):
        yield starts[first : first + width]


def _breadth_first(
    matrix: Any, starts: Indices, *, most: int | None = None
) -> tuple[NDArray[np.int32], Values, int]:
    """Return the distance of each node (−1: none) and the paths to it from each start.

    Both have a row for each node and a column for each start; the third is the largest distance.
    Nodes more than ``most`` steps away are not looked for.
    """
    shape = (matrix.shape[0], len(starts))
    columns = np.arange(len(starts))
    distances = np.full(shape, -1, np.int32)
    distances[starts, columns] = 0
    front = np.zeros(shape)
    front[starts, columns] = 1.0
    paths = front.copy()
    last = shape[0] if most is None else most
    for step in range(1, last + 1):
        front = matrix @ front
        front[distances >= 0] = 0.0
        fresh = front > 0
        if not fresh.any():
            return distances, paths, step - 1
        distances[fresh] = step
        paths += front
    return distances, paths, last


def dependencies(matrix: Any, starts: Indices, *, scaled: bool) -> Values:
    """Return the share of each node in the shortest paths from each start to all others.

    δ(v) = σ(v) Σ (g(w) + δ(w)) / σ(w) over the successors w of v, where g is 1, or for paths that
    count by the place of v, d(w)⁻² and d(w)⁻³ (Brandes 2001, theorem 6).
    """
    distances, paths, last = _breadth_first(matrix, starts)
    powers = (2, 3) if scaled else (0,)
    shares = [np.zeros(paths.shape) for _ in powers]
    here = distances == last
    for step in range(last, 0, -1):
        before = distances == step - 1
        for share, power in zip(shares, powers, strict=True):
            passed = np.divide(share + step**-power, paths, out=np.zeros_like(share), where=here)
            share += np.where(before, paths * (matrix @ passed), 0.0)
        here = before
    if scaled:
        squared, cubed = shares
        return np.asarray(2 * distances**2 * (3 * squared - 2 * distances * cubed))
    shares[0][starts, np.arange(len(starts))] = 0.0
    return shares[0]


def closeness(network: Adjacency, engine: str) -> Values:
    """Return the closeness of each node, scaled by its component (Wasserman and Faust 1994)."""
    size = len(network)
    if size >= ARRAY_NODES and not is_deep(network):
        return _closeness(network)
    if engine == RUSTWORKX:
        import rustworkx

        found: Any = rustworkx.closeness_centrality(network.in_rustworkx, wf_improved=True)
    else:
        import networkx as nx

        found = nx.closeness_centrality(network.in_networkx, wf_improved=True)
    return np.array([found[node] for node in range(size)], np.float64)


def _closeness(network: Adjacency) -> Values:
    size = len(network)
    reached = network.component_sizes - 1.0
    far = np.zeros(size)
    matrix = network.matrix.astype(np.float32)
    for starts in _batches(np.arange(size), size):
        far[starts] = _distances_summed(matrix, starts)
    found: Values = np.divide(
        reached * reached, far * (size - 1), out=np.zeros(size), where=far > 0
    )
    return found


def _distances_summed(matrix: Any, starts: Indices) -> Values:
    """Return the sum of the distances from each start to the nodes that it reaches."""
    columns = np.arange(len(starts))
    missing = np.ones((matrix.shape[0], len(starts)), matrix.dtype)
    missing[starts, columns] = 0
    front = 1 - missing
    total = np.zeros(len(starts))
    for step in range(1, matrix.shape[0] + 1):
        front = np.minimum(matrix @ front, missing)
        reached = np.count_nonzero(front, axis=0)
        if not reached.any():
            break
        total += step * reached
        missing -= front
    return total


def farness(network: Adjacency, close: Values) -> Values:
    """Return the sum of distances to the nodes that each can reach, from its closeness."""
    reached = network.component_sizes - 1.0
    scale = max(len(network) - 1, 1)
    found: Values = np.divide(
        reached * reached, close * scale, out=np.zeros(len(network)), where=close > 0
    )
    return np.rint(found)
