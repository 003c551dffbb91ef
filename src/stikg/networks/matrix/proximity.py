"""Which columns go together, and how near a row is to those it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stikg.networks.matrix.incidence import Array, Incidence


def proximity(matrix: Incidence) -> Array:
    """Return the proximity of each pair of columns.

    The smaller of the two conditional probabilities that a row which has the one has the other:
    ``φ_pq = Σ_c M_cp M_cq / max(k_p, k_q)``, from 0 to 1, symmetric (Hidalgo et al. 2007). The
    diagonal is 1, 0 for an empty column, which has proximity 0 to all. Columns of different
    components have proximity 0. Empty rows change nothing.
    """
    return proximity_of(matrix.presence())


def proximity_of(present: Array) -> Array:
    """Return the proximity of the columns of an array of zeros and ones; see ``proximity``."""
    import numpy as np

    sums = present.sum(axis=0)
    larger = np.maximum.outer(sums, sums)
    shared = present.T @ present
    near = np.zeros_like(shared)
    np.divide(shared, larger, out=near, where=larger > 0)
    return near


def relatedness_density(matrix: Incidence) -> Array:
    """Return how much of what is near a column each row has.

    ``ω_cp = Σ_q M_cq φ_pq / Σ_q φ_pq`` over the columns q other than p, from 0 to 1 (Hidalgo et al.
    2007, whose sum has q = p as well; here a row's having p says nothing of its density around p).
    It is nan for a column that has proximity 0 to all others, such as an empty one or one
    whose rows have nothing else; 0 for an empty row.
    """
    return density_of(matrix.presence())


def density_of(present: Array) -> Array:
    """Return the relatedness density of an array of zeros and ones."""
    import numpy as np

    near = proximity_of(present)
    np.fill_diagonal(near, 0)
    total = np.broadcast_to(near.sum(axis=0), present.shape)
    density = np.full(present.shape, np.nan)
    np.divide(present @ near, total, out=density, where=total > 0)
    return density
