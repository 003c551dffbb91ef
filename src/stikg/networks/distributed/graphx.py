"""GraphX, Spark's own library of graphs, called in Spark's own process.

Frames of numbers become graphs of GraphX and back without a line of Python on the cluster. GraphX
has no Python interface, so its Scala methods are called as the Java methods that they are compiled
to. It is part of every classic Spark; Spark Connect has it not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

DAMPING: Final = 0.85
ERROR: Final = 1e-7
"""What a PageRank may be wrong by, if that is less than ``RELATIVE`` of the mean."""

RELATIVE: Final = 5e-4
"""What it may be wrong by as a share of the mean rank, which in large networks is tiny."""


def pagerank(nodes: DataFrame, arcs: DataFrame) -> DataFrame:
    """Return the PageRank of each node that ``arcs`` touch or ``nodes`` names; together 1.

    GraphX lets the rank of nodes without an edge to follow fall away; what is left is in the same
    proportion as if it had been shared by all nodes, as networkx shares it, so dividing by the sum
    makes both equal. A node whose rank changes by less than the tolerance is at rest; what it still
    lacks then is at most α / (1 − α) times as much.
    """
    wrong = min(ERROR * max(nodes.count(), 1), RELATIVE)
    ranked = _lib(arcs).PageRank.runUntilConvergence(
        _graph(nodes, arcs), wrong * (1 - DAMPING) / DAMPING, 1 - DAMPING, *_tags(arcs, 2)
    )
    values = _frame(arcs, ranked.vertices(), "DOUBLE").persist()
    total = values.groupBy().sum("value").first()[0] or 1.0
    return values.selectExpr("number", f"value / {total!r}D as value")


def components(nodes: DataFrame, links: DataFrame) -> DataFrame:
    """Return for each node the smallest number in its connected component."""
    found = _lib(links).ConnectedComponents.run(_graph(nodes, links), *_tags(links, 2))
    return _frame(links, found.vertices(), "LONG")


def triangles(nodes: DataFrame, links: DataFrame) -> DataFrame:
    """Return for each node the number of triangles that it is a corner of."""
    found = _lib(links).TriangleCount.run(_graph(nodes, links), *_tags(links, 2))
    return _frame(links, found.vertices(), "INT")


def cut_plan(frame: DataFrame) -> DataFrame:
    """Return a frame of the same rows whose plan does not remember how they were made.

    What Spark needs to make them again, if a worker is lost, stays.
    """
    from pyspark.sql import DataFrame as Frame

    session = frame.sparkSession
    java: Any = frame._jdf
    made = session._jsparkSession.createDataFrame(java.javaRDD(), java.schema())
    return Frame(made, session)


def _graph(nodes: DataFrame, pairs: DataFrame) -> Any:
    """Return a graph of GraphX; every node is in it, with an edge or without."""
    jvm, encoders = _jvm(pairs), _jvm(pairs).org.apache.spark.sql.Encoders
    level = jvm.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
    tag = _tags(pairs, 1)
    ends = _rows(pairs, encoders.LONG(), encoders.LONG())
    graph = jvm.org.apache.spark.graphx.Graph.fromEdgeTuples(
        ends, 1, jvm.scala.Option.empty(), level, level, *tag
    )
    named = _rows(nodes.selectExpr("number", "1"), encoders.LONG(), encoders.INT())
    return jvm.org.apache.spark.graphx.Graph.apply(
        named, graph.edges(), 1, level, level, *tag, *tag
    )


def _rows(frame: DataFrame, *types: Any) -> Any:
    """Return the rows of a frame of two columns as an RDD of pairs."""
    encoder = _jvm(frame).org.apache.spark.sql.Encoders.tuple(*types)
    java: Any = frame.toDF("_1", "_2")._jdf
    return getattr(java, "as")(encoder).rdd()


def _frame(like: DataFrame, pairs: Any, kind: str) -> DataFrame:
    """Return an RDD of pairs as a frame of number and value."""
    from pyspark.sql import DataFrame as Frame

    encoders = _jvm(like).org.apache.spark.sql.Encoders
    session = like.sparkSession
    encoder = encoders.tuple(encoders.LONG(), getattr(encoders, kind)())
    made = session._jsparkSession.createDataset(pairs, encoder).toDF()
    return Frame(made, session).toDF("number", "value")


def _lib(frame: DataFrame) -> Any:
    return _jvm(frame).org.apache.spark.graphx.lib


def _tags(frame: DataFrame, count: int) -> list[Any]:
    """Return the class tags that Scala's compiler would have put at the end of a call."""
    tags: Any = getattr(_jvm(frame).scala.reflect, "ClassTag$")
    return [getattr(tags, "MODULE$").Int()] * count


def _jvm(frame: DataFrame) -> Any:
    return frame.sparkSession._jvm
