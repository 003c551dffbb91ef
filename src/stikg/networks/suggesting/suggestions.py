"""Pairs that are not on a list, ranked by how near they are to it, with the reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.networks.matrix import proximity
from stikg.networks.suggesting.lists import Lists, Pair, split
from stikg.networks.suggesting.scoring import METHODS, combined, scores

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.networks.matrix import Incidence
    from stikg.networks.suggesting.lists import Array

RELATED: Final = 3
"""Related technologies that are named for a suggestion."""


@dataclass(frozen=True)
class Related:
    """A technology that a territory has and that goes together with the suggested one.

    ``proximity`` is Hidalgo's, from 0 to 1; ``shared`` the number of territories, without the one
    that the suggestion is for, that have both; ``passages`` put the territory on a list for it.
    """

    technology: str
    proximity: float
    shared: int
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """A pair that is computed to be near the target list; no document states it.

    ``rank`` is its place among all candidates, 1 for the first, equal scores sharing the best;
    ``of`` their number. ``scores`` has its score by each method, ``combined`` among them.
    ``stages`` are the lists on which it is, ``passages`` those that put it there. ``territories``
    is the number of territories that have the technology on any list.
    """

    territory: str
    technology: str
    rank: int
    of: int
    scores: Mapping[str, float]
    stages: tuple[str, ...]
    passages: tuple[str, ...]
    related: tuple[Related, ...]
    territories: int


def suggest(
    graph: Graph,
    *,
    stage: str,
    method: str = "combined",
    any_technology: bool = False,
    reached: Collection[Pair] = (),
) -> tuple[Suggestion, ...]:
    """Return the pairs that are not on the list of a stage, the nearest first.

    The network's sources are territories, its targets technologies, its relations stages; ``stage``
    is the IRI of one. Scores are computed from all lists. Candidates are the pairs of a territory
    on any list and a technology for which any territory is on the target list, or with
    ``any_technology`` on any list; pairs that are ``reached`` otherwise, such as through a group
    that is on the list, are none.

    :raises InputError: if there is no such method, or no pair is on the list.
    """
    if method not in (*METHODS, "combined"):
        raise InputError(
            f"{method!r} is not a method", remedy=f"use one of: combined, {', '.join(METHODS)}"
        )
    lists = split(graph, stage)
    cells = lists.candidates(any_technology=any_technology, except_pairs=reached)
    known = lists.known
    found = scores(known.array())
    found["combined"] = combined(found, cells)
    near = proximity(known)
    pairs = [(int(row), int(column)) for row, column in zip(*cells.nonzero(), strict=True)]
    values = {pair: round(float(found[method][pair]), 12) for pair in pairs}

    def order(pair: tuple[int, int]) -> tuple[float, float, int, int]:
        return (-values[pair], -round(float(found["combined"][pair]), 12), *pair)

    falling = sorted(values.values(), reverse=True)
    return tuple(
        _suggestion(lists, known, near, pair, found, (falling.index(values[pair]) + 1, len(pairs)))
        for pair in sorted(pairs, key=order)
    )


def _suggestion(
    lists: Lists,
    known: Incidence,
    near: Array,
    pair: tuple[int, int],
    found: dict[str, Array],
    place: tuple[int, int],
) -> Suggestion:
    names = (known.rows[pair[0]], known.columns[pair[1]])
    return Suggestion(
        *names,
        *place,
        scores={name: float(values[pair]) for name, values in found.items()},
        stages=lists.stages.get(names, ()),
        passages=lists.others.evidence(*names),
        related=_related(known, near, pair),
        territories=int(known.presence()[:, pair[1]].sum()),
    )


def _related(known: Incidence, near: Array, pair: tuple[int, int]) -> tuple[Related, ...]:
    """Return what the territory has that is nearest to the technology, the nearest first."""
    row, column = pair
    present = known.presence()
    others = [
        index
        for index in range(len(known.columns))
        if index != column and present[row, index] and near[column, index] > 0
    ]
    others.sort(key=lambda index: (-round(near[column, index], 12), index))
    elsewhere = present.copy()
    elsewhere[row] = 0
    return tuple(
        Related(
            technology=known.columns[index],
            proximity=float(near[column, index]),
            shared=int(elsewhere[:, column] @ elsewhere[:, index]),
            passages=known.evidence(known.rows[row], known.columns[index]),
        )
        for index in others[:RELATED]
    )


def of(
    suggestions: Iterable[Suggestion],
    *,
    territory: str | None = None,
    technology: str | None = None,
) -> tuple[Suggestion, ...]:
    """Return the suggestions for a territory, a technology, or both; ranks stay as they are."""
    return tuple(
        item
        for item in suggestions
        if territory in (None, item.territory) and technology in (None, item.technology)
    )
