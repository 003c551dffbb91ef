"""From the answer of a network query to its network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from stikg.library import Query
from stikg.library.model import COUNTED, EDGE, WEIGHT
from stikg.networks.building import build
from stikg.results import Stream, Table

if TYPE_CHECKING:
    from stikg.networks.building import Graph

_PARTS: Final = ("", "Label", "Kind", "KindLabel")


def edges_of(table: Table, query: Query) -> Table:
    """Return the rows of a network with the columns of an edge called as everywhere."""
    return Table(_columns(table, query), table.rows)


def stream_of(stream: Stream, query: Query) -> Stream:
    """Return the rows of a network as they come, with the columns called as everywhere."""
    return Stream(_columns(stream, query), stream.rows)


def _columns(table: Table | Stream, query: Query) -> tuple[str, ...]:
    called = {query.weight: WEIGHT} if query.weight and not _counted(query) else {}
    for key, usual in EDGE.items():
        name = getattr(query, key)
        called.update({f"{name}{part}": f"{usual}{part}" for part in _PARTS})
    return tuple(called.get(column, column) for column in table.columns)


def network_of(
    table: Table | Stream, query: Query, *, filters: Mapping[str, str] | None = None
) -> Graph:
    """Return the network of the answer of a query, with title, direction and weight as it says.

    :raises InputError: as ``build`` does.
    """
    return build(
        edges_of(table, query) if isinstance(table, Table) else stream_of(table, query),
        name=query.name,
        title=query.title,
        directed=query.directed,
        weight_title=query.weight_title,
        counted=_counted(query),
        filters=filters,
    )


def _counted(query: Query) -> str:
    """Return the column of things whose number is the weight; nothing if it is a number itself."""
    column = query.find_column(query.weight)
    return query.weight if column is not None and column.type in COUNTED else ""
