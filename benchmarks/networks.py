"""Measures of networks, against networkx, rustworkx and igraph on the same edges.

Two-sided random networks of average degree 8. Each size is made once; each engine gets the edges
as plain pairs and computes degree, PageRank, eigenvector centrality, cores, clustering and, up to
``EXACT`` nodes, exact betweenness; above, betweenness is estimated, with its error. ``stikg`` has
the extra, ``stikg without`` is networkx, numpy and scipy. The building of the network out of the
solutions of a query, with labels and passages, is timed apart: no peer keeps them.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
import tracemalloc
import warnings
from collections.abc import Callable, Sequence
from functools import partial

import igraph
import networkx as nx
import rustworkx
from measuring import Times, show, time_calls

from stikg.networks import build, find_communities
from stikg.networks.measures.adjacency import Adjacency, adjacency_of
from stikg.networks.measures.computing import Computation
from stikg.networks.measures.paths import sampled_betweenness
from stikg.results import Table
from stikg.terms import IRI, Literal, Term

SIZES = (500, 5_000, 50_000)
DEGREE = 8
EXACT = 5_000
SLOW = 1_000
"""Nodes above which exact betweenness, a minute long in Python, is left to the others."""

PIVOTS = 100
COLUMNS = (
    "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
    "relation", "relationLabel", "passage", "origin",
)  # fmt: skip
CHEAP = ("degree", "pagerank", "eigenvector", "k-core", "clustering")

Pairs = list[tuple[int, int]]


def main() -> None:
    """Print the times of each size given, or of all."""
    # a random network of this size has nodes without edges, of which igraph warns
    warnings.filterwarnings("ignore", message="Some eigenvector", category=RuntimeWarning)
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    for size in parser.parse_args().sizes:
        pairs = random_pairs(size)
        print(f"{size} nodes, {len(pairs)} edges")
        _measure(size, pairs)


def random_pairs(size: int) -> Pairs:
    """Return the edges of a two-sided random network, the same in each run."""
    draw = random.Random(size)
    half = size // 2
    found: set[tuple[int, int]] = set()
    while len(found) < size * DEGREE // 2:
        found.add((draw.randrange(half), draw.randrange(half, size)))
    return sorted(found)


def table_of(pairs: Pairs) -> Table:
    """Return the edges as a network query answers them."""
    relation, word = IRI("urn:relation"), Literal("funds")
    origin, kinds = Literal("stated"), (Literal("agency"), Literal("programme"))

    def row(one: int, other: int) -> tuple[Term, ...]:
        ends = [(IRI(f"urn:{end:06}"), Literal(f"Node {end}")) for end in (one, other)]
        place = IRI(f"urn:passage:{one % 997}")
        return (*ends[0], kinds[0], *ends[1], kinds[1], relation, word, place, origin)

    return Table(COLUMNS, tuple(row(*pair) for pair in pairs))


def _measure(size: int, pairs: Pairs) -> None:
    table = table_of(pairs)
    repetitions = 5 if size <= SLOW else 1
    times = time_calls({"build with labels and passages": lambda: build(table)}, repetitions=3)
    show("  network of the solutions", times, base="build with labels and passages")
    arrays = adjacency_of(build(table))
    print(f"  memory at most: {_peak(lambda: build(table)):.0f} MiB to build it, "
          f"{_peak(partial(ours, arrays, 'rustworkx', CHEAP)):.0f} MiB to measure it")  # fmt: skip
    calls: dict[str, Callable[[], object]] = {
        "stikg": partial(ours, arrays, "rustworkx", CHEAP),
        "stikg without": partial(ours, arrays, "networkx", CHEAP),
        "igraph": partial(by_igraph, size, pairs),
        "rustworkx": partial(by_rustworkx, size, pairs),
        "networkx": partial(by_networkx, size, pairs),
    }
    _show("  degree, PageRank, eigenvector, cores, clustering", calls, 3)
    if size <= EXACT:
        calls = {
            "stikg": partial(ours, arrays, "rustworkx", ("betweenness",)),
            "igraph": lambda: igraph.Graph(size, pairs).betweenness(),
            "rustworkx": lambda: rustworkx.betweenness_centrality(_rustworkx(size, pairs)),
        }
        if size <= SLOW:
            calls["stikg without"] = partial(ours, arrays, "networkx", ("betweenness",))
            calls["networkx"] = lambda: nx.betweenness_centrality(_networkx(size, pairs))
        _show("  betweenness, exact", calls, repetitions)
    else:
        print("  betweenness, exact: not run, it would take minutes to hours")
    _sampled(size, pairs, arrays)
    graph = build(table)
    _show(
        "  communities, one run",
        {
            "stikg": partial(find_communities, graph, runs=1),
            "igraph": lambda: igraph.Graph(size, pairs).community_multilevel(),
        },
        1,
    )


def ours(arrays: Adjacency, engine: str, names: Sequence[str]) -> None:
    """Compute measures, nothing kept from before: the arrays of the simple graph are made anew."""
    fresh = arrays.only(arrays.weights >= 0)
    computation = Computation(fresh, engine)
    for name in names:
        computation.values(name)


def by_igraph(size: int, pairs: Pairs) -> None:
    """Compute the same with igraph."""
    graph = igraph.Graph(size, pairs)
    graph.degree()
    graph.pagerank()
    graph.eigenvector_centrality()
    graph.coreness()
    graph.transitivity_local_undirected()


def by_rustworkx(size: int, pairs: Pairs) -> None:
    """Compute the same with rustworkx, but for clustering, which it has not."""
    graph = _rustworkx(size, pairs)
    [graph.degree(node) for node in graph.node_indices()]
    rustworkx.pagerank(graph.to_directed(), tol=1e-12, max_iter=1000)
    rustworkx.eigenvector_centrality(graph, max_iter=5000)
    rustworkx.core_number(graph)


def by_networkx(size: int, pairs: Pairs) -> None:
    """Compute the same with networkx."""
    graph = _networkx(size, pairs)
    dict(graph.degree)
    nx.pagerank(graph, tol=1e-12, max_iter=1000)
    nx.eigenvector_centrality(graph, max_iter=5000)
    nx.core_number(graph)
    nx.clustering(graph)


def _rustworkx(size: int, pairs: Pairs) -> rustworkx.PyGraph[None, None]:
    graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.extend_from_edge_list(pairs)
    return graph


def _networkx(size: int, pairs: Pairs) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.empty_graph(size)
    graph.add_edges_from(pairs)
    return graph


def _show(title: str, calls: dict[str, Callable[[], object]], repetitions: int) -> None:
    times: dict[str, Times] = time_calls(calls, repetitions=repetitions)
    show(title, times, base="stikg")


def _sampled(size: int, pairs: Pairs, arrays: Adjacency) -> None:
    calls: dict[str, Callable[[], object]] = {
        "stikg": lambda: sampled_betweenness(arrays, pivots=PIVOTS),
    }
    if size <= SLOW:
        calls["networkx"] = lambda: nx.betweenness_centrality(
            _networkx(size, pairs), k=PIVOTS, seed=0
        )
    _show(f"  betweenness, estimated from {PIVOTS} nodes", calls, 1)
    began = time.perf_counter()
    found = sampled_betweenness(arrays, pivots=PIVOTS)
    taken = time.perf_counter() - began
    largest = found.values.argsort()[::-1][:10]
    relative = statistics.median(found.errors[largest] / found.values[largest])
    print(
        f"    {taken:.1f} s; standard error of the ten largest, median: {relative:.0%} of the value"
    )


def _peak(call: Callable[[], object]) -> float:
    tracemalloc.start()
    call()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


if __name__ == "__main__":
    main()
