"""Networks made from edge queries, and what they measure.

A network query answers one row for each edge and passage: ``source``, ``target``, ``relation``,
their labels and kinds, ``passage``, ``origin``, and where known ``weight`` and ``via``. The graph
is a networkx ``MultiDiGraph``: one edge for each source, target and relation, which carries the
passages that state it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from stikg.networks.asking import edges_of, network_of
from stikg.networks.building import build, edge_labels, node_values, select
from stikg.networks.files import (
    EXPORTS,
    csv_tables,
    node_link,
    read_suffix,
    render_network,
    write_network,
)
from stikg.networks.measuring import measure
from stikg.networks.page import is_built, network_page
from stikg.networks.summary import Summary, summarise
from stikg.networks.tables import Place, edge_table, evidence_table

if TYPE_CHECKING:
    from stikg.networks.building import Graph as Graph

__all__ = [
    "EXPORTS",
    "Place",
    "Summary",
    "build",
    "csv_tables",
    "edge_labels",
    "edge_table",
    "edges_of",
    "evidence_table",
    "is_built",
    "measure",
    "network_of",
    "network_page",
    "node_link",
    "node_values",
    "read_suffix",
    "render_network",
    "select",
    "summarise",
    "write_network",
]
