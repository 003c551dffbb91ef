"""The graphs that a push has on a server besides those of the release."""

from __future__ import annotations

import hashlib
from typing import Final

from stikg.store.dialects import VIRTUOSO_DEFAULT_GRAPH
from stikg.terms import BASE

RELEASE: Final = f"{BASE}graph/release"
"""Graph that describes the release which is there, and lists its graphs with their digests."""

LOCK: Final = f"{BASE}graph/push"
"""Graph with one triple while a push is at work, or was broken off."""

STAGING: Final = f"{BASE}staging/"
"""Beginning of the names of graphs that are not in use yet."""


VEILED: Final = f"{STAGING}as/"
"""Put before the predicates of what is staged, so that no query of readers matches it."""


def staging_name(version: str, graph: str | None) -> str:
    """Return the graph in which a graph of a release is prepared.

    >>> staging_name("ab12", "https://example.org/g")
    'https://w3id.org/stikg/staging/ab12/17a9812f3fddc015'
    """
    return f"{STAGING}{version}/{short(graph)}"


def short(graph: str | None) -> str:
    """Return 16 hexadecimal digits for the name of a graph."""
    return hashlib.sha256((graph or VIRTUOSO_DEFAULT_GRAPH).encode()).hexdigest()[:16]
