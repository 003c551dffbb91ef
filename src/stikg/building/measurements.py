"""Measures of the networks, written into the dataset in graphs of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stikg.building.parsing import problems_of
from stikg.library import Query, bind
from stikg.library.model import EDGE
from stikg.terms import Quad

if TYPE_CHECKING:
    from stikg.store import Store


def measure_networks(
    store: Store, queries: Iterable[Query], *, data_version: str = ""
) -> list[Quad]:
    """Return the measurements of every network that needs no parameter, by name.

    A network whose header gives other names to the columns of its edges is left out. Measurements
    are no statements of documents: their graphs have no origin, and the default graph lacks them.

    :raises InputError: if a network lacks a column that an edge needs.
    """
    networks = sorted(
        (query for query in queries if query.kind == "network" and _is_usual(query)),
        key=lambda query: query.name,
    )
    found: list[Quad] = []
    for query in networks:
        from stikg.networks import build, observe

        with problems_of(query):
            graph = build(store.select(bind(query, {})), name=query.name)
        found += observe(graph, query.name, data_version=data_version)
    return found


def _is_usual(query: Query) -> bool:
    named = all(getattr(query, key) == usual for key, usual in EDGE.items())
    return named and all(parameter.optional for parameter in query.parameters)
