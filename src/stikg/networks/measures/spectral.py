"""Measures that are eigenvectors: eigenvector centrality, PageRank, hubs and authorities."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from stikg.networks.measures.adjacency import Adjacency, Values

DENSE_NODES: Final = 50
"""Nodes up to which all eigenvectors at once are faster than one by iteration."""

STEPS: Final = 64
"""Steps of Lanczos after which a graph is left to a method that bounds its memory."""

AGAIN: Final = 8
"""Steps of Lanczos within which vectors are compared with all before."""

PRECISION: Final = 1e-12

ANGLE: Final = 1e-10
"""Angle to the eigenvector at which Lanczos stops: values are read to six digits."""

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
    if not len(network):
        return np.zeros(0)
    if not network.is_walked_one_way:
        return _undirected_pagerank(network)
    size = len(network)
    out = np.asarray(network.arcs.sum(axis=1)).ravel()
    following = network.arcs.T.tocsr()
    share = np.divide(1.0, out, out=np.zeros(size), where=out > 0)
    even = 1.0 / size
    rank = np.full(size, even)
    for _ in range(1000):
        lost = float(rank[out == 0].sum())
        fresh = DAMPING * (following @ (rank * share) + lost * even) + (1 - DAMPING) * even
        if float(np.abs(fresh - rank).sum()) < PRECISION:
            return np.asarray(fresh)
        rank = fresh
    return rank


def _undirected_pagerank(network: Adjacency) -> Values:
    """Return the PageRank of an undirected graph by conjugate gradients (Hestenes and Stiefel).

    With D the degrees, D^½ q solves p = α A D⁻¹ p + 1, where I − α D^-½ A D^-½ is symmetric and
    positive: some twenty steps do what following the walk does in a hundred. What nodes without
    an edge pass on to all is the same for each, and comes out when the sum is made 1.
    """
    roots = np.sqrt(np.maximum(network.degrees, 1))
    matrix = network.matrix
    found = np.zeros(len(network))
    left = 1.0 / roots
    way = left
    size = float(left @ left)
    least = PRECISION**2 * size
    while size > least:
        ahead = way - DAMPING * (matrix @ (way / roots)) / roots
        step = size / float(way @ ahead)
        found = found + step * way
        left = left - step * ahead
        size, before = float(left @ left), size
        way = left + (size / before) * way
    return _to_sum_one(found * roots)


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
    component = connected_components(matrix, directed=False)[1]
    degrees = np.asarray(matrix.sum(axis=1)).ravel()
    walks = matrix @ degrees
    bound = np.zeros(component.max() + 1)
    np.maximum.at(bound, component, np.sqrt(walks))  # λ² is at most the largest row sum of A²
    by_part = np.argsort(component, kind="stable")
    starts = np.searchsorted(component[by_part], np.arange(len(bound) + 1))
    best = 0.0
    kept: list[tuple[float, Any, Values]] = []
    for number in np.argsort(-bound, kind="stable"):
        if bound[number] < best * (1 - TIE) or not bound[number]:
            break
        nodes = by_part[starts[number] : starts[number + 1]]
        value, vector = _eigen(matrix, nodes, float(bound[number]))
        kept.append((value, nodes, vector))
        best = max(best, value)
    for value, nodes, vector in kept:
        if value >= best * (1 - TIE):
            found[nodes] = vector * vector.sum()
    return found


def _eigen(matrix: Any, nodes: Any, bound: float) -> tuple[float, Values]:
    """Return the largest eigenvalue of a component and its positive vector of length 1."""
    from scipy.sparse import csc_matrix
    from scipy.sparse.linalg import ArpackNoConvergence, eigsh

    # a walk stays in the component where it starts, so that a large one need not be cut out
    if 2 * len(nodes) > matrix.shape[0] > DENSE_NODES:
        start = np.zeros(matrix.shape[0])
        start[nodes] = 1.0
        quick = _lanczos(matrix, start)
        if quick is not None:
            return quick[0], quick[1][nodes]
    part, start = matrix[nodes][:, nodes], np.ones(len(nodes))
    if len(nodes) <= DENSE_NODES:
        values, vectors = np.linalg.eigh(part.toarray())
        return float(values[-1]), np.abs(vectors[:, -1])
    try:
        values, vectors = eigsh(part, k=1, which="LA", v0=start, maxiter=500)
    except ArpackNoConvergence:  # a long thin graph, whose factors are as thin
        values, vectors = eigsh(csc_matrix(part), k=1, sigma=bound * (1 + 1e-6), v0=start)
    return float(values[0]), np.abs(vectors[:, 0])


def _lanczos(matrix: Any, start: Values) -> tuple[float, Values] | None:
    """Return the same by the method of Lanczos (1950), None where its few steps are not enough.

    Two vectors in a row of every ``AGAIN`` are made orthogonal to all before; in between each is
    so but for what rounding adds, which the values do not feel while it stays below the root of
    the precision (Simon 1984). The angle to the eigenvector is at most the residual over the
    distance of the next eigenvalue.
    """
    basis = np.zeros((STEPS, matrix.shape[0]))
    inner, outer = np.zeros(STEPS), np.zeros(STEPS)
    basis[0] = start / np.linalg.norm(start)
    for step in range(STEPS):
        ahead = matrix @ basis[step]
        inner[step] = ahead @ basis[step]
        known = basis[: step + 1]
        near = known if step % AGAIN >= AGAIN - 2 else known[-2:]
        ahead -= (near @ ahead) @ near
        outer[step] = np.linalg.norm(ahead)
        ended = outer[step] <= PRECISION * abs(inner[0])
        if ended or step % 8 == 7:
            beside = outer[:step]
            small = np.diag(inner[: step + 1]) + np.diag(beside, 1) + np.diag(beside, -1)
            values, vectors = np.linalg.eigh(small)
            gap = values[-1] - values[-2] if step else values[-1]
            if ended or outer[step] * abs(vectors[-1, -1]) <= ANGLE * gap:
                return float(values[-1]), np.abs(vectors[:, -1] @ known)
        if step + 1 < STEPS:
            basis[step + 1] = ahead / outer[step]
    return None
