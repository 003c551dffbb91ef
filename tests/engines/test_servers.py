"""The servers themselves: they hold the whole dataset, and nothing of them is left behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stikg.dataset import Dataset
from stikg.store import RemoteStore
from tests.engines.servers import Server, start_oxigraph

COUNT = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
SERVERS = ["virtuoso", "fuseki", "oxigraph_server", "own_endpoint"]


@pytest.mark.parametrize("name", SERVERS)
def test_every_named_graph_is_whole(
    name: str, request: pytest.FixtureRequest, real_dataset: Dataset
) -> None:
    server: Server = request.getfixturevalue(name)
    expected = {str(g): int(str(n)) for g, n in real_dataset.store.select(COUNT).rows}
    found = {str(g): int(str(n)) for g, n in RemoteStore(server.query).select(COUNT).rows}
    assert {graph: found.get(graph) for graph in expected} == expected


def test_a_server_ends_with_the_test_that_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), start_oxigraph(tmp_path) as server:
        assert Path(f"/proc/{server.process}").exists()
        raise ZeroDivisionError
    with pytest.raises(ProcessLookupError):
        os.kill(server.process, 0)
