"""Queries that ask other endpoints: those on the list, and nobody else in whatever disguise."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from stikg.dataset import Dataset
from stikg.errors import InputError
from stikg.server.app import create_app
from stikg.server.settings import Settings
from stikg.store.guard import refuse_dangers
from stikg.store.services import read_endpoint
from tests.fixtures.folders import Folder
from tests.fixtures.listening import listening
from tests.server.conftest import serving
from tests.server.test_attacks import FETCHING

Asked = tuple[str, list[str]]

AGENCIES = "SELECT ?s { SERVICE <{far}> { ?s a <https://w3id.org/stikg/ontology/FundingAgency> } }"
DISGUISED = [
    "SELECT * { SERVICE <{far}> { SERVICE <{url}> { ?s ?p ?o } } }",
    "SELECT * { SERVICE <{far}> { ?s a ?c } SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE #<{far}>\n<{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT#<{far}>\r<{url}> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <{far}> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { SERVICE <{far}#> { ?s ?p ?o } }",
    "SELECT * { SERVICE <{far}/../{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE <{far}?{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICE <\\u0068ttp{rest}> { ?s ?p ?o } }",
    "BASE <{url}> SELECT * { SERVICE <sparql> { ?s ?p ?o } }",
    "BASE <{far}> SELECT * { SERVICE <//{authority}/> { ?s ?p ?o } }",
    "PREFIX a: <{far}> PREFIX a: <{url}> SELECT * { SERVICE a: { ?s ?p ?o } }",
    "PREFIX a: <{far}>PREFIXa:<{url}> SELECT * { SERVICE a: { ?s ?p ?o } }",
    "PREFIX a: <{url}> SELECT * { SERVICE a:sparql { ?s ?p ?o } }",
    "PREFIX SILENT: <{far}> PREFIX : <{url}> SELECT * { SERVICE SILENT: { ?s ?p ?o } }",
    "PREFIX silent: <{far}> PREFIX : <{url}> SELECT * { SERVICE silent:{ ?s ?p ?o } }",
    "PREFIX : <{url}> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<{url}>{ SERVICE <{far}> { ?s ?p ?o } } }",
    "SELECT * { ?a <a:b> trueSERVICE<{url}>{ SERVICE <{far}> { ?s ?p ?o } } }",
]
"""Queries that name an endpoint of the list ({far}) and mean another ({url})."""


@pytest.fixture(scope="module")
def far(compiled: Folder) -> Iterator[str]:
    """Return the endpoint of another server of the same graph."""
    with serving(compiled) as (url, _):
        yield f"{url}sparql"


@pytest.fixture(scope="module")
def asking(dataset: Dataset, far: str) -> Iterator[TestClient]:
    """Return a client of a server whose queries may ask that one."""
    settings = Settings(deadline=8.0, services=(far,))
    with TestClient(create_app(dataset, settings)) as client:
        yield client


@pytest.fixture
def listener() -> Iterator[Asked]:
    """Return the URL of a server that nobody may ask, and who asks it."""
    with listening() as found:
        yield found


def ask(client: Any, query: str) -> Any:
    return client.post("/sparql", data={"query": query})


def bindings(response: Any) -> list[str]:
    return sorted(row["s"]["value"] for row in response.json()["results"]["bindings"])


@pytest.mark.parametrize(
    "query",
    [
        AGENCIES,
        AGENCIES.replace("SERVICE", "service silent"),
        AGENCIES.replace("{far}", "{shouted}"),
        AGENCIES.replace("SELECT", "PREFIX far: <{folder}> SELECT").replace(
            "<{far}>", "far:sparql"
        ),
    ],
)
def test_who_is_on_the_list_is_asked(asking: TestClient, far: str, query: str) -> None:
    text = query.replace("{far}", far).replace("{folder}", far.removesuffix("sparql"))
    response = ask(asking, text.replace("{shouted}", far.replace("http", "HTTP")))
    assert response.status_code == 200, response.text
    assert bindings(response) == [
        "https://w3id.org/stikg/agency/acme", "https://w3id.org/stikg/agency/bolt",
    ]  # fmt: skip


def test_what_others_say_is_not_kept(asking: TestClient, far: str) -> None:
    response = asking.get("/sparql", params={"query": AGENCIES.replace("{far}", far)})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", [*FETCHING, *DISGUISED])
def test_nobody_else_is_asked(asking: TestClient, far: str, listener: Asked, query: str) -> None:
    url, asked = listener
    text = query.replace("{far}", far).replace("{url}", url)
    text = text.replace("{rest}", url[4:]).replace("{authority}", url.split("/")[2])
    response = ask(asking, text)
    assert (response.status_code, asked) == (400, [])


@pytest.mark.parametrize("query", [AGENCIES, *DISGUISED])
def test_without_a_list_nobody_is_asked(client: TestClient, far: str, query: str) -> None:
    assert ask(client, query.replace("{far}", far)).status_code == 400


def test_the_refusal_names_who_may_be_asked(asking: TestClient, far: str) -> None:
    problem = ask(asking, "SELECT * { SERVICE ?u { ?s ?p ?o } }").json()
    assert far in problem["remedy"]
    assert (problem["line"], problem["column"]) == (1, 12)


@contextmanager
def answering(status: int, headers: dict[str, str], seconds: float = 0) -> Iterator[str]:
    """Serve one answer without a body, after some seconds, and give the URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            time.sleep(seconds)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *arguments: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirection_is_not_followed(dataset: Dataset, listener: Asked, status: int) -> None:
    url, asked = listener
    with answering(status, {"Location": url}) as far:
        settings = Settings(workers=1, services=(far,))
        with TestClient(create_app(dataset, settings)) as client:
            response = ask(client, f"SELECT * {{ SERVICE <{far}> {{ ?s ?p ?o }} }}")
    assert (response.status_code, asked) == (502, [])
    assert response.json()["type"].endswith("#endpoint-error")


