"""Networks made from edge queries, and what they measure.

A network query answers one row for each edge and passage: ``source``, ``target``, ``relation``,
their labels and kinds, ``passage``. The graph is a networkx ``MultiDiGraph``: one edge for each
source, target and relation, which carries the passages that state it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.networks.building import build, edge_labels, node_values, select
from stikg.networks.measuring import measure
from stikg.networks.summary import Summary, summarise

if TYPE_CHECKING:
    from stikg.networks.building import Graph as Graph

__all__ = [
    "Summary",
    "build",
    "edge_labels",
    "measure",
    "node_values",
    "select",
    "summarise",
]
