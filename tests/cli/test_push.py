"""The command: what it says, on which stream, and with which exit code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.engines.servers import Server, start_own, start_oxigraph
from tests.fixtures.folders import Folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return an empty oxigraph server."""
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


def test_from_the_plan_to_the_removal(server: Server, compiled: Folder, run: Run) -> None:
    url = server.query.removesuffix("/query")
    plan = run(compiled, "push", url)
    assert plan.exit_code == 0
    assert "there    no release\n" in plan.stdout
    assert "default graph: 0 → " in plan.stdout
    assert plan.stderr == "stikg: nothing was written; add --yes to do it\n"
    assert run(compiled, "push", url, "--status").stdout == "no release\n"

    done = run(compiled, "push", url, "--yes")
    assert (done.exit_code, done.stderr) == (0, "stikg: done and verified\n")
    version = compiled.layout.current().name
    assert run(compiled, "push", url, "--status").stdout.startswith(f"{version} of 20")
    again = run(compiled, "push", url, "--yes")
    assert again.stderr == "stikg: the server holds this release already\n"

    ask = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    here = run(compiled, "sparql", ask, "--format", "csv").stdout
    endpoint = ("--endpoint", server.query, "sparql", ask, "--format", "csv")
    assert run(compiled, *endpoint).stdout == here

    removal = run(compiled, "push", url, "--remove")
    assert removal.stderr == "stikg: nothing was written; add --yes to remove it\n"
    assert run(compiled, *endpoint).stdout == here
    assert run(compiled, "push", url, "--remove", "--yes").stderr == "stikg: removed\n"
    assert run(compiled, "push", url, "--status").stdout == "no release\n"
    assert run(compiled, *endpoint).stdout.split() == ["n", "0"]


def test_a_server_that_is_not_there_is_exit_code_3(compiled: Folder, run: Run) -> None:
    result = run(compiled, "push", "http://127.0.0.1:9/", "--status")
    assert result.exit_code == 3
    assert "the connection failed" in result.stderr


@pytest.mark.parametrize("url", ["ftp://example.org/", "http://ann:secret@example.org/", "nothing"])
def test_what_is_no_url_of_a_server_is_exit_code_2(compiled: Folder, run: Run, url: str) -> None:
    result = run(compiled, "push", url)
    assert result.exit_code == 2
    assert "secret" not in result.stderr + result.stdout


def test_no_password_travels_unencrypted_unasked(
    compiled: Folder, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STIKG_USER", "ann")
    monkeypatch.setenv("STIKG_PASSWORD", "hunter2")
    result = run(compiled, "push", "http://example.invalid/ds")
    assert result.exit_code == 2
    assert "unencrypted" in result.stderr
    assert "hunter2" not in result.stderr


def test_an_endpoint_that_is_only_read_says_so(
    compiled: Folder, run: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with start_own(tmp_path_factory.mktemp("own"), root=compiled.root) as own:
        result = run(compiled, "push", own.query, "--query-url", own.query, "--yes")
    assert result.exit_code == 3
    assert "it takes nothing there: 404" in result.stderr
