"""Communities by label propagation, in rounds of joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from stikg.networks.distributed.graphx import cut_plan

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

ROUNDS: Final = 20


def propagate(
    nodes: DataFrame, links: DataFrame, *, rounds: int = ROUNDS
) -> tuple[DataFrame, int, bool]:
    """Return the label of each node, the rounds that it took, and whether it came to rest.

    All nodes begin with their own number; in each round every node takes the label that most of
    its neighbours and itself have, of several the smallest (Raghavan, Albert and Kumara 2007, but
    all at once, with a vote of its own, which keeps two-sided networks from swinging, and without
    chance: the same network gives the same labels).
    """
    own = nodes.selectExpr("number as s", "number as t")
    votes = links.unionByName(own).persist()
    labels = nodes.selectExpr("number", "number as value").persist()
    done, changed = 0, True
    while changed and done < rounds:
        fresh = cut_plan(_round(votes, labels)).persist()
        before = labels.withColumnRenamed("value", "before")
        changed = not fresh.join(before, "number").where("value <> before").isEmpty()
        labels.unpersist()
        labels, done = fresh, done + 1
    return labels, done, not changed


def _round(votes: DataFrame, labels: DataFrame) -> DataFrame:
    cast = votes.join(labels.withColumnRenamed("number", "t"), "t").groupBy("s", "value").count()
    # the largest pair: most votes, then the smallest label; ~ turns the order and never overflows
    best = cast.selectExpr("s", "struct(count, ~value as turned) as vote").groupBy("s")
    return best.agg({"vote": "max"}).selectExpr("s as number", "~`max(vote)`.turned as value")
