"""Places in an order, with ties shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any


def competition_ranks(keys: Sequence[Any]) -> list[tuple[int, int]]:
    """Return the rank of each key, the largest first, and how many share it.

    Equal keys share a rank, and the ranks that they would have had are left out: 1, 2, 2, 4.

    >>> competition_ranks([7, 9, 7, 3])
    [(2, 2), (1, 1), (2, 2), (4, 1)]
    """
    counts = Counter(keys)
    rank, first = 1, {}
    for key in sorted(counts, reverse=True):
        first[key] = rank
        rank += counts[key]
    return [(first[key], counts[key]) for key in keys]
