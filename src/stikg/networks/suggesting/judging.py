"""How well scores tell pairs that are on a list from pairs that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

DRAWS: Final = 1000
"""Times that the territories are drawn anew for an interval."""


@dataclass(frozen=True)
class Trial:
    """Scores of some pairs, those to be found among them: arrays of one shape, rows territories."""

    scores: dict[str, Array]
    wanted: Mask
    others: Mask


@dataclass(frozen=True)
class Interval:
    """A value, and the bounds that hold it with 95 per cent confidence."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Judgement:
    """How well one method does in a task.

    ``auc`` is the probability that a wanted pair scores above another, ties counted half: 0.5 is
    chance, 1 perfect. ``within`` is the same for pairs of one territory, None if no territory has
    both kinds: it leaves out what is gained by knowing which territories have much.
    ``precision`` is the share of wanted pairs among the first ``k``, ``chance`` that of a random
    order; ``wanted`` and ``others`` are the numbers of pairs in a trial, on average.
    """

    task: str
    method: str
    auc: Interval
    within: Interval | None
    precision: float
    chance: float
    k: int
    wanted: float
    others: float


def auc(wanted: Sequence[float], others: Sequence[float]) -> float:
    """Return the share of pairs of a wanted and another score in which the wanted one is higher.

    Ties count half (Hanley & McNeil 1982).

    >>> auc([3, 1], [2, 1])
    0.625
    """
    import numpy as np

    return float(_wins(np.array(wanted, dtype=float), np.array(others, dtype=float)).mean())


def precision_at(wanted: Sequence[float], others: Sequence[float], k: int) -> float:
    """Return the share of wanted scores among the k highest; what ties at the end is shared out.

    >>> precision_at([3, 1], [2, 1], 2), precision_at([3, 1], [2, 1], 3)
    (0.5, 0.5)
    """
    import numpy as np

    scores = np.round(np.array([*wanted, *others], dtype=float), 12)
    hit = np.arange(len(scores)) < len(wanted)
    k = min(k, len(scores))
    edge = np.sort(scores)[::-1][k - 1]
    above, level = scores > edge, scores == edge
    free = k - int(above.sum())
    return float((hit[above].sum() + free * hit[level].sum() / level.sum()) / k)


def judge(task: str, trials: Sequence[Trial], *, k: int, seed: int) -> tuple[Judgement, ...]:
    """Return how each method does on average over trials.

    Intervals are those of a bootstrap: the territories are drawn anew with replacement, because the
    pairs of one territory are not independent. They tell what other territories of the same kind
    might have given, not what other technologies or documents would.
    """
    import numpy as np

    size = len(trials[0].wanted)
    chance = np.random.Generator(np.random.PCG64(seed))
    draws = chance.multinomial(size, [1 / size] * size, size=DRAWS).astype(float)
    wanted = float(np.mean([trial.wanted.sum() for trial in trials]))
    others = float(np.mean([trial.others.sum() for trial in trials]))
    found = []
    for method in trials[0].scores:
        counts = [_counted(trial, method) for trial in trials]
        wins, pairs = (np.sum([count[part] for count in counts], axis=0) for part in (0, 1))
        found.append(
            Judgement(
                task=task,
                method=method,
                auc=_ratio(wins, pairs, draws),
                within=_ratio(np.diag(np.diag(wins)), np.diag(np.diag(pairs)), np.sqrt(draws))
                if np.trace(pairs)
                else None,
                precision=float(np.mean([_precision(trial, method, k) for trial in trials])),
                chance=wanted / (wanted + others),
                k=k,
                wanted=wanted,
                others=others,
            )
        )
    return tuple(found)


def _wins(wanted: Array, others: Array) -> Array:
    """Return 1 where a wanted score is above another, 1/2 where equal but for rounding, else 0."""
    import numpy as np

    gap = np.round(wanted[:, None] - others[None, :], 12)
    return np.asarray((gap > 0) + (gap == 0) / 2)


def _counted(trial: Trial, method: str) -> tuple[Array, Array]:
    """Return the wins, and the pairs compared, of each territory's wanted against each's others."""
    import numpy as np

    values = trial.scores[method]
    of = np.eye(len(values))
    one, other = of[trial.wanted.nonzero()[0]], of[trial.others.nonzero()[0]]
    wins = one.T @ _wins(values[trial.wanted], values[trial.others]) @ other
    return wins, np.outer(one.sum(axis=0), other.sum(axis=0))


def _ratio(wins: Array, pairs: Array, draws: Array) -> Interval:
    """Return the share of wins, and its interval over draws of territories."""
    import numpy as np

    won, compared = (np.einsum("dt,tu,du->d", draws, part, draws) for part in (wins, pairs))
    share = np.full(len(draws), 0.5)
    np.divide(won, compared, out=share, where=compared > 0)
    low, high = np.quantile(share, [0.025, 0.975])
    return Interval(float(wins.sum() / pairs.sum()), float(low), float(high))


def _precision(trial: Trial, method: str, k: int) -> float:
    values = trial.scores[method]
    return precision_at(values[trial.wanted].tolist(), values[trial.others].tolist(), k)
