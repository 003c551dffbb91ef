"""Spark against networkx and one process of the fastest local libraries, on the same edges.

Each engine is a process of its own that reads one Parquet of edges and finds degrees, PageRank,
connected components and triangles of the undirected simple graph. The time is that of the whole
process, start included; the memory that of all its processes together, JVMs of the cluster among
them. ``spark`` is one JVM on all processors, ``cluster`` a master, two workers and their executors,
all on this machine. The numbers that they find have to agree.

    python benchmarks/spark.py 1e5 1e6          # measures, and keeps a line for each in out/
    python benchmarks/spark.py 1e5 --rounds     # PageRank by GraphX and by joins of data frames
    python benchmarks/spark.py --page           # writes table and figure of docs/scaling.md
"""

from __future__ import annotations

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
RESULTS: Final = ROOT / "out" / "benchmarks" / "spark.jsonl"
EDGES_A_NODE: Final = 5
HEAVY: Final = {"networkx": 10_000_000}
"""Edges above which an engine is left out: it would need more memory than is allowed."""

MARKS: Final = ("<!-- curves -->", "<!-- end of curves -->")
Found = dict[str, float]


def main() -> None:
    """Measure the sizes given, or write the page, or be one of the engines."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("sizes", nargs="*", type=float, help="numbers of edges, such as 1e5")
    parser.add_argument("--engines", nargs="*", default=list(ENGINES), choices=list(ENGINES))
    parser.add_argument("--memory", type=float, default=10, help="GiB that all may take together")
    parser.add_argument("--timeout", type=float, default=900, help="seconds for one engine")
    parser.add_argument("--rounds", action="store_true", help="PageRank alone, in two ways")
    parser.add_argument("--page", action="store_true", help="write table and figure into docs")
    parser.add_argument("--run", nargs=2, metavar=("ENGINE", "FILE"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        engine, file = given.run
        print(json.dumps(ENGINES[engine](Path(file))))
        return
    for size in given.sizes:
        if given.rounds:
            compare_rounds(round(size))
            continue
        _measure(round(size), given.engines, given.memory * 2**30, given.timeout)
    if given.page:
        write_page()


def write_edges(count: int, path: Path) -> int:
    """Write so many random edges, the same in each run, and return how many nodes they may have.

    Both ends are drawn with a long tail, so that there are hubs, as in the real networks; one edge
    of a hundred joins two nodes that nothing else joins.
    """
    import numpy as np
    import pyarrow as pa
    from pyarrow import compute, parquet

    nodes = count // EDGES_A_NODE
    draw = np.random.default_rng(count)
    ends = [(nodes * draw.random(count) ** power).astype(np.int64) for power in (1.7, 1.2)]
    apart = nodes + 2 * np.arange(count // 100)
    for number, end in enumerate(ends):
        end[: len(apart)] = apart + number
    columns = [
        compute.binary_join_element_wise("urn:", pa.array(end).cast(pa.string()), "")
        for end in ends
    ]
    table = pa.table(dict(zip(("source", "target"), columns, strict=True)))
    parquet.write_table(table.replace_schema_metadata({"directed": "false"}), path)
    return nodes


def read_pairs(path: Path) -> tuple[int, Any]:
    """Return the number of nodes, and the pairs of the simple graph as two columns of numbers."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["source", "target"])
    both = pa.chunked_array([*table["source"].chunks, *table["target"].chunks])
    coded = both.combine_chunks().dictionary_encode()
    ends = coded.indices.to_numpy().reshape(2, -1)
    low, high = ends.min(axis=0).astype(np.int64), ends.max(axis=0).astype(np.int64)
    size = len(coded.dictionary)
    keys = np.unique((low * size + high)[low != high])
    return size, np.stack((keys // size, keys % size), axis=1)


def by_networkx(path: Path) -> Found:
    """Measure with networkx."""
    import networkx as nx
    from pyarrow import parquet

    table = parquet.read_table(path, columns=["source", "target"])
    graph: nx.Graph[str] = nx.Graph(zip(*(column.to_pylist() for column in table), strict=True))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    return _found(
        max(degree for _, degree in graph.degree), max(nx.pagerank(graph, tol=1e-10).values()),
        nx.number_connected_components(graph), sum(nx.triangles(graph).values()) // 3,
    )  # fmt: skip


def by_stikg(path: Path) -> Found:
    """Measure as stikg does in this process, with scipy."""
    import numpy as np

    from stikg.networks.measures import local, spectral
    from stikg.networks.measures.adjacency import Adjacency

    size, pairs = read_pairs(path)
    nodes = tuple(map(str, range(size)))
    arrays = Adjacency(
        nodes, ("",) * size, ("both",) * size, pairs[:, 0], pairs[:, 1], np.ones(len(pairs))
    )
    return _found(
        arrays.degrees.max(), spectral.pagerank(arrays).max(), arrays.components.max() + 1,
        local.triangles(arrays).sum() // 3,
    )  # fmt: skip


def by_rustworkx(path: Path) -> Found:
    """Measure with rustworkx; it counts triangles of the whole network alone, by transitivity."""
    import rustworkx

    size, pairs = read_pairs(path)
    graph: Any = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * size)
    graph.extend_from_edge_list(list(map(tuple, pairs.tolist())))
    degrees = [graph.degree(node) for node in graph.node_indices()]
    paths = sum(degree * (degree - 1) for degree in degrees) / 2
    return _found(
        max(degrees), max(rustworkx.pagerank(graph.to_directed(), tol=1e-10).values()),
        rustworkx.number_connected_components(graph),
        round(rustworkx.transitivity(graph) * paths / 3),
    )  # fmt: skip


def by_networkit(path: Path) -> Found:
    """Measure with networkit."""
    import networkit
    import numpy as np

    size, pairs = read_pairs(path)
    ends = tuple(np.ascontiguousarray(end, dtype=np.uint64) for end in pairs.T)
    graph = networkit.GraphFromCoo(ends, n=size)
    ranks = networkit.centrality.PageRank(graph, 0.85, 1e-10).run().scores()
    parts = networkit.components.ConnectedComponents(graph).run().numberOfComponents()
    graph.sortEdges()
    corners = networkit.centrality.LocalClusteringCoefficient(graph, turbo=False).run().scores()
    degrees = np.bincount(pairs.ravel(), minlength=size)
    triangles = round(float(np.dot(corners, degrees * (degrees - 1) / 2)) / 3)
    return _found(degrees.max(), max(ranks), parts, triangles)


def by_igraph(path: Path) -> Found:
    """Measure with igraph, the oracle."""
    import igraph

    size, pairs = read_pairs(path)
    graph = igraph.Graph(size, pairs)
    degrees = graph.degree()
    paths = sum(degree * (degree - 1) for degree in degrees) / 2
    return _found(
        max(degrees), max(graph.pagerank()), len(graph.connected_components()),
        round(graph.transitivity_undirected() * paths / 3),
    )  # fmt: skip


def by_spark(path: Path) -> Found:
    """Measure with Spark on all processors of this machine, in one JVM."""
    return _spark(path, _local())


def _local() -> dict[str, str]:
    return {"spark.master": f"local[{os.cpu_count()}]", "spark.driver.memory": "5g",
            "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "4"}  # fmt: skip


def by_cluster(path: Path) -> Found:
    """Measure with Spark on a master and two workers."""
    import pyspark

    sys.path.insert(0, str(ROOT))
    from tests.networks.cluster import running_cluster

    with (
        tempfile.TemporaryDirectory() as folder,
        running_cluster(
            Path(pyspark.__file__).parent, Path(folder), memory="3g", options="-server"
        ) as cluster,
    ):
        os.environ["SPARK_CONF_DIR"] = str(cluster.configuration)
        return _spark(path, {"spark.driver.memory": "1g", "spark.sql.shuffle.partitions": "4"})


def _spark(path: Path, settings: Mapping[str, str]) -> Found:
    from stikg.networks import distributed

    with distributed.spark_session("benchmark", settings=settings) as spark:
        frames = distributed.read_frames(str(path), spark)
        names = ["degree", "pagerank", "triangles"]
        ranked = distributed.measure_frame(frames, names, digits=12).persist()
        top = ranked.agg({"degree": "max", "pagerank": "max", "triangles": "sum"}).first()
        parts = distributed.component_frame(frames).agg({"component": "max"}).first()[0]
        values = top.asDict()
        return _found(
            values["max(degree)"], values["max(pagerank)"], parts, values["sum(triangles)"] // 3
        )


def compare_rounds(count: int, rounds: int = 20) -> None:
    """Print how long so many rounds of PageRank take by GraphX and by joins of data frames."""
    from stikg.networks import distributed
    from stikg.networks.distributed import graphx

    path = _edges_file(count)
    with distributed.spark_session("rounds", settings=_local()) as spark:
        frames = distributed.read_frames(str(path), spark)
        nodes, links = frames.numbered, frames.links
        print(f"{count:,} edges, {links.count():,} links, {rounds} rounds of PageRank")
        began = time.perf_counter()
        graph = graphx._graph(nodes, links)
        ranks = graphx._lib(links).PageRank.run(graph, rounds, 0.15, *graphx._tags(links, 2))
        top = graphx._frame(links, ranks.vertices(), "DOUBLE").agg({"value": "max"}).first()[0]
        print(f"  GraphX {time.perf_counter() - began:8.1f} s, largest {top:.4f}", flush=True)
        began = time.perf_counter()
        top = _joined_ranks(nodes, links, rounds).agg({"value": "max"}).first()[0]
        print(f"  joins  {time.perf_counter() - began:8.1f} s, largest {top:.4f}", flush=True)


def _joined_ranks(nodes: Any, links: Any, rounds: int) -> Any:
    from stikg.networks.distributed.graphx import cut_plan

    shares = links.join(links.groupBy("s").count(), "s").persist()
    ranks = nodes.selectExpr("number", "1D as value")
    for _ in range(rounds):
        sent = shares.join(ranks.withColumnRenamed("number", "s"), "s").selectExpr(
            "t as number", "value / count as part"
        )
        sums = sent.groupBy("number").agg({"part": "sum"}).toDF("number", "sum")
        fresh = nodes.select("number").join(sums, "number", "left")
        ranks = cut_plan(
            fresh.selectExpr("number", "0.15D + 0.85D * coalesce(sum, 0D) as value")
        ).persist()
        ranks.count()
    return ranks


ENGINES: Final[Mapping[str, Callable[[Path], Found]]] = {
    "igraph": by_igraph,
    "networkx": by_networkx,
    "stikg": by_stikg,
    "rustworkx": by_rustworkx,
    "networkit": by_networkit,
    "spark": by_spark,
    "cluster": by_cluster,
}


def _found(degree: float, rank: float, parts: float, triangles: float) -> Found:
    return {"degree": float(degree), "pagerank": float(rank), "components": float(parts),
            "triangles": float(triangles)}  # fmt: skip


def _measure(count: int, engines: list[str], memory: float, timeout: float) -> None:
    path = _edges_file(count)
    print(f"{count:,} edges, {path.stat().st_size / 2**20:.1f} MiB of Parquet")
    oracle: Found = {}
    for engine in engines:
        if count > HEAVY.get(engine, count):
            line: dict[str, Any] = {"problem": "not run: too much memory"}
        else:
            line = _run(engine, path, memory, timeout)
        if "found" in line:
            oracle = oracle or line["found"]
            line["agrees"] = all(
                math.isclose(line["found"][key], value, rel_tol=5e-3 if key == "pagerank" else 0)
                for key, value in oracle.items()
            )
        with RESULTS.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps({"engine": engine, "edges": count, **line}) + "\n")
        print(f"  {engine:<10} {_shown(line)}", flush=True)


def _edges_file(count: int) -> Path:
    path = RESULTS.with_name(f"edges-{count}.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        write_edges(count, path)
    return path


def _shown(line: Mapping[str, Any]) -> str:
    if "problem" in line:
        return str(line["problem"])
    told = "" if line["agrees"] else f"   DOES NOT AGREE: {line['found']}"
    return (f"{line['seconds']:8.1f} s   processor {line['processor']:8.1f} s   "
            f"{line['memory'] / 2**20:8.0f} MiB{told}")  # fmt: skip


def _run(engine: str, path: Path, memory: float, timeout: float) -> dict[str, Any]:
    """Run an engine in a process of its own; watch the memory of all that it starts."""
    began, peak, used = time.monotonic(), 0, 0.0
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, __file__, "--run", engine, str(path)], stdout=answer, stderr=told
        )
        problem = ""
        while process.poll() is None:
            tree = _tree(process.pid)
            peak = max(peak, sum(rss for rss, _ in tree.values()))
            used = max(used, sum(seconds for _, seconds in tree.values()))
            if peak > memory:
                problem = f"stopped at {peak / 2**30:.1f} GiB"
            elif time.monotonic() - began > timeout:
                problem = f"stopped after {timeout:.0f} s"
            if problem:
                for one in tree:
                    os.kill(one, signal.SIGKILL)
                process.wait()
            time.sleep(0.05)
        seconds = time.monotonic() - began
        answer.seek(0)
        told.seek(0)
        lines = answer.read().decode().splitlines()
        if problem or process.returncode:
            return {"problem": problem or "failed: " + told.read().decode()[-300:]}
    return {"seconds": seconds, "processor": used, "memory": peak, "found": json.loads(lines[-1])}


