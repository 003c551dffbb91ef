"""Whether suggestions would have foretold a list that is known."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.networks.suggesting.judging import Interval, Judgement, Trial, judge
from stikg.networks.suggesting.lists import split
from stikg.networks.suggesting.scoring import combined, scores
from stikg.results import Row, Table
from stikg.terms import XSD, Literal

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.networks.suggesting.lists import Array, Lists, Mask, Pair
    from stikg.networks.suggesting.reasons import Criteria

FOLDS: Final = 5
REPEATS: Final = 20
"""Times that the pairs are dealt into folds."""

BACKTESTED: Final = (
    "task", "method", "auc", "low", "high", "within", "withinLow", "withinHigh",
    "precision", "chance", "k", "wanted", "others",
)  # fmt: skip


def backtest(
    graph: Graph,
    criteria: Criteria,
    *,
    stage: str,
    reached: Collection[Pair] = (),
    seed: int = 1,
    k: int = 10,
) -> tuple[Judgement, ...]:
    """Judge the methods, and simple baselines, on the list of a stage that is known.

    Two tasks. *Hidden pairs*: a fifth of the pairs on the list is hidden, dealt at random with the
    seed, and is to be found among the pairs that are on no such list; what other lists say of
    the hidden pairs stays. *Other lists*: nothing of the list is known; all its pairs are
    to be found, from the other lists and, for the walk, from the criteria that territories meet.
    This task is judged among the technologies of the list, and among those of all lists. Pairs
    that are reached otherwise are neither wanted nor others.

    :raises InputError: if too few pairs are on the list, or none is not, or no pair on another.
    """
    lists = split(graph, stage)
    cells = lists.candidates(except_pairs=reached)
    if lists.target.fill < FOLDS or not cells.any() or not lists.others.fill or k < 1:
        raise InputError(
            "the lists are too few or too short for a backtest",
            remedy=f"it needs {FOLDS} pairs on the list, one off it, and one on another list",
        )
    hidden = list(_hidden(lists, cells, seed))
    found = judge("hidden pairs", hidden, k=k, seed=seed)
    wide = lists.candidates(any_technology=True, except_pairs=reached)
    for name, others in (("other lists", cells), ("other lists, any technology", wide)):
        found += judge(name, [_foretold(lists, others, criteria)], k=k, seed=seed)
    return found


def _hidden(lists: Lists, others: Mask, seed: int) -> Iterator[Trial]:
    """Yield one trial for each fold of each repetition."""
    import numpy as np

    chance = random.Random(seed)  # noqa: S311 a draw, not a secret
    pairs = np.argwhere(lists.chosen())
    for _ in range(REPEATS):
        order = list(range(len(pairs)))
        chance.shuffle(order)
        for fold in range(FOLDS):
            wanted = np.zeros_like(others)
            for index in order[fold::FOLDS]:
                wanted[tuple(pairs[index])] = True
            left = np.where(wanted, 0.0, lists.target.array())
            found = scores(left + lists.others.array())
            yield Trial(
                {
                    **found,
                    "combined": combined(found, wanted | others),
                    **_popularity(left),
                },
                wanted,
                others,
            )


def _foretold(lists: Lists, others: Mask, criteria: Criteria) -> Trial:
    """Return the trial that knows the other lists and the criteria alone."""
    import numpy as np

    known, wanted = lists.others.array(), lists.chosen()
    names = sorted({name for met in criteria.values() for name in met})
    met = np.array(
        [[float(name in criteria.get(row, {})) for name in names] for row in lists.others.rows]
    ).reshape(len(known), len(names))
    found = scores(known, met)
    number = np.broadcast_to(met.sum(axis=1, keepdims=True), known.shape)
    return Trial(
        {
            **found,
            "combined": combined(found, wanted | others),
            "already listed": known,
            "number of criteria": number,
            **_popularity(known),
        },
        wanted,
        others,
    )


def _popularity(present: Array) -> dict[str, Array]:
    """Return the baselines: how many a territory has, how many have a technology, and chance."""
    import numpy as np

    return {
        "territory popularity": np.broadcast_to(present.sum(1, keepdims=True), present.shape),
        "technology popularity": np.broadcast_to(present.sum(0), present.shape),
        "random": np.zeros_like(present),
    }


def backtest_table(judgements: Collection[Judgement]) -> Table:
    """Return one row for each task and method.

    ``low`` and ``high`` are the interval of ``auc``, ``withinLow`` and ``withinHigh`` that of
    ``within``.
    """
    rows: list[Row] = []
    for item in judgements:
        rows.append(
            (
                Literal(item.task),
                Literal(item.method),
                *_interval(item.auc),
                *_interval(item.within),
                *map(_decimal, (item.precision, item.chance)),
                *map(_integer, (item.k, round(item.wanted), round(item.others))),
            )
        )
    return Table(BACKTESTED, tuple(rows))


def _interval(item: Interval | None) -> tuple[Literal | None, ...]:
    if item is None:
        return (None, None, None)
    return tuple(map(_decimal, (item.value, item.low, item.high)))


def _decimal(value: float) -> Literal:
    return Literal(f"{value:.3f}", XSD + "decimal")


def _integer(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")
