"""Measures of the nodes of a network, computed by Spark."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from stikg.errors import InputError
from stikg.networks.distributed import graphx
from stikg.networks.distributed.frames import Frames
from stikg.networks.distributed.propagation import propagate
from stikg.networks.measures import Measure, get_measures

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

USUAL: Final = ("degree", "edges", "pagerank")
RANKING: Final = ("degree", "pagerank")
DIGITS: Final = 6


class Counts(NamedTuple):
    """How large a network is."""

    nodes: int
    edges: int


class Communities(NamedTuple):
    """Communities as a frame, the rounds that they took, and whether labels came to rest."""

    frame: DataFrame
    rounds: int
    at_rest: bool


def count(frames: Frames) -> Counts:
    """Count nodes and edges."""
    return Counts(frames.nodes.count(), frames.edges.count())


def measure_frame(frames: Frames, names: Iterable[str] = (), *, digits: int = DIGITS) -> DataFrame:
    """Return measures of each node, ranked, as ``stikg.networks.measure`` has them.

    Columns: node, nodeLabel, kind, one for each measure, rank, and, if measures are named, shared.
    Without names degree, edges and PageRank are given. Values are rounded to ``digits``, and
    equal ones share a rank; a PageRank of a million nodes needs more than six.

    :raises UnknownName: if a name is no measure.
    :raises InputError: if Spark has no such measure here.
    """
    named = get_measures(names)
    measures = named or get_measures(USUAL)
    refused = [item.name for item in measures if item.name not in SPARK_MEASURES]
    if refused:
        raise InputError(
            f"Spark does not measure {', '.join(refused)} here",
            remedy=f"ask for {', '.join(SPARK_MEASURES)}, or leave out --engine spark",
        )
    found = frames.numbered
    for item in measures:
        found = _with(found, frames, item, digits)
    ranking = [item.column for item in named] or list(RANKING)
    columns = ["id as node", "label as nodeLabel", "kind", *(item.column for item in measures)]
    return _ranked(found.selectExpr(*columns), ranking, shared=bool(named))


def component_frame(frames: Frames) -> DataFrame:
    """Return the nodes by connected component: its number, the largest first, and its size."""
    half = frames.links.where("s < t")
    return _grouped(frames, graphx.components(frames.numbered, half), "component")


def community_frame(frames: Frames) -> Communities:
    """Return the nodes by the communities that label propagation finds, the largest first."""
    labels, rounds, at_rest = propagate(frames.numbered.select("number"), frames.links)
    return Communities(_grouped(frames, labels, "community"), rounds, at_rest)


def _with(table: DataFrame, frames: Frames, measure: Measure, digits: int) -> DataFrame:
    """Return a table with one more column: a measure, 0 for nodes that it says nothing of."""
    values = SPARK_MEASURES[measure.name](frames).withColumnRenamed("value", "found")
    shown = (
        "cast(coalesce(found, 0) as bigint)"
        if measure.counts
        else f"round(coalesce(found, 0D), {digits}) + 0D"
    )
    joined = table.join(values, "number", "left")
    return joined.selectExpr(*table.columns, f"{shown} as {measure.column}")


def _degree(frames: Frames) -> DataFrame:
    return frames.links.groupBy("s").count().toDF("number", "value")


def _edges(frames: Frames) -> DataFrame:
    return _at_both_ends(frames, "count(1)")


def _strength(frames: Frames) -> DataFrame:
    return _at_both_ends(frames, "sum(weight)")


def _at_both_ends(frames: Frames, sum_of: str) -> DataFrame:
    from pyspark.sql.functions import expr

    ends = frames.edges.selectExpr("explode(array(source, target)) as id", "weight")
    summed = ends.groupBy("id").agg(expr(sum_of).alias("value"))
    return summed.join(frames.numbered.select("id", "number"), "id").select("number", "value")


def _pagerank(frames: Frames) -> DataFrame:
    return graphx.pagerank(frames.numbered, frames.walked)


def _triangles(frames: Frames) -> DataFrame:
    return frames.triangles


def _clustering(frames: Frames) -> DataFrame:
    degrees = _degree(frames).withColumnRenamed("value", "d").where("d > 1")
    return _triangles(frames).join(degrees, "number").selectExpr(
        "number", "2D * value / (d * (d - 1)) as value"
    )  # fmt: skip


SPARK_MEASURES: Final[Mapping[str, Callable[[Frames], DataFrame]]] = {
    "degree": _degree,
    "edges": _edges,
    "strength": _strength,
    "pagerank": _pagerank,
    "triangles": _triangles,
    "clustering": _clustering,
}
"""What Spark measures; a frame of number and value for each."""


def _ranked(table: DataFrame, by: list[str], *, shared: bool) -> DataFrame:
    """Return a table with its ranks: equal keys share one, and those they would have had are left.

    Only the different keys are sorted in one place, and those are few: values have six digits.
    """
    order = ", ".join(f"{name} desc" for name in by)
    counted = table.groupBy(*by).count().withColumnRenamed("count", "shared")
    before = f"sum(shared) over (order by {order} rows between unbounded preceding and 1 preceding)"
    ranks = counted.selectExpr(*by, f"1 + coalesce({before}, 0) as rank", "shared")
    ranked = table.join(ranks, by).select(*table.columns, "rank", *(["shared"] if shared else []))
    return ranked.orderBy("rank", "nodeLabel", "node")


def _grouped(frames: Frames, labels: DataFrame, kind: str) -> DataFrame:
    """Return the nodes with the place of their group: the largest first, then by its first node."""
    from pyspark.sql.functions import expr

    table = frames.numbered.join(labels, "number").selectExpr(
        "id as node", "label as nodeLabel", "kind", "value"
    )
    groups = table.groupBy("value").agg(expr("count(1) as size"), expr("min(node) as first"))
    placed = groups.selectExpr(
        "value", f"row_number() over (order by size desc, first) as {kind}", "size"
    )
    joined = table.join(placed, "value").select("node", "nodeLabel", "kind", kind, "size")
    return joined.orderBy(kind, "nodeLabel", "node")