def test_who_does_not_answer_is_not_waited_for(dataset: Dataset) -> None:
    with answering(200, {}, seconds=30) as far:
        settings = Settings(workers=1, deadline=1.0, services=(far,))
        with TestClient(create_app(dataset, settings)) as client:
            response = ask(client, f"SELECT * {{ SERVICE <{far}> {{ ?s ?p ?o }} }}")
            assert (response.status_code, "within 1 seconds" in response.text) == (503, True)
            assert ask(client, "ASK {}").status_code == 200


def test_the_command_says_that_workers_keep_their_network(
    compiled: Folder, far: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with serving(compiled, "--allow-service", far, log=log) as (url, _):
        query = AGENCIES.replace("{far}", far)
        response = httpx2.get(f"{url}sparql", params={"query": query}, timeout=30)
        assert len(bindings(response)) == 2
        described = httpx2.get(f"{url}sparql", headers={"Accept": "text/turtle"}).text
    assert "BasicFederatedQuery" in described
    assert f"queries may ask {far}; so workers keep their network" in log.read_text("utf-8")


@pytest.mark.parametrize(
    "url",
    ["example.org/sparql", "ftp://example.org/", "http://user@example.org/", "http://e.org/a#b",
     "http://e.org/./a", "http://e.org/a/..", "http://e.org/%2E%2e/a", "http://e.org/a b",
     "http://e.org/\\u0041", "http://bücher.example/", "file:///etc/passwd", "http://", ""],
)  # fmt: skip
def test_what_is_no_endpoint(url: str) -> None:
    with pytest.raises(InputError, match="not the URL of an endpoint"):
        read_endpoint(url)


def test_equal_urls_are_one() -> None:
    forms = ["http://E.org", "HTTP://e.ORG:80/", "http://e.org:80"]
    assert {read_endpoint(url) for url in forms} == {"http://e.org/"}
    assert read_endpoint("https://[::1]:8443/a?b=c") == "https://[::1]:8443/a?b=c"
    refuse_dangers("ASK { SERVICE <HTTP://E.org:80> {} }", services={"http://e.org/"})
