"""Measures that are eigenvectors: eigenvector centrality, PageRank, hubs and authorities."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from stikg.networks.measures.adjacency import Adjacency, Values

DENSE_NODES: Final = 200
"""Nodes up to which all eigenvectors at once are faster than one by iteration."""

TIE: Final = 1e-9
"""Relative difference below which two eigenvalues count as equal."""

DAMPING: Final = 0.85


def eigenvector(network: Adjacency) -> Values:
    """Return the eigenvector centrality of each node, of length 1 (Bonacich 1972)."""
    found = leading_vector(network.matrix)
    length = float(np.linalg.norm(found))
    return found / length if length else found


def hubs(network: Adjacency) -> Values:
    """Return the hub score of each node; the scores sum to 1 (Kleinberg 1999)."""
    return _to_sum_one(_doubled(network)[: len(network)])


def authorities(network: Adjacency) -> Values:
    """Return the authority score of each node; the scores sum to 1 (Kleinberg 1999)."""
    return _to_sum_one(_doubled(network)[len(network) :])


def _doubled(network: Adjacency) -> Values:
    """Return hubs and authorities: the leading vector of the graph with each node twice."""
    from scipy.sparse import bmat

    return leading_vector(bmat([[None, network.arcs], [network.arcs.T, None]], format="csr"))


def _to_sum_one(values: Values) -> Values:
    total = float(values.sum())
    return values / total if total else values


def pagerank(network: Adjacency) -> Values:
    """Return the PageRank of each node, damping 0.85, to 12 digits (Brin and Page 1998).

    The direction of edges counts if the network is directed and has no two sides: from one side to
    the other every walk would end after a step, and none would reach a source. A node without an
    edge to follow passes its rank on to all.
    """
    size = len(network)
    matrix = network.arcs if network.is_walked_one_way else network.matrix
    out = np.asarray(matrix.sum(axis=1)).ravel()
    following = matrix.T.tocsr()
    share = np.divide(1.0, out, out=np.zeros(size), where=out > 0)
    even = 1.0 / max(size, 1)
    rank = np.full(size, even)
    for _ in range(1000):
        lost = float(rank[out == 0].sum())
        fresh = DAMPING * (following @ (rank * share) + lost * even) + (1 - DAMPING) * even
        if float(np.abs(fresh - rank).sum()) < 1e-12:
            return np.asarray(fresh)
        rank = fresh
    return rank


def leading_vector(matrix: Any) -> Values:
    """Return the vector of ones projected on the leading eigenvectors of a symmetric graph.

    That is where power iteration on A + I, which does not swing on two-sided graphs, would end,
    whatever order the nodes have: components of smaller eigenvalue are 0, those that tie share.
    A graph without an edge gives zeros.
    """
    from scipy.sparse.csgraph import connected_components

    found = np.zeros(matrix.shape[0])
    if not matrix.nnz:
        return found
    part = connected_components(matrix, directed=False)[1]
    degrees = np.asarray(matrix.sum(axis=1)).ravel()
    walks = matrix @ degrees
    bound = np.zeros(part.max() + 1)
    np.maximum.at(bound, part, np.sqrt(walks))  # λ² is at most the largest row sum of A²
    by_part = np.argsort(part, kind="stable")
    starts = np.searchsorted(part[by_part], np.arange(len(bound) + 1))
    best = 0.0
    kept: list[tuple[float, Any, Values]] = []
    for number in np.argsort(-bound, kind="stable"):
        if bound[number] < best * (1 - TIE) or not bound[number]:
            break
        nodes = by_part[starts[number] : starts[number + 1]]
        value, vector = _eigen(matrix[nodes][:, nodes], float(bound[number]))
        kept.append((value, nodes, vector))
        best = max(best, value)
    for value, nodes, vector in kept:
        if value >= best * (1 - TIE):
            found[nodes] = vector * vector.sum()
    return found


def _eigen(matrix: Any, bound: float) -> tuple[float, Values]:
    """Return the largest eigenvalue of a connected graph and its positive vector of length 1."""
    from scipy.sparse import csc_matrix
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    size = matrix.shape[0]
    if size <= DENSE_NODES:
        values, vectors = np.linalg.eigh(matrix.toarray())
        return float(values[-1]), np.abs(vectors[:, -1])
    start = np.ones(size)
    try:
        values, vectors = eigsh(matrix, k=1, which="LA", v0=start, maxiter=500)
    except ArpackNoConvergence:  # a long thin graph, whose factors are as thin
        values, vectors = eigsh(csc_matrix(matrix), k=1, sigma=bound * (1 + 1e-6), v0=start)
    return float(values[0]), np.abs(vectors[:, 0])
