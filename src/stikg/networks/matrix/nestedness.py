"""How nested a matrix is, and whether more than chance makes it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError

if TYPE_CHECKING:
    from stikg.networks.matrix.incidence import Array, Incidence

TRADES: Final = 5
"""Trades for each row of the matrix between two matrices that curveball yields."""


@dataclass(frozen=True)
class Nestedness:
    """Nestedness of rows, of columns and of both, from 0 to 100; None where no pair exists."""

    rows: float | None
    columns: float | None
    both: float | None


@dataclass(frozen=True)
class NullTest:
    """The nestedness of a matrix against that of random ones.

    ``mean`` and ``deviation`` (of the sample) are those of the random matrices. ``z`` is the
    distance from the mean in deviations, None if all random matrices are equally nested.
    ``p_value`` is one-sided: (1 + random matrices at least as nested) / (1 + random matrices).
    """

    model: str
    observed: float
    mean: float
    deviation: float
    z: float | None
    p_value: float
    samples: int


def nodf(matrix: Incidence) -> Nestedness:
    """Return the nestedness by overlap and decreasing fill.

    A pair of rows adds the share (in per cent) of the emptier row's cells that the fuller row has,
    too, and 0 if both are as full; so do pairs of columns. Values are means over the pairs of rows,
    the pairs of columns, and all pairs: from 0 to 100 (Almeida-Neto et al. 2008). As the
    fuller line of a pair always counts as the first, the order of rows and columns does not matter;
    it is the value of the matrix in nested order. Empty rows and columns are left out. Components
    of a disconnected matrix share nothing, so pairs between them add 0.
    """
    return nestedness_of(matrix.presence())


def nestedness_of(present: Array) -> Nestedness:
    """Return the nestedness of an array of zeros and ones; see ``nodf``."""
    present = present[present.any(axis=1)][:, present.any(axis=0)]
    rows, row_pairs = _paired(present)
    columns, column_pairs = _paired(present.T)
    pairs = row_pairs + column_pairs
    return Nestedness(
        100 * rows / row_pairs if row_pairs else None,
        100 * columns / column_pairs if column_pairs else None,
        100 * (rows + columns) / pairs if pairs else None,
    )


def _paired(present: Array) -> tuple[float, int]:
    """Return the sum of overlaps over pairs of rows of unequal fill, and the number of pairs."""
    sums = present.sum(axis=1)
    shared = present @ present.T
    fuller = sums[:, None] > sums[None, :]
    overlap = shared / sums[None, :] if len(sums) else shared
    return float(overlap[fuller].sum()), len(sums) * (len(sums) - 1) // 2


def equiprobable(present: Array, chance: random.Random) -> Iterator[Array]:
    """Yield matrices of the same shape and as many cells, each cell as likely as any other.

    Rows and columns may come out empty. The null model EE of Ulrich & Gotelli (2007).
    """
    import numpy as np

    cells, fill = present.size, int(present.sum())
    while True:
        flat = np.zeros(cells)
        flat[chance.sample(range(cells), fill)] = 1
        yield flat.reshape(present.shape)


def curveball(present: Array, chance: random.Random) -> Iterator[Array]:
    """Yield matrices with the same row sums and the same column sums.

    Two rows trade at random the cells that one of them has and the other has not; the walk visits
    all such matrices equally often (Strona et al. 2014). Between two matrices ``TRADES`` trades
    for each row are made, twenty times as many before the first.
    """
    import numpy as np

    rows = [{int(column) for column in np.flatnonzero(row)} for row in present]
    trades = TRADES * len(rows)
    warm_up = 20 * trades
    while True:
        for _ in range(warm_up + trades if len(rows) > 1 else 0):
            _trade(rows, chance)
        warm_up = 0
        sample = np.zeros(present.shape)
        for index, row in enumerate(rows):
            sample[index, sorted(row)] = 1
        yield sample


def _trade(rows: list[set[int]], chance: random.Random) -> None:
    one, other = chance.sample(range(len(rows)), 2)
    both = rows[one] & rows[other]
    free = sorted(rows[one] ^ rows[other])
    chance.shuffle(free)
    cut = len(rows[one]) - len(both)
    rows[one], rows[other] = both | set(free[:cut]), both | set(free[cut:])


NULL_MODELS: Final[dict[str, Callable[[Array, random.Random], Iterator[Array]]]] = {
    "equiprobable": equiprobable,
    "curveball": curveball,
}
"""The random matrices of each null model, by name."""


def nestedness_test(
    matrix: Incidence, *, model: str = "curveball", samples: int = 999, seed: int = 1
) -> NullTest:
    """Compare the nestedness of a matrix with that of random matrices.

    ``equiprobable`` keeps the number of cells: is the matrix more nested than cells thrown at
    random? ``curveball`` keeps each row's and each column's sum as well: is it more nested than
    the sums alone make it? Empty rows and columns are left out first. The same seed gives the same
    samples.

    :raises InputError: if there is no such model, fewer than two samples are asked for, or the
        matrix has no pair of rows or columns.
    """
    import numpy as np

    if model not in NULL_MODELS:
        known = ", ".join(NULL_MODELS)
        raise InputError(f"{model!r} is not a null model", remedy=f"use one of: {known}")
    if samples < 2:
        raise InputError("a null model needs two samples or more")
    present = matrix.presence()
    present = present[present.any(axis=1)][:, present.any(axis=0)]
    observed = nestedness_of(present).both
    if observed is None:
        raise InputError("a matrix without a pair of rows or columns has no nestedness")
    drawn = NULL_MODELS[model](present, random.Random(seed))  # noqa: S311 a draw, not a secret
    found = np.array([nestedness_of(next(drawn)).both or 0.0 for _ in range(samples)])
    mean, deviation = float(found.mean()), float(found.std(ddof=1))
    return NullTest(
        model=model,
        observed=observed,
        mean=mean,
        deviation=deviation,
        z=(observed - mean) / deviation if deviation > 1e-9 else None,
        p_value=float((1 + np.sum(found >= observed - 1e-9)) / (1 + samples)),
        samples=samples,
    )
