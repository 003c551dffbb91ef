"""What suggestions are computed from: lists of pairs, and which list is to be foretold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stikg.errors import InputError
from stikg.networks.matrix import Incidence, incidence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from stikg.networks.building import Graph

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Pair = tuple[str, str]


@dataclass(frozen=True)
class Lists:
    """The pairs of territory and technology on a target list, and on the other lists.

    Both matrices have the territories and technologies of all lists, in the same order; a value of
    ``others`` is the number of other lists that have the pair. ``stages`` has the labels of
    the other lists for each pair on one.
    """

    target: Incidence
    others: Incidence
    stage: str
    stages: dict[Pair, tuple[str, ...]]

    @property
    def known(self) -> Incidence:
        """All lists in one matrix: a value is the number of lists that have the pair."""
        values = self.target.array() + self.others.array()
        passages = {
            pair: tuple(sorted({*self.target.evidence(*pair), *self.others.evidence(*pair)}))
            for pair in {*(self.target.passages or {}), *(self.others.passages or {})}
        }
        return Incidence(
            self.target.rows, self.target.columns, _tuples(values), self.target.labels, passages
        )

    def chosen(self) -> Mask:
        """Return which cells are on the target list."""
        return self.target.array() > 0

    def candidates(
        self, *, any_technology: bool = False, except_pairs: Collection[Pair] = ()
    ) -> Mask:
        """Return which cells are not on the target list and could be.

        A technology for which no territory is on the target list could not, unless any may be;
        nor could a pair that is excepted, such as one that is reached through a group.
        """
        import numpy as np

        chosen = self.chosen()
        cells = ~chosen
        if not any_technology:
            cells &= np.broadcast_to(chosen.any(axis=0, keepdims=True), chosen.shape)
        rows, columns = self.target.rows, self.target.columns
        for row, column in except_pairs:
            if row in rows and column in columns:
                cells[rows.index(row), columns.index(column)] = False
        return cells


def split(graph: Graph, stage: str) -> Lists:
    """Return the lists of a network whose relations are stages.

    ``stage`` is the IRI of the target list.

    :raises InputError: if no edge is on the target list.
    """
    whole = incidence(graph)
    target: dict[Pair, set[str]] = {}
    others: dict[Pair, set[str]] = {}
    count: dict[Pair, int] = {}
    stages: dict[Pair, set[str]] = {}
    label = ""
    for source, end, data in graph.edges(data=True):
        pair = (source, end)
        if data["relation"] == stage:
            label = str(data["label"])
            target.setdefault(pair, set()).update(data["passages"])
        else:
            others.setdefault(pair, set()).update(data["passages"])
            stages.setdefault(pair, set()).add(str(data["label"]))
            count[pair] = count.get(pair, 0) + 1
    if not target:
        raise InputError(f"no pair is on the list {stage}", remedy="name a stage that has pairs")
    return Lists(
        _matrix(whole, dict.fromkeys(target, 1), target),
        _matrix(whole, count, others),
        label,
        {pair: tuple(sorted(found)) for pair, found in stages.items()},
    )


def _matrix(whole: Incidence, count: dict[Pair, int], passages: dict[Pair, set[str]]) -> Incidence:
    return Incidence(
        whole.rows,
        whole.columns,
        tuple(tuple(float(count.get((r, c), 0)) for c in whole.columns) for r in whole.rows),
        whole.labels,
        {pair: tuple(sorted(found)) for pair, found in passages.items()},
    )


def _tuples(values: Array) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in values.tolist())
