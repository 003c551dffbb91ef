"""Networks made from edge queries, and what they measure.

A network query answers one row for each edge and passage: ``source``, ``target``, ``relation``,
their labels and kinds, ``passage``, ``origin``, and where known ``weight`` and ``via``. The graph
is a networkx ``MultiDiGraph``: one edge for each source, target and relation, which carries the
passages that state it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.networks.asking import edges_of, network_of, stream_of
from stikg.networks.building import build, edge_labels, node_values, select
from stikg.networks.communities import Communities, community_table, find_communities
from stikg.networks.components import component_table
from stikg.networks.edges import Edges, read_edges
from stikg.networks.files import (
    EXPORTS,
    csv_tables,
    node_link,
    read_suffix,
    render_network,
    write_network,
)
from stikg.networks.gathering import gather
from stikg.networks.intervals import resample_passages, without_each_document
from stikg.networks.measures import MEASURES, Measure, get_measure
from stikg.networks.measuring import Measurement, bridges, catalogue, examine, measure
from stikg.networks.observing import observe
from stikg.networks.page import is_built, network_page
from stikg.networks.parquet import read_parquet, write_gathered, write_parquet
from stikg.networks.projections import project, projected_edges
from stikg.networks.robustness import Robustness, remove_nodes, robustness_table
from stikg.networks.summary import Summary, summarise
from stikg.networks.tables import Place, edge_table, evidence_table

if TYPE_CHECKING:
    from stikg.networks.building import Graph as Graph

__all__ = [
    "EXPORTS",
    "MEASURES",
    "Communities",
    "Edges",
    "Measure",
    "Measurement",
    "Place",
    "Robustness",
    "Summary",
    "bridges",
    "build",
    "catalogue",
    "community_table",
    "component_table",
    "csv_tables",
    "edge_labels",
    "edge_table",
    "edges_of",
    "evidence_table",
    "examine",
    "find_communities",
    "gather",
    "get_measure",
    "is_built",
    "measure",
    "network_of",
    "network_page",
    "node_link",
    "node_values",
    "observe",
    "project",
    "projected_edges",
    "read_edges",
    "read_parquet",
    "read_suffix",
    "remove_nodes",
    "render_network",
    "resample_passages",
    "robustness_table",
    "select",
    "stream_of",
    "summarise",
    "without_each_document",
    "write_gathered",
    "write_network",
    "write_parquet",
]
