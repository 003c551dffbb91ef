"""How a network falls apart when nodes go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.networks.measures.engines import EXACT_NODES, choose_engine
from stikg.results import Row, Table

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.networks.measures.adjacency import Adjacency
    from stikg.networks.measures.computing import Computation

RUNS: Final = 100
STEPS: Final = 20


@dataclass(frozen=True)
class Robustness:
    """Shares of all nodes in the largest component after 0, 1, 2 … n nodes are gone.

    ``random`` is the mean of ``runs`` random orders.
    """

    degree: tuple[float, ...]
    betweenness: tuple[float, ...]
    random: tuple[float, ...]
    runs: int
    notes: tuple[str, ...] = ()

    def index(self, order: str) -> float:
        """Return the mean of a curve after 1 … n nodes are gone, at most ½ − 1 / 2n.

        (Schneider, Moreira, Andrade, Havlin and Herrmann 2011.)
        """
        shares: tuple[float, ...] = getattr(self, order)
        return fmean(shares[1:]) if len(shares) > 1 else 0.0


def remove_nodes(graph: Graph, *, runs: int = RUNS, seed: int = 0) -> Robustness:
    """Return what is left of the largest component while nodes are removed one by one.

    Nodes go by degree, by betweenness, and at random (Albert, Jeong and Barabási 2000). Degree and
    betweenness are those of the whole network; of equals in one the larger in the other goes
    first, then the one of the lesser IRI.

    :raises InputError: if ``runs`` is less than 1.
    """
    import random

    from stikg.networks.measures.adjacency import adjacency_of
    from stikg.networks.measures.computing import Computation

    if runs < 1:
        raise InputError("a mean needs at least one run", remedy="give runs=100")
    network = adjacency_of(graph)
    engine = choose_engine(len(network))
    exact = len(network) <= EXACT_NODES[engine]
    computation = Computation(network, engine, seed=seed)
    degrees = network.degrees.tolist()
    between = [
        round(value, 6)
        for value in computation.values("betweenness" if exact else "sampled-betweenness").tolist()
    ]
    nodes = range(len(network))
    draw = random.Random(seed)  # noqa: S311
    curves = [_curve(network, draw.sample(nodes, len(nodes))) for _ in range(runs)]
    return Robustness(
        degree=_curve(network, sorted(nodes, key=lambda v: (-degrees[v], -between[v], v))),
        betweenness=_curve(network, sorted(nodes, key=lambda v: (-between[v], -degrees[v], v))),
        random=tuple(fmean(shares) for shares in zip(*curves, strict=True)),
        runs=runs,
        notes=() if exact else (_estimated(computation),),
    )


def _estimated(computation: Computation) -> str:
    found = computation.estimate()
    return (
        f"betweenness is estimated from {found.pivots} nodes: the standard error of the ten "
        f"largest values is {found.relative_error:.1%} (median)"
    )


def _curve(network: Adjacency, order: Sequence[int]) -> tuple[float, ...]:
    """Return the largest component's share after each removal, found by adding in reverse."""
    indptr, indices = network.matrix.indptr.tolist(), network.matrix.indices.tolist()
    parent = list(range(len(network)))
    sizes = [0] * len(network)
    largest = [0]
    for node in reversed(order):
        sizes[node] = 1
        for other in indices[indptr[node] : indptr[node + 1]]:
            if sizes[other]:
                _join(parent, sizes, node, other)
        largest.append(max(largest[-1], sizes[_root(parent, node)]))
    return tuple(size / max(len(network), 1) for size in reversed(largest))


def _join(parent: list[int], sizes: list[int], one: int, other: int) -> None:
    small, large = sorted((_root(parent, one), _root(parent, other)), key=lambda node: sizes[node])
    if small != large:
        parent[small] = large
        sizes[large] += sizes[small]


def _root(parent: list[int], node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


def robustness_table(found: Robustness, *, steps: int = STEPS) -> Table:
    """Return the curves at some steps: nodes removed, and the largest component's share by order.

    A last row, of as many removed as there are nodes, ends every curve at 0.
    """
    from stikg.networks.measuring import number

    last = len(found.degree) - 1
    taken = sorted({round(last * step / steps) for step in range(steps + 1)})
    rows: list[Row] = [
        (
            number(place),
            number(round(place / max(last, 1), 6)),
            *(
                number(round(curve[place], 6))
                for curve in (found.degree, found.betweenness, found.random)
            ),
        )
        for place in taken
    ]
    columns = ("removed", "removedShare", "byDegree", "byBetweenness", "atRandom")
    return Table(columns, tuple(rows))
