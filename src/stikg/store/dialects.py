"""What SPARQL servers do otherwise than the standard says, met in one place."""

from __future__ import annotations

from typing import Final

VIRTUOSO_DEFAULT_GRAPH: Final = "https://w3id.org/stikg/graph/default"
"""The named graph that holds our default graph in Virtuoso, whose own is a bag of all graphs."""
