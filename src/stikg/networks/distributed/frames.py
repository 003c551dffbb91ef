"""The nodes and edges of a network as data frames of Spark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.errors import InputError
from stikg.networks.distributed import graphx
from stikg.networks.parquet import find_parquet, read_about
from stikg.serialisation.columns import load_pyarrow

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from stikg.networks.building import Graph

SEEDS: Final = range(42, 52)
"""Seeds that are tried until no two nodes have the same number."""

_ADDRESS: Final = re.compile(r"\w[\w+.-]+://")


@dataclass(frozen=True, eq=False)
class Frames:
    """A network in Spark.

    ``nodes`` has id, label, kind and side, ``edges`` source, target and weight, ``about`` what the
    graph of ``build`` carries.
    """

    spark: SparkSession
    nodes: DataFrame
    edges: DataFrame
    about: dict[str, Any]

    @property
    def directed(self) -> bool:
        """Whether edges lead from source to target."""
        return bool(self.about["directed"])

    @cached_property
    def numbered(self) -> DataFrame:
        """The nodes with a number each, which their identifier alone decides.

        :raises InputError: if no seed tells all nodes apart.
        """
        total = self.nodes.count()
        for seed in SEEDS:
            numbered = self.nodes.selectExpr(f"xxhash64({seed}, id) as number", "*").persist()
            if numbered.select("number").distinct().count() == total:
                return numbered
            numbered.unpersist()
        raise InputError(
            "two nodes have the same identifier",
            remedy="give each node one row, and each row an id of its own",
        )

    @cached_property
    def arcs(self) -> DataFrame:
        """The directed simple graph: source and target as numbers, each pair once, no loops."""
        tails = self.numbered.selectExpr("id as source", "number as s")
        heads = self.numbered.selectExpr("id as target", "number as t")
        pairs = self.edges.select("source", "target").where("source <> target").distinct()
        return pairs.join(tails, "source").join(heads, "target").select("s", "t").persist()

    @cached_property
    def links(self) -> DataFrame:
        """The undirected simple graph: each pair of neighbours in both orders."""
        both = "explode(array(struct(s, t), struct(t as s, s as t))) as link"
        return self.arcs.selectExpr(both).selectExpr("link.s", "link.t").distinct().persist()

    @cached_property
    def triangles(self) -> DataFrame:
        """The number of triangles at each node, as number and value."""
        return graphx.triangles(self.numbered, self.links.where("s < t")).persist()

    @cached_property
    def walked(self) -> DataFrame:
        """What a walk may follow: arcs, or links where direction would end it after a step."""
        one_way = self.directed and not self.nodes.where("side = 'both'").isEmpty()
        return self.arcs if one_way else self.links


def frames_of(graph: Graph, spark: SparkSession) -> Frames:
    """Return a network that is in memory as frames; it is sent to the cluster."""
    arrow = load_pyarrow()
    text = arrow.string()
    nodes = [(node, *(str(graph.nodes[node][key]) for key in ("label", "kind", "side")))
             for node in sorted(graph)]  # fmt: skip
    edges = sorted(
        (source, target, float(data["weight"]))
        for source, target, _, data in graph.edges(keys=True, data=True)
    )
    node_schema = arrow.schema([(name, text) for name in ("id", "label", "kind", "side")])
    edge_schema = arrow.schema([("source", text), ("target", text), ("weight", arrow.float64())])
    return Frames(
        spark,
        spark.createDataFrame(_arrow_table(nodes, node_schema)),
        spark.createDataFrame(_arrow_table(edges, edge_schema)),
        dict(graph.graph),
    )


def read_frames(path: str, spark: SparkSession) -> Frames:
    """Return the network of a Parquet of edges, read by the cluster.

    ``path`` is as that of ``read_parquet``, or an address such as hdfs://…, of which nodes are
    looked for beside it only if it ends in -edges.parquet, and which counts as directed. Without a
    file of nodes these are the ends of the edges.

    :raises InputError: if it is not there, or has no columns source and target.
    """
    if _ADDRESS.match(path):
        beside = path.removesuffix("-edges.parquet")
        nodes = f"{beside}-nodes.parquet" if beside != path else None
        edges, about = path, _about(path)
    else:
        found, edge_file = find_parquet(Path(path))
        nodes, edges = None if found is None else str(found.resolve()), str(edge_file.resolve())
        about = read_about(edge_file)
    read = spark.read.parquet(edges)
    missing = [name for name in ("source", "target") if name not in read.columns]
    if missing:
        raise InputError(
            f"edges need the columns {', '.join(missing)}",
            where=path,
            remedy="name the columns of the two ends source and target",
        )
    weight = "coalesce(cast(weight as double), 1D)" if "weight" in read.columns else "1D"
    columns = ["cast(source as string) source", "cast(target as string) target"]
    frame = read.selectExpr(*columns, f"{weight} as weight").where(
        "source is not null and target is not null"
    )
    described = spark.read.parquet(nodes) if nodes else _ends(frame)
    return Frames(spark, described.select("id", "label", "kind", "side"), frame, about)


def _about(path: str) -> dict[str, Any]:
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".parquet").removesuffix("-edges")
    return {"name": name, "title": name, "directed": True, "weight_title": "", "filters": {}}


def _ends(edges: DataFrame) -> DataFrame:
    """Return the nodes of edges alone."""
    bits = "explode(array(struct(source as id, 1 as bit), struct(target as id, 2 as bit))) as end"
    sides = edges.selectExpr(bits).selectExpr("end.id", "end.bit").groupBy("id")
    side = "elt(bit, 'source', 'target', 'both') as side"
    return sides.agg({"bit": "bit_or"}).withColumnRenamed("bit_or(bit)", "bit").selectExpr(
        "id", "id as label", "'' as kind", side
    )  # fmt: skip


def _arrow_table(rows: list[tuple[Any, ...]], schema: Any) -> Any:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrow = load_pyarrow()
    return arrow.Table.from_arrays(
        [arrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)],
        schema=schema,
    )
