"""Scores for pairs of a matrix that foretell which may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from stikg.networks.matrix.proximity import density_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

METHODS: Final = ("density", "pagerank", "attachment")
"""The single methods; the combined one is the mean of their ranks."""

DAMPING: Final = 0.85
"""Share of steps that go on; with the rest the walk starts again (Brin & Page 1998)."""


def scores(lists: Array, also: Array | None = None) -> dict[str, Array]:
    """Return the score of each cell of a matrix by each method.

    ``lists`` has the number of lists with a pair, ``also`` further columns that tell of the
    rows, such as criteria that they meet; they serve the walk alone. ``density`` is the
    relatedness density (Hidalgo et al. 2007), 0 where it is undefined; ``pagerank`` the share of
    time that a random walk spends at the column which always starts again at the row (Haveliwala
    2002); ``attachment`` the product of the row's and the column's number of cells (Barabási &
    Albert 1999).
    """
    import numpy as np

    present = np.asarray(lists > 0, dtype=float)
    return {
        "density": np.nan_to_num(density_of(present), nan=0.0),
        "pagerank": walk(lists, also),
        "attachment": np.outer(present.sum(axis=1), present.sum(axis=0)),
    }


def walk(lists: Array, also: Array | None = None) -> Array:
    """Return the personalised PageRank of each column for each row.

    The walk goes both ways along the cells, in proportion to their values, and starts again at the
    row with probability 1 - ``DAMPING`` at each step; a row without cells is never left. For a
    row the values of all rows, columns and further columns sum to 1.
    """
    import numpy as np

    edges = lists if also is None else np.hstack([lists, also])
    rows, columns = edges.shape
    square = np.zeros((rows + columns, rows + columns))
    square[:rows, rows:] = edges
    square[rows:, :rows] = edges.T
    sums = square.sum(axis=1, keepdims=True)
    steps = np.zeros_like(square)
    np.divide(square, sums, out=steps, where=sums > 0)
    visits = np.linalg.inv(np.eye(len(square)) - DAMPING * steps)[:rows]
    shares = visits / visits.sum(axis=1, keepdims=True)
    return np.asarray(shares[:, rows : rows + lists.shape[1]])


def combined(found: dict[str, Array], cells: Mask) -> Array:
    """Return the mean of the ranks that the methods give to some cells, elsewhere nan.

    Each method ranks the cells, ties sharing the middle of their places; the ranks are scaled to 0
    (last) … 1 (first) and averaged.
    """
    import numpy as np

    result = np.full(cells.shape, np.nan)
    result[cells] = np.mean([rank_share(found[method][cells]) for method in METHODS], axis=0)
    return result


def rank_share(values: Array) -> Array:
    """Return the rank of each value, from 0 for the lowest to 1 for the highest; ties share.

    >>> import numpy as np
    >>> rank_share(np.array([5.0, 1.0, 1.0, 7.0])).round(3).tolist()
    [0.667, 0.167, 0.167, 1.0]
    """
    import numpy as np
    from scipy.stats import rankdata

    if len(values) < 2:
        return np.ones(len(values))
    # equal but for rounding is equal
    return np.asarray((rankdata(np.round(values, 12)) - 1) / (len(values) - 1))
