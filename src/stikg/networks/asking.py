"""From the answer of a network query to its network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from stikg.library import Query
from stikg.library.model import EDGE, WEIGHT
from stikg.networks.building import build
from stikg.results import Table

if TYPE_CHECKING:
    from stikg.networks.building import Graph

_PARTS: Final = ("", "Label", "Kind", "KindLabel")


def edges_of(table: Table, query: Query) -> Table:
    """Return the rows of a network with the columns of an edge called as everywhere."""
    called = {query.weight: WEIGHT} if query.weight else {}
    for key, usual in EDGE.items():
        name = getattr(query, key)
        called.update({f"{name}{part}": f"{usual}{part}" for part in _PARTS})
    columns = tuple(called.get(column, column) for column in table.columns)
    return Table(columns, table.rows)


def network_of(table: Table, query: Query, *, filters: Mapping[str, str] | None = None) -> Graph:
    """Return the network of the answer of a query, with title, direction and weight as it says.

    :raises InputError: as ``build`` does.
    """
    return build(
        edges_of(table, query),
        name=query.name,
        title=query.title,
        directed=query.directed,
        weight_title=query.weight_title,
        filters=filters,
    )
