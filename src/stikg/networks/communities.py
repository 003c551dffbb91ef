"""Groups of nodes that are linked more among themselves, and how far to trust them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from statistics import fmean
from typing import TYPE_CHECKING, Final

from stikg.errors import InputError
from stikg.networks.measures.engines import NETWORKIT, advice, choose_engine
from stikg.results import Row, Table

if TYPE_CHECKING:
    from stikg.networks.building import Graph
    from stikg.networks.measures.adjacency import Adjacency

RUNS: Final = 20


@dataclass(frozen=True)
class Communities:
    """The best of several partitions of a network, and how much they agree.

    ``members`` are the nodes of each community, the largest first; ``modularity`` is that of the
    partition, ``stability`` the mean adjusted Rand index of all pairs of runs (1: all the same),
    ``steadiness`` for each node the mean overlap of its community with those it has in the runs.
    """

    members: tuple[tuple[str, ...], ...]
    modularity: float
    stability: float
    steadiness: dict[str, float]
    runs: int
    engine: str
    notes: tuple[str, ...] = ()


def find_communities(
    graph: Graph, *, seed: int = 0, runs: int = RUNS, engine: str | None = None
) -> Communities:
    """Return the communities of a network, on the undirected graph with its edges' weights.

    The method of Louvain (Blondel, Guillaume, Lambiotte and Lefebvre 2008) runs with the seeds
    ``seed`` … ``seed + runs − 1``, and the partition of the highest modularity (Newman and Girvan
    2004) is kept; the least seed, if several have it. Nodes without an edge are alone.

    :raises InputError: if ``runs`` is less than 1, or the engine is none.
    :raises MissingDependency: if the engine is not installed.
    """
    from stikg.networks.measures.adjacency import adjacency_of

    if runs < 1:
        raise InputError("communities need at least one run", remedy="give runs=20")
    network = adjacency_of(graph)
    chosen = choose_engine(len(network), wanted=engine, purpose="communities")
    louvain = _networkit if chosen == NETWORKIT else _networkx
    partitions = [louvain(network, seed + run) for run in range(runs)]
    values = [modularity(network, partition) for partition in partitions]
    highest = max(values)
    best = next(
        run for run, value in zip(partitions, values, strict=True) if value > highest - 1e-12
    )
    pairs = [adjusted_rand_index(one, other) for one, other in combinations(partitions, 2)]
    return Communities(
        members=_members(network, best),
        modularity=highest,
        stability=fmean(pairs) if pairs else 1.0,
        steadiness=dict(zip(network.nodes, _steadiness(best, partitions), strict=True)),
        runs=runs,
        engine=chosen,
        notes=advice(len(network), chosen, purpose="communities"),
    )


def _weighted(network: Adjacency) -> dict[tuple[int, int], float]:
    """Return the weight of each edge of the simple graph, that of all edges of its nodes."""
    found: dict[tuple[int, int], float] = {}
    for tail, head, weight in zip(
        network.tails.tolist(), network.heads.tolist(), network.weights.tolist(), strict=True
    ):
        if tail != head:
            pair = (min(tail, head), max(tail, head))
            found[pair] = found.get(pair, 0.0) + weight
    return dict(sorted(found.items()))


def _networkx(network: Adjacency, seed: int) -> list[int]:
    import networkx as nx

    graph: nx.Graph[int] = nx.empty_graph(len(network))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in _weighted(network).items())
    found = [0] * len(network)
    if not graph.number_of_edges():
        return list(range(len(network)))
    for number, members in enumerate(nx.community.louvain_communities(graph, seed=seed)):
        for node in members:
            found[node] = number
    return found


def _networkit(network: Adjacency, seed: int) -> list[int]:
    """Return the partition that networkit finds when it visits the nodes in a random order.

    On one thread it visits them in their own order whatever its seed; on several it finds another
    partition each time.
    """
    import random

    import networkit

    place = random.Random(seed).sample(range(len(network)), len(network))  # noqa: S311
    graph = networkit.Graph(len(network), weighted=True)
    for (low, high), weight in _weighted(network).items():
        graph.addEdge(place[low], place[high], weight)
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, False)
    try:
        found = networkit.community.PLM(graph, refine=True).run().getPartition()
    finally:
        networkit.setNumberOfThreads(threads)
    parts = found.getVector()
    return [int(parts[node]) for node in place]


def modularity(network: Adjacency, partition: Sequence[int]) -> float:
    """Return the modularity of a partition: Σ (w(c) / w − (s(c) / 2w)²), 0 without edges.

    w(c) is the weight within a community, s(c) the strength of its nodes, w the weight of all
    (Newman and Girvan 2004).
    """
    total = 0.0
    inside: dict[int, float] = {}
    strengths: dict[int, float] = {}
    for (low, high), weight in _weighted(network).items():
        total += weight
        for node in (low, high):
            strengths[partition[node]] = strengths.get(partition[node], 0.0) + weight
        if partition[low] == partition[high]:
            inside[partition[low]] = inside.get(partition[low], 0.0) + weight
    if not total:
        return 0.0
    return sum(inside.values()) / total - sum((s / (2 * total)) ** 2 for s in strengths.values())


def adjusted_rand_index(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much two partitions agree: 1 if equal, about 0 if by chance.

    (Hubert and Arabie 1985, with binomial coefficients.)

    >>> adjusted_rand_index([0, 0, 1, 1], [5, 5, 3, 3])
    1.0
    >>> round(adjusted_rand_index([0, 0, 1, 1], [0, 1, 0, 1]), 6)
    -0.5
    """
    together = sum(comb(count, 2) for count in Counter(zip(one, other, strict=True)).values())
    first = sum(comb(count, 2) for count in Counter(one).values())
    second = sum(comb(count, 2) for count in Counter(other).values())
    pairs = comb(len(one), 2)
    if not pairs:
        return 1.0
    chance = first * second / pairs
    most = (first + second) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def _steadiness(best: Sequence[int], partitions: Sequence[Sequence[int]]) -> list[float]:
    """Return for each node the mean Jaccard index of its community in the best and in each run."""
    sizes = Counter(best)
    total = [0.0] * len(best)
    for partition in partitions:
        others, common = Counter(partition), Counter(zip(best, partition, strict=True))
        for node, (mine, theirs) in enumerate(zip(best, partition, strict=True)):
            both = common[mine, theirs]
            total[node] += both / (sizes[mine] + others[theirs] - both)
    return [value / len(partitions) for value in total]


def _members(network: Adjacency, partition: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    groups: dict[int, list[str]] = {}
    for node, part in zip(network.nodes, partition, strict=True):
        groups.setdefault(part, []).append(node)
    return tuple(
        tuple(group) for group in sorted(groups.values(), key=lambda group: (-len(group), group))
    )


def community_table(graph: Graph, found: Communities) -> Table:
    """Return the nodes by community: its number, the largest first, its size, and steadiness."""
    from stikg.networks.measuring import described, number

    rows: list[Row] = []
    for place, members in enumerate(found.members, start=1):
        for node in sorted(members, key=lambda node: (str(graph.nodes[node]["label"]), node)):
            steady = number(round(found.steadiness[node], 6))
            rows.append((*described(graph, node), number(place), number(len(members)), steady))
    return Table(("node", "nodeLabel", "kind", "community", "size", "steadiness"), tuple(rows))
