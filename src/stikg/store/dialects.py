"""What SPARQL servers do otherwise than the standard says, met in one place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stikg.store.dialect import Dialect

VIRTUOSO_DEFAULT_GRAPH: Final = "https://w3id.org/stikg/graph/default"
"""The named graph that holds our default graph in Virtuoso, whose own is a bag of all graphs."""

DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType(
    {
        item.name: item
        for item in (
            Dialect(),
            Dialect("virtuoso", default_graph=VIRTUOSO_DEFAULT_GRAPH),
        )
    }
)
"""The dialects by their name, as profiles have it in ``server``."""
