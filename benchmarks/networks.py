"""Networks and their measures, against networkx, rustworkx and igraph on the same edges.

Two-sided random networks of average degree 8, the same in each run. Every task of every engine runs
in processes of its own, in turn, so that its memory is its own: the growth of the process at most,
from before the first call; a small network is measured before, so that imports do not count. Peers
get the edges as plain pairs and make their graph anew in each call; ``stikg`` gets the arrays of
its network and makes its matrix anew. ``stikg`` has the extra ``fast``, ``stikg without`` is
networkx, numpy and scipy. What a query answers, and the network with labels and passages that is
built of it, is timed apart: no peer keeps them.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from measuring import Times, show

SIZES = (500, 5_000, 50_000)
DEGREE = 8
SMALL = 60
"""Nodes of the network that is measured before anything counts."""

EXACT = 5_000
"""Nodes above which exact shortest paths, quadratic in size, take minutes to hours."""

SLOW = 1_000
"""Nodes above which networkx takes a minute or more for shortest paths."""

SECONDS = 1.0
"""Time for which a process repeats a call, up to ``REPETITIONS``."""

REPETITIONS = 20
PIVOTS = 1_400
"""Nodes from which igraph estimates betweenness, about as many as ours come to."""

CHEAP = ("degree", "pagerank", "eigenvector", "k-core", "clustering")
COLUMNS = (
    "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
    "relation", "relationLabel", "passage", "origin",
)  # fmt: skip
QUERY = """SELECT ?source ?sourceLabel ?sourceKindLabel ?target ?targetLabel ?targetKindLabel
  ?relation ?relationLabel ?passage ?origin WHERE {
  GRAPH ?passage { ?source ?relation ?target } ?passage <urn:origin> ?origin .
  ?relation <urn:label> ?relationLabel .
  ?source <urn:label> ?sourceLabel ; <urn:kind> ?sourceKindLabel .
  ?target <urn:label> ?targetLabel ; <urn:kind> ?targetKindLabel .
}"""

Pairs = list[tuple[int, int]]
Call = Callable[[], object]


class Task(NamedTuple):
    """What is timed: its title, its engines, and for each the nodes up to which it runs."""

    title: str
    engines: dict[str, int]


NO_END = 1_000_000
TASKS = {
    "query": Task("network asked of a store in memory", {"stikg": NO_END}),
    "build": Task(
        "network built of the answer, with labels and passages; networkx: of pairs alone",
        {"stikg": NO_END, "networkx": NO_END},
    ),
    "cheap": Task(
        "degree, PageRank, eigenvector, cores, clustering (rustworkx: without clustering)",
        dict.fromkeys(("stikg", "stikg without", "igraph", "rustworkx", "networkx"), NO_END),
    ),
    "betweenness": Task(
        "betweenness, exact",
        {"stikg": EXACT, "stikg without": EXACT, "igraph": EXACT, "rustworkx": EXACT}
        | {"networkx": SLOW},
    ),
    "closeness": Task(
        "closeness, exact",
        {"stikg": EXACT, "stikg without": EXACT, "igraph": EXACT, "rustworkx": EXACT}
        | {"networkx": SLOW},
    ),
    "estimate": Task(
        f"betweenness, estimated; igraph: from up to {PIVOTS} nodes",
        {"stikg": NO_END, "igraph": NO_END},
    ),
    "communities": Task("communities, one run", {"stikg": NO_END, "igraph": NO_END}),
}


def main() -> None:
    """Print time and memory of each task and engine, for the sizes given or for all."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=3, help="processes for each engine")
    parser.add_argument("--task", action="append", choices=list(TASKS), help="only this one")
    parser.add_argument("--one", nargs=2, metavar=("TASK", "ENGINE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        # a random network of this size has nodes without edges, of which igraph warns
        warnings.filterwarnings("ignore", message="Some eigenvector", category=RuntimeWarning)
        print(json.dumps(measure(*given.one, given.sizes[0])))
        return
    for size in given.sizes:
        print(f"{size} nodes, {len(random_pairs(size))} edges")
        for name in given.task or TASKS:
            task = TASKS[name]
            engines = [engine for engine, most in task.engines.items() if size <= most]
            if engines:
                compare(name, engines, size, rounds=given.rounds if size <= EXACT else 1)
            else:
                print(f"{task.title}: not run, it would take minutes to hours")


def compare(task: str, engines: Sequence[str], size: int, *, rounds: int) -> None:
    """Run a task by each engine in turn, and print what it took."""
    found: dict[str, list[dict[str, Any]]] = {engine: [] for engine in engines}
    for _ in range(rounds):
        for engine in engines:
            command = [sys.executable, __file__, str(size), "--one", task, engine]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            found[engine].append(json.loads(done.stdout))
    times = {
        engine: Times(*(
            1000 * statistics.median(value for run in runs for value in run[key])
            for key in ("elapsed", "processor")
        ))
        for engine, runs in found.items()
    }  # fmt: skip
    show(TASKS[task].title, times, base="stikg")
    for engine, runs in found.items():
        print(f"    {engine}: memory {statistics.median(run['MiB'] for run in runs):.1f} MiB")
        if runs[0]["note"]:
            print(f"    {engine}: {runs[0]['note']}")


def measure(task: str, engine: str, size: int) -> dict[str, Any]:
    """Run a task in this process: seconds of each call, memory of the first, and a note."""
    prepare = PREPARED[task, engine]
    prepare(SMALL, random_pairs(SMALL))()
    call = prepare(size, random_pairs(size))
    before = _reset_peak()
    found: list[object] = []
    taken = list(_timed(lambda: found.append(call()), times=1))
    used = _peak() - before
    if taken[0][0] < SECONDS:
        taken = list(_timed(call, times=REPETITIONS))
    elapsed, processor = zip(*taken, strict=True)
    note = estimate_note(size, found[0]) if (task, engine) == ("estimate", "stikg") else ""
    return {"elapsed": elapsed, "processor": processor, "MiB": used / 1024, "note": note}


def _timed(call: Call, *, times: int) -> Iterator[tuple[float, float]]:
    end = time.perf_counter() + SECONDS
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        call()
        yield time.perf_counter() - start, time.process_time() - used
        if time.perf_counter() > end:
            return


def _reset_peak() -> int:
    """Return the memory of this process in KiB; where Linux lets it, its peak starts anew."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _status("VmRSS")


def _peak() -> int:
    try:
        return _status("VmHWM")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name + ":"))


def random_pairs(size: int) -> Pairs:
    """Return the edges of a two-sided random network, the same in each run."""
    draw = random.Random(size)
    half = size // 2
    found: set[tuple[int, int]] = set()
    while len(found) < size * DEGREE // 2:
        found.add((draw.randrange(half), draw.randrange(half, size)))
    return sorted(found)


def table_of(pairs: Pairs) -> Any:
    """Return the edges as a network query answers them."""
    from stikg.results import Table
    from stikg.terms import IRI, Literal, Term

    relation, word = IRI("urn:relation"), Literal("funds")
    origin, kinds = Literal("stated"), (Literal("agency"), Literal("programme"))

    def row(one: int, other: int) -> tuple[Term, ...]:
        ends = [(IRI(f"urn:{end:06}"), Literal(f"Node {end}")) for end in (one, other)]
        place = IRI(f"urn:passage:{one % 997}")
        return (*ends[0], kinds[0], *ends[1], kinds[1], relation, word, place, origin)

    return Table(COLUMNS, tuple(row(*pair) for pair in pairs))


def _asked(_: int, pairs: Pairs) -> Call:

    from stikg.store import LocalStore
    from stikg.terms import IRI

    label, kind, origin = IRI("urn:label"), IRI("urn:kind"), IRI("urn:origin")
    quads: dict[Any, None] = {}
    for row in table_of(pairs).rows:
        source, source_label, source_kind, target, target_label, target_kind, *rest = row
        relation, word, place, how = rest
        for subject, predicate, value, graph in (
            (source, relation, target, place), (place, origin, how, None),
            (relation, label, word, None), (source, label, source_label, None),
            (source, kind, source_kind, None), (target, label, target_label, None),
            (target, kind, target_kind, None),
        ):  # fmt: skip
            quads[subject, predicate, value, graph] = None
    return partial(LocalStore.in_memory(quads).select, QUERY)


def _built(_: int, pairs: Pairs) -> Call:
    from stikg.networks import build
    from stikg.networks.measures.adjacency import adjacency_of

    table = table_of(pairs)
    return lambda: adjacency_of(build(table))


def _ours(names: Sequence[str], engine: str) -> Callable[[int, Pairs], Call]:
    def prepare(_: int, pairs: Pairs) -> Call:
        from stikg.networks.measures.computing import Computation

        arrays = arrays_of(pairs)

        def call() -> None:
            # nothing kept from before: the matrix of the simple graph is made anew
            computation = Computation(arrays.only(arrays.weights >= 0), engine)
            for name in names:
                computation.values(name)

        return call

    return prepare


def arrays_of(pairs: Pairs) -> Any:
    """Return the arrays that measures are computed on."""
    from stikg.networks import build
    from stikg.networks.measures.adjacency import adjacency_of

    return adjacency_of(build(table_of(pairs)))


def estimate_note(size: int, found: Any) -> str:
    """Tell what the estimate says of its error, and where it can be known, what it is."""
    import numpy as np

    from stikg.networks.measures.paths import betweenness

    told = f"{found.pivots} nodes, standard error of the ten largest {found.relative_error:.1%}"
    if size > EXACT:
        return told
    exact = betweenness(arrays_of(random_pairs(size)), "rustworkx")
    largest = np.argsort(-exact)[:10]
    missed = np.sqrt(np.mean((found.values[largest] / exact[largest] - 1) ** 2))
    return f"{told}; root mean square of what it misses there {missed:.1%}"


def _estimated(_: int, pairs: Pairs) -> Call:
    from stikg.networks.measures.paths import sampled_betweenness

    arrays = arrays_of(pairs)
    return lambda: sampled_betweenness(arrays.only(arrays.weights >= 0))


def _estimated_by_igraph(size: int, pairs: Pairs) -> Call:
    import igraph

    drawn = random.Random(0).sample(range(size), min(size, PIVOTS))
    return lambda: igraph.Graph(size, pairs).betweenness(sources=drawn)


def _grouped(_: int, pairs: Pairs) -> Call:
    from stikg.networks import build, find_communities

    return partial(find_communities, build(table_of(pairs)), runs=1)


def _by_igraph(*names: str) -> Callable[[int, Pairs], Call]:
    def prepare(size: int, pairs: Pairs) -> Call:
        import igraph

        def call() -> None:
            graph = igraph.Graph(size, pairs)
            for name in names:
                getattr(graph, name)()

        return call

    return prepare


def _by_rustworkx(size: int, pairs: Pairs, *, paths: str = "") -> Call:
    import rustworkx

    def call() -> None:
        graph: Any = rustworkx.PyGraph(multigraph=False)
        graph.add_nodes_from([None] * size)
        graph.extend_from_edge_list(pairs)
        if paths:
            getattr(rustworkx, paths)(graph)
            return
        [graph.degree(node) for node in graph.node_indices()]
        rustworkx.pagerank(graph.to_directed(), tol=1e-12, max_iter=1000)
        rustworkx.eigenvector_centrality(graph, max_iter=5000)
        rustworkx.core_number(graph)

    return call


def _by_networkx(size: int, pairs: Pairs, *, paths: str = "", plain: bool = False) -> Call:
    import networkx as nx

    def call() -> None:
        graph: Any = nx.empty_graph(size, nx.MultiDiGraph if plain else nx.Graph)
        graph.add_edges_from(pairs)
        if paths:
            getattr(nx, paths)(graph)
        elif not plain:
            dict(graph.degree)
            nx.pagerank(graph, tol=1e-12, max_iter=1000)
            nx.eigenvector_centrality(graph, max_iter=5000)
            nx.core_number(graph)
            nx.clustering(graph)

    return call


_IGRAPH = (
    "degree",
    "pagerank",
    "eigenvector_centrality",
    "coreness",
    "transitivity_local_undirected",
)
PREPARED: dict[tuple[str, str], Callable[[int, Pairs], Call]] = {
    ("query", "stikg"): _asked,
    ("build", "stikg"): _built,
    ("build", "networkx"): partial(_by_networkx, plain=True),
    ("cheap", "stikg"): _ours(CHEAP, "rustworkx"),
    ("cheap", "stikg without"): _ours(CHEAP, "networkx"),
    ("cheap", "igraph"): _by_igraph(*_IGRAPH),
    ("cheap", "rustworkx"): _by_rustworkx,
    ("cheap", "networkx"): _by_networkx,
    ("estimate", "stikg"): _estimated,
    ("estimate", "igraph"): _estimated_by_igraph,
    ("communities", "stikg"): _grouped,
    ("communities", "igraph"): _by_igraph("community_multilevel"),
    **{
        (name, engine): prepare
        for name in ("betweenness", "closeness")
        for engine, prepare in {
            "stikg": _ours((name,), "rustworkx"),
            "stikg without": _ours((name,), "networkx"),
            "igraph": _by_igraph(name),
            "rustworkx": partial(_by_rustworkx, paths=f"{name}_centrality"),
            "networkx": partial(_by_networkx, paths=f"{name}_centrality"),
        }.items()
    },
}


if __name__ == "__main__":
    main()