def _tree(root: int) -> dict[int, tuple[int, float]]:
    """Return resident bytes and seconds of processor of a process and all below it."""
    parents: dict[int, list[int]] = {}
    figures: dict[int, tuple[int, float]] = {}
    ticks, page = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
            spent = (int(fields[11]) + int(fields[12])) / ticks
            figures[int(entry.name)] = int(fields[21]) * page, spent
    found: dict[int, tuple[int, float]] = {}
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one in figures:
            found[one] = figures[one]
        waiting += parents.get(one, [])
    return found


def latest() -> dict[int, dict[str, Any]]:
    """Return the last line of each size and engine."""
    found: dict[int, dict[str, Any]] = {}
    for text in RESULTS.read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        found.setdefault(line["edges"], {})[line["engine"]] = line
    return dict(sorted(found.items()))


def write_page() -> None:
    """Put the table into docs/scaling.md and draw its figure."""
    results = latest()
    rows = ["| engine | " + " | ".join(f"{size:,} edges" for size in results) + " |",
            "|---" * (len(results) + 1) + "|"]  # fmt: skip
    for engine in ENGINES:
        cells = [_cell(lines.get(engine)) for lines in results.values()]
        rows.append(f"| {engine} | " + " | ".join(cells) + " |")
    page = ROOT / "docs" / "scaling.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    rows += ["", "![Time and memory of each engine by number of edges](images/scaling.png)"]
    table = "\n".join(rows)
    page.write_text(f"{before}{MARKS[0]}\n{table}\n{MARKS[1]}{after}", encoding="utf-8")
    _draw(results, ROOT / "docs" / "images" / "scaling.png")


def _cell(line: Mapping[str, Any] | None) -> str:
    if line is None:
        return "not run"
    if "problem" in line:
        return str(line["problem"])
    return f"{line['seconds']:.1f} s ({line['processor']:.1f}), {line['memory'] / 2**30:.2f} GiB"


def _draw(results: Mapping[int, Mapping[str, Any]], path: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    for axes, key, title, scale in zip(
        figure.subplots(1, 2), ("seconds", "memory"),
        ("Seconds, process start included", "GiB, all processes"), (1, 2**30), strict=True,
    ):  # fmt: skip
        for engine in ENGINES:
            points = [(size, lines[engine][key] / scale) for size, lines in results.items()
                      if key in lines.get(engine, {})]  # fmt: skip
            if points:
                axes.plot(*zip(*points, strict=True), marker="o", label=engine)
        axes.set(xscale="log", yscale="log", xlabel="edges", title=title)
        axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    main()
