"""Spark on a real cluster of several processes, against networkx, also when a worker is killed."""

from __future__ import annotations

import csv
import io
import os
import shutil
import sys
import threading
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from stikg.cli import application
from stikg.errors import EndpointError, InputError, MissingDependency, OutputError
from stikg.networks import component_table, measure, read_parquet, write_parquet
from stikg.networks.distributed import (
    Frames,
    community_frame,
    component_frame,
    convert_quads,
    frames_of,
    measure_frame,
    read_frames,
    spark_session,
    table_of,
    write_frame,
)
from stikg.serialisation.columns import convert_nquads
from tests.networks.cluster import Cluster, running_cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from stikg.networks import Graph

pytest.importorskip("pyarrow", reason="pyarrow, of stikg[parquet], is absent")

# py4j leaves its sockets to the collector of garbage
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyspark = pytest.importorskip("pyspark", reason="pyspark, of stikg[spark], is absent")
    if shutil.which("java") is None:
        pytest.skip("Java, which Spark runs on, is absent")
    folder = tmp_path_factory.mktemp("cluster")
    with running_cluster(Path(pyspark.__file__).parent, folder) as running:
        yield running


@pytest.fixture(scope="module")
def spark(cluster: Cluster) -> Iterator[SparkSession]:
    """Return a session whose master is that of the user's configuration, named nowhere else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_CONF_DIR", str(cluster.configuration))
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        for name in ("SPARK_HOME", "MASTER", "PYSPARK_SUBMIT_ARGS"):
            patch.delenv(name, raising=False)
        with spark_session("tests") as session:
            yield session


def network(plain: nx.Graph[Any], *, directed: bool = True, sides: bool = False) -> Graph:
    """Return a plain graph as a network: some edges twice, one loop, one node for itself."""
    graph: Graph = nx.MultiDiGraph(
        name="plain", title="Plain", directed=directed, weight_title="", filters={}, version=""
    )
    for node in plain:
        side = ("source", "target")[plain.nodes[node].get("bipartite", 0)] if sides else "both"
        graph.add_node(f"urn:{node}", label=f"N {node}", kind="thing", side=side)
    for number, (one, other) in enumerate(plain.edges):
        for relation in ("urn:r", "urn:s")[: 1 + (number % 4 == 0)]:
            graph.add_edge(
                f"urn:{one}", f"urn:{other}", key=relation, relation=relation, label="r",
                weight=float(number % 3 + 1), passages=(), origins=("stated",), via=(),
                via_labels=(), period="",
            )  # fmt: skip
    return graph


def tangled() -> nx.DiGraph[Any]:
    """Return a directed graph of three parts, with dangling nodes, a loop and a lonely node."""
    parts = [
        nx.gnp_random_graph(40, 0.05, seed=8, directed=True),  # few rounds
        nx.path_graph(4, create_using=nx.DiGraph), nx.DiGraph([(0, 1), (1, 2), (0, 2)]),
    ]  # fmt: skip
    found: nx.DiGraph[Any] = nx.DiGraph(nx.disjoint_union_all(parts))
    found.add_edge(0, 0)
    found.add_edge("alone", "alone")
    return found


def values_of(rows: Any, column: str) -> dict[str, float]:
    """Return a column of a frame, or of the rows that were collected from one."""
    collected = rows if isinstance(rows, list) else rows.collect()
    return {row["node"]: row[column] for row in collected}


def simple(plain: nx.Graph[Any]) -> nx.Graph[Any]:
    found: nx.Graph[Any] = nx.Graph(plain)
    found.remove_edges_from(list(nx.selfloop_edges(found)))
    return found


def named(values: dict[Any, Any]) -> dict[str, Any]:
    return {f"urn:{node}": value for node, value in values.items()}


def test_the_master_is_that_of_the_users_configuration(
    cluster: Cluster, spark: SparkSession
) -> None:
    assert spark.sparkContext.master == cluster.master
    assert "Registered app tests" in cluster.log("master")
    assert spark.range(4).repartition(2).selectExpr("sum(id)").first() == (6,)


def test_measures_of_a_directed_network_are_those_of_networkx(spark: SparkSession) -> None:
    plain = tangled()
    graph = network(plain)
    names = ["pagerank", "degree", "triangles", "clustering", "edges", "strength"]
    frame = measure_frame(frames_of(graph, spark), names)
    rows = frame.collect()
    bare: nx.DiGraph[Any] = nx.DiGraph(plain)
    bare.remove_edges_from(list(nx.selfloop_edges(bare)))
    assert any(degree == 0 for _, degree in bare.out_degree()), "no dangling node is tried"
    expected: dict[str, Any] = {
        "pagerank": nx.pagerank(bare, tol=1e-12, max_iter=1000),
        "degree": dict(simple(plain).degree),
        "triangles": nx.triangles(simple(plain)),
        "clustering": nx.clustering(simple(plain)),
        "edges": dict(graph.degree),
        "strength": dict(graph.degree(weight="weight")),
    }
    for name in ("edges", "strength"):
        assert values_of(rows, name) == pytest.approx(expected.pop(name)), name
    for name, values in expected.items():
        assert values_of(rows, name) == pytest.approx(named(values), abs=1e-6), name
    assert tuple(frame.columns) == measure(graph, names).columns


def pairs_of(frames: Frames) -> set[tuple[str, str]]:
    """Return what a walk may follow, by the names of the nodes."""
    name = {row["number"]: row["id"] for row in frames.numbered.collect()}
    return {(name[row["s"]], name[row["t"]]) for row in frames.walked.collect()}


def test_a_two_sided_network_is_walked_both_ways_though_directed(
    spark: SparkSession, tmp_path: Path
) -> None:
    plain = nx.bipartite.gnmk_random_graph(5, 4, 12, seed=2)
    nodes, _ = write_parquet(network(plain, sides=True), tmp_path / "sides.parquet")
    nodes.unlink()  # so that the sides are told by the edges alone
    edges = [(f"urn:{one}", f"urn:{other}") for one, other in plain.edges]
    two_sided = read_frames(str(tmp_path / "sides.parquet"), spark)
    assert two_sided.directed
    assert pairs_of(two_sided) == {*edges, *(edge[::-1] for edge in edges)}
    one_way = frames_of(network(nx.DiGraph([(0, 1), (1, 2), (1, 0), (2, 2)])), spark)
    assert pairs_of(one_way) == {("urn:0", "urn:1"), ("urn:1", "urn:2"), ("urn:1", "urn:0")}


def test_components_are_those_of_one_process(spark: SparkSession) -> None:
    graph = network(tangled(), directed=False)
    assert table_of(component_frame(frames_of(graph, spark))) == component_table(graph)


def by_hand(frames: Frames, graph: Graph, rounds: int) -> dict[str, int]:
    """Return labels after so many rounds, or at rest, from the numbers that nodes begin with."""
    labels = {row["id"]: row["number"] for row in frames.numbered.collect()}
    neighbours = {node: {node, *nx.all_neighbors(graph, node)} for node in graph}
    for _ in range(rounds):
        counts = {node: Counter(labels[v] for v in around) for node, around in neighbours.items()}
        labels = {node: min(cast, key=lambda label: (-cast[label], label))
                  for node, cast in counts.items()}  # fmt: skip
    return labels


def groups(labels: dict[str, Any]) -> set[frozenset[str]]:
    return {
        frozenset(node for node in labels if labels[node] == label) for label in labels.values()
    }


def test_label_propagation_is_what_its_rule_gives(spark: SparkSession) -> None:
    plain = nx.disjoint_union(nx.caveman_graph(3, 5), nx.star_graph(4))
    plain.add_edges_from([(0, 5), (5, 10)])
    graph = network(plain, directed=False)
    frames = frames_of(graph, spark)
    found = community_frame(frames)
    assert found.at_rest
    communities = groups(values_of(found.frame, "community"))
    assert communities == groups(by_hand(frames, graph, 20))
    assert len(communities) == 4


def run(*arguments: str) -> Result:
    return CliRunner().invoke(application, ["network", *arguments])


def test_the_command_prints_the_table_or_lets_the_cluster_write_it(
    spark: SparkSession, tmp_path: Path
) -> None:
    graph = network(tangled())
    path, out = tmp_path / "ties.parquet", tmp_path / "ranks.parquet"
    write_parquet(graph, path)
    result = run(str(path), "--engine", "spark", "--measure", "degree", "--top", "4",
                 "--format", "csv")  # fmt: skip
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    expected = measure(read_parquet(path), ["degree"]).first(4)
    assert [tuple(row.values()) for row in rows] == [tuple(map(str, row)) for row in expected]
    assert f"{len(graph)} nodes\n{graph.number_of_edges()} edges" in result.stderr
    result = run(str(path), "--engine", "spark", "--components", "-o", str(out))
    assert result.exit_code == 0, result.stderr
    assert spark.read.parquet(str(out)).count() == len(graph)
    assert (
        "there is something here already"
        in run(str(path), "--engine", "spark", "--components", "-o", str(out)).stderr
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--measure", "betweenness"], "Spark does not measure betweenness here"),
        (["--measure", "degre"], "'degre' is no measure"),
        (["--bridges"], "--bridges is not made by Spark"),
        (["--edges"], "--edges is not made by Spark"),
        (["--components", "--communities"], "give one table each"),
        (["--spark-conf", "memory=1g"], "'memory=1g' is no setting of Spark"),
    ],
)
def test_wrong_use_is_told(
    spark: SparkSession, tmp_path: Path, arguments: list[str], told: str
) -> None:
    path = tmp_path / "ties.parquet"
    write_parquet(network(nx.path_graph(3)), path)
    result = run(str(path), "--engine", "spark", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


QUADS = [
    f'<urn:s{number % 7}> <urn:p{number % 3}> "válue {number}"@en <urn:g{number % 2}> .'
    for number in range(40)
] + ["_:b <urn:p1> <urn:o> .", '<urn:s> <urn:p0> "two\\nlines \\u00E9" .']


def test_quads_are_those_of_one_process_and_sorted_throughout(
    spark: SparkSession, tmp_path: Path
) -> None:
    from pyarrow import dataset, parquet

    source, whole, parts = (tmp_path / name for name in ("q.nq", "whole.parquet", "parts.parquet"))
    source.write_text("\n".join(QUADS) + "\n", encoding="utf-8")
    assert convert_quads(spark, [str(source)], parts) == len(QUADS)
    assert convert_nquads([source], whole) == len(QUADS)
    wanted = parquet.read_table(whole).to_pylist()
    found = [row for file in sorted(dataset.dataset(parts, format="parquet").files)
             for row in parquet.read_table(file).to_pylist()]  # fmt: skip
    key = ("predicate", "subject", "object")
    assert [[row[name] for name in key] for row in found] == sorted(
        [row[name] for name in key] for row in wanted
    )
    assert sorted(map(str, found)) == sorted(map(str, wanted))


def test_a_line_that_is_no_quad_is_told_and_leaves_nothing(
    spark: SparkSession, tmp_path: Path
) -> None:
    source = tmp_path / "q.nq"
    source.write_text("<urn:s> <urn:p> oops .\n", encoding="utf-8")
    with pytest.raises(EndpointError, match="oops"), spark_session("again"):
        convert_quads(spark, [str(source)], tmp_path / "q.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["q.nq"]


def test_what_cannot_be_read_or_written_is_told(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_frames(str(tmp_path / "none.parquet"), spark)
    frames = frames_of(network(nx.path_graph(3)), spark)
    with pytest.raises(OutputError, match="cannot be written"):
        write_frame(frames.nodes, tmp_path / "none" / "out.parquet")


def test_a_worker_killed_in_the_middle_changes_nothing(
    cluster: Cluster, spark: SparkSession
) -> None:
    plain = nx.barabasi_albert_graph(2_000, 3, seed=5)
    frames = frames_of(network(plain, directed=False), spark)
    tracker, began = spark.sparkContext.statusTracker(), threading.Event()
    found: dict[str, Any] = {}

    def work() -> None:
        frames.links.count()
        began.set()
        found.update(values_of(measure_frame(frames, ["pagerank"]), "pagerank"))

    thread = threading.Thread(target=work)
    thread.start()
    assert began.wait(120)
    first = max([*tracker.getActiveJobsIds(), 0])
    while thread.is_alive() and max([*tracker.getActiveJobsIds(), 0]) < first + 4:
        time.sleep(0.01)
    assert thread.is_alive(), "the job was over before the worker could be killed"
    cluster.kill("worker-2")
    thread.join(200)
    assert not thread.is_alive()
    expected = nx.pagerank(plain, tol=1e-12, max_iter=1000)
    assert found == pytest.approx(named(expected), abs=1e-6)
    assert sum(found.values()) == pytest.approx(1, abs=2_000 * 5e-7)
    java: Any = spark.sparkContext._jsc
    assert java.sc().getExecutorMemoryStatus().size() == 2, "driver and one executor are left"
    assert os.getpgid(cluster.processes["worker-1"].pid)


def test_without_spark_or_java_the_remedy_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "ties.parquet"
    write_parquet(network(nx.path_graph(3)), path)
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "pyspark.sql", None)
        result = run(str(path), "--engine", "spark")
        assert result.exit_code == 2
        assert "pip install 'stikg[spark]'" in result.stderr
    pytest.importorskip("pyspark.sql", reason="pyspark, of stikg[spark], is absent")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(MissingDependency, match="Spark runs on Java"), spark_session():
        pass


def test_settings_without_spark_are_told(tmp_path: Path) -> None:
    path = tmp_path / "ties.parquet"
    write_parquet(network(nx.path_graph(3)), path)
    result = run(str(path), "--master", "local[1]")
    assert result.exit_code == 2
    assert "--master and --spark-conf go with --engine spark" in result.stderr
