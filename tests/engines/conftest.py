"""The servers, for the tests of this folder."""

from __future__ import annotations

from tests.engines.servers import (
    fuseki,
    own_endpoint,
    oxigraph_server,
    quads_file,
    virtuoso,
)

__all__ = ["fuseki", "own_endpoint", "oxigraph_server", "quads_file", "virtuoso"]
