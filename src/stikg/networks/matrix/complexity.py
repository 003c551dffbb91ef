"""Comparative advantage, economic complexity, and fitness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.networks.matrix.core import Scores, core, nothing, spread

if TYPE_CHECKING:
    from stikg.networks.matrix.incidence import Array, Incidence

EQUAL: Final = 1e-9
"""Eigenvalues and correlations nearer than this are taken for equal."""
ZERO: Final = 1e-300
"""A fitness below this is zero: its inverse would not be a number much longer."""


@dataclass(frozen=True)
class Complexity(Scores):
    """The indices of rows and columns, and the correlation of that of rows with their sums.

    A ``correlation`` near 0 tells that the index orders rows by something else than by how much
    they have. It is None where the index is.
    """

    correlation: float | None


@dataclass(frozen=True)
class Fitness(Scores):
    """Fitness of rows and complexity of columns, and how the iteration ended."""

    iterations: int
    converged: bool


def comparative_advantage(matrix: Incidence) -> Array:
    """Return the revealed comparative advantage of each cell.

    ``RCA_cp = (x_cp / Σ_p x_cp) / (Σ_c x_cp / Σ_cp x_cp)``, from 0; above 1 a row has more of a
    column than the columns' shares in the whole let expect (Balassa 1965). In a matrix of zeros
    and ones it tells only which columns are rare. Empty rows and columns get 0. Components of a
    disconnected matrix are compared with the total of all.
    """
    import numpy as np

    values = matrix.array()
    expected = np.outer(values.sum(axis=1), values.sum(axis=0))
    advantage = np.zeros_like(values)
    np.divide(values * values.sum(), expected, out=advantage, where=expected > 0)
    return advantage


def complexity(matrix: Incidence) -> Complexity:
    """Return the economic complexity index of rows and the product complexity index of columns.

    With ``M`` the presence matrix, ``k_c`` and ``k_p`` its row and column sums, the index of rows
    is the eigenvector of the second largest eigenvalue of ``Σ_p M_cp M_c'p / (k_c k_p)``; that
    of a column is the mean of the rows that have it. Both are standardised to mean 0 and
    (population) standard deviation 1 over rows and over columns, so they have no unit and no
    bounds. The sign is the one by which the index of rows correlates positively with ``k_c``
    (Hidalgo & Hausmann 2009, in the eigenvector form of Hausmann et al., The Atlas of Economic
    Complexity, 2014).

    Empty rows and columns get None. In a disconnected matrix the second eigenvector tells only
    the components apart; so the index is that of the component with the most cells, and None
    outside. All is None if that eigenvector is not unique or zero (such as in a full matrix), or
    uncorrelated with ``k_c``, which leaves its sign open.
    """
    import numpy as np

    inner = core(matrix)
    present = inner.presence()
    none = nothing(matrix)
    if min(present.shape) < 2:
        return Complexity(none.rows, none.columns, None)
    diversity, ubiquity = present.sum(axis=1), present.sum(axis=0)
    scaled = present / np.sqrt(np.outer(diversity, ubiquity))
    eigenvalues, vectors = np.linalg.eigh(scaled @ scaled.T)
    eigenvalues = np.append(eigenvalues[::-1], 0.0)
    rows = vectors[:, -2] / np.sqrt(diversity)
    centred = rows - rows.mean()
    columns = present.T @ centred / ubiquity
    slope = _correlation(centred, diversity)
    unique = eigenvalues[1] - eigenvalues[2] > EQUAL
    if not unique or abs(slope) < EQUAL:
        return Complexity(none.rows, none.columns, None)
    sign = np.sign(slope)
    scores = spread(matrix, inner, sign * _standard(rows), sign * _standard(columns))
    return Complexity(scores.rows, scores.columns, abs(slope))


def fitness(
    matrix: Incidence, *, tolerance: float = 1e-9, most_iterations: int = 20_000
) -> Fitness:
    """Return the fitness of rows and the complexity of columns.

    From ones, ``F_c = Σ_p M_cp Q_p`` and ``Q_p = 1 / Σ_c (M_cp / F_c)``, both computed from the
    values of the step before and then divided by their means (Tacchella et al. 2012): from 0,
    mean 1. The iteration has converged when no value changes by more than the tolerance in a step;
    after the most iterations the last values are given, and ``converged`` is false.

    Where the matrix in nested order is thinly filled above its diagonal some values tend to zero,
    slowly, in converged results too (Pugliese, Zaccaria & Pietronero 2016): their ranks tell
    more than their sizes. A value that reaches zero makes zero each column that its row has.
    Empty rows and columns get None. The components of a disconnected matrix grow at different
    rates, and all but one would vanish; so only the component with the most cells is
    measured, and others get None.

    :raises InputError: if the tolerance is not above zero or no iteration is allowed.
    """
    import numpy as np

    if tolerance <= 0 or most_iterations < 1:
        raise InputError("the tolerance is not above zero, or no iteration is allowed")
    inner = core(matrix)
    present = inner.presence()
    if not present.size:
        none = nothing(matrix)
        return Fitness(none.rows, none.columns, 0, True)
    rows, columns = np.ones(present.shape[0]), np.ones(present.shape[1])
    converged, step = False, 0
    while not converged and step < most_iterations:
        step += 1
        fitter, harder = present @ columns, _harder(present, rows)
        fitter, harder = fitter / fitter.mean(), harder / harder.mean()
        change = max(np.abs(fitter - rows).max(), np.abs(harder - columns).max())
        rows, columns, converged = fitter, harder, bool(change <= tolerance)
    scores = spread(matrix, inner, rows, columns)
    return Fitness(scores.rows, scores.columns, step, converged)


def _harder(present: Array, rows: Array) -> Array:
    """Return the columns' complexity from the rows' fitness: 0 where a row of no fitness has it."""
    import numpy as np

    alive = rows > ZERO
    inverse = np.zeros_like(rows)
    np.divide(1.0, rows, out=inverse, where=alive)
    sums = present.T @ inverse
    harder = np.zeros_like(sums)
    np.divide(1.0, sums, out=harder, where=present.T @ ~alive == 0)
    return harder


def _standard(values: Array) -> Array:
    deviation = values.std()
    return (values - values.mean()) / deviation if deviation > EQUAL else values * 0


def _correlation(one: Array, other: Array) -> float:
    """Return Pearson's correlation, 0 if one of the two does not vary."""
    import numpy as np

    a, b = one - one.mean(), other - other.mean()
    scale = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / scale) if scale > EQUAL * EQUAL else 0.0
