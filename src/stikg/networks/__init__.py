"""Networks made from edge queries, and what they measure.

A network query answers one row for each edge and passage: ``source``, ``target``, ``relation``,
their labels and kinds, ``passage``. The graph is a networkx ``MultiDiGraph``: one edge for each
source, target and relation, which carries the passages that state it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.networks.building import build, edge_labels, node_values, select
from stikg.networks.communities import Communities, community_table, find_communities
from stikg.networks.intervals import resample_passages, without_each_document
from stikg.networks.measures import MEASURES, Measure, get_measure
from stikg.networks.measuring import Measurement, bridges, catalogue, examine, measure
from stikg.networks.observing import observe
from stikg.networks.projections import project, projected_edges
from stikg.networks.robustness import Robustness, remove_nodes, robustness_table
from stikg.networks.summary import Summary, summarise

if TYPE_CHECKING:
    from stikg.networks.building import Graph as Graph

__all__ = [
    "MEASURES",
    "Communities",
    "Measure",
    "Measurement",
    "Robustness",
    "Summary",
    "bridges",
    "build",
    "catalogue",
    "community_table",
    "edge_labels",
    "examine",
    "find_communities",
    "get_measure",
    "measure",
    "node_values",
    "observe",
    "project",
    "projected_edges",
    "remove_nodes",
    "resample_passages",
    "robustness_table",
    "select",
    "summarise",
    "without_each_document",
]
