"""Queries and clients that mean harm: the server answers them with a refusal, and all others."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from starlette.testclient import TestClient

from stikg.dataset import Dataset
from stikg.server.app import create_app
from stikg.server.settings import Settings
from tests.fixtures.folders import Folder
from tests.fixtures.listening import listening
from tests.server.conftest import KILLER, serving

SMALL = "SELECT ?s { ?s a sti:FundingAgency }"
FETCHING = [
    "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { service <{url}> { ?s ?p ?o } } }",
    "SELECT * { FILTER NOT EXISTS { SeRvIcE <{url}> { ?s ?p ?o } } }",
    "SELECT * { BIND(<{url}> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <{url}> { ?s ?p ?o } } } }",
    "SELECT (EXISTS { SERVICE <{url}> { ?s ?p ?o } } AS ?x) {}",
    "SELECT * { ?s ?p ?o } HAVING (EXISTS { SERVICE <{url}> { ?a ?b ?c } })",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <{url}> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <{url}> { ?s ?p ?o } }",
    "PREFIX u: <{url}> SELECT * { SERVICE u: { ?s ?p ?o } }",
    "SELECT * {#'\nSERVICE <{url}> { ?s ?p ?o } }#'",
    "SELECT * { FILTER('' = '\\'')SERVICE<{url}>{ ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <{url}> { ?s ?p ?o } }",
    "SELECT * { MINUS { SERVICE <{url}> { ?s ?p ?o } } }",
    "LOAD <{url}>",
]


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Return the URL of a server, and who asks it."""
    with listening() as found:
        yield found


def ask(client: Any, query: str, **more: str) -> Any:
    return client.post("/sparql", data={"query": query, **more})


@pytest.mark.parametrize("query", FETCHING)
def test_no_other_server_is_asked(
    query: str, client: TestClient, listener: tuple[str, list[str]]
) -> None:
    url, asked = listener
    response = ask(client, query.replace("{url}", url))
    assert (response.status_code, asked) == (400, [])


def test_nothing_is_fetched_as_a_graph(
    client: TestClient, listener: tuple[str, list[str]], tmp_path: Path
) -> None:
    url, asked = listener
    secret = tmp_path / "secret.nt"
    secret.write_text("<a:a> <a:b> <a:c> .\n", encoding="utf-8")
    for place in (url, secret.as_uri()):
        response = ask(client, f"SELECT * FROM <{place}> {{ ?s ?p ?o }}")
        assert response.json()["results"]["bindings"] == []
    assert ask(client, "ASK {}", **{"default-graph-uri": secret.as_uri()}).status_code == 400
    assert asked == []


DEEP = [
    "{" * 20_000 + "}" * 20_000,
    "FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ")",
    "FILTER(" + "!" * 90_000 + "true)",
    "FILTER(" + "-" * 90_000 + "1)",
    "FILTER(" + "1+" * 45_000 + "1 > 0)",
    "FILTER(" + "true||" * 15_000 + "true)",
    "?s " + "sti:a/" * 15_000 + "sti:b ?o",
    "?s " + "^" * 90_000 + "sti:b ?o",
    "?s sti:b" + "*" * 90_000 + " ?o",
    "{} UNION " * 10_000 + "{}",
    "OPTIONAL { ?s ?p ?o } " * 4_000,
]


@pytest.mark.parametrize("pattern", DEEP, ids=range(len(DEEP)))
def test_depth_of_all_sorts_ends_one_worker_at_most(client: TestClient, pattern: str) -> None:
    response = ask(client, f"SELECT * {{ {pattern} }}")
    assert response.status_code in {200, 400, 503}
    assert ask(client, SMALL + " # " + pattern[:20].replace("\n", "")).status_code == 200


@pytest.mark.parametrize(
    "pattern",
    ["?s (<a:x>|!<a:x>|^<a:y>|!^<a:y>)* ?o . ?o (<a:z>|!<a:z>)* ?x . ?x (<a:v>|!<a:v>)* ?y",
     'FILTER(REGEX("' + "a" * 5_000 + '!", "^(a+)+(a+)+(a+)+$"))'],
)  # fmt: skip
def test_paths_and_patterns_end_in_time(client: TestClient, pattern: str) -> None:
    began = time.monotonic()
    response = ask(client, f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert response.status_code in {200, 503}
    assert time.monotonic() - began < 20


@pytest.fixture(scope="module")
def narrow(dataset: Dataset) -> Iterator[TestClient]:
    """Return a client of a server that allows little."""
    settings = Settings(
        workers=1, queue=1, deadline=5.0, rows=100, result_bytes=20_000, memory=150 << 20
    )
    with TestClient(create_app(dataset, settings)) as client:
        yield client


def test_rows_bytes_memory_and_time_have_an_end(narrow: TestClient) -> None:
    product = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    for query, word in {
        f"SELECT * {product}": "20,000 bytes",
        f"SELECT (1 AS ?x) {product}": "100 rows",
        f"CONSTRUCT {{ ?a ?b ?f }} {product}": "100 rows",
        f"SELECT * {product} ORDER BY ?a ?b ?c ?d ?f": "memory",
        KILLER: "within 5 seconds",
    }.items():
        response = ask(narrow, query)
        assert response.status_code == 503
        assert word in response.json()["detail"]
        assert response.json()["type"].endswith("#limit-exceeded")
        assert "retry-after" not in response.headers
    assert ask(narrow, SMALL).status_code == 200


@pytest.mark.parametrize("accept", ["text/csv", "text/tab-separated-values", "application/xml"])
def test_rows_are_counted_exactly_in_every_format(narrow: TestClient, accept: str) -> None:
    values = " ".join('"a,{\\"\\n\\t<result>\\\\"' for _ in range(101))
    for most, status in ((100, 200), (101, 503)):
        query = f"SELECT * {{ VALUES ?v {{ {values} }} }} LIMIT {most}"
        for wanted in (accept, "application/json"):
            headers = {"Accept": wanted}
            response = narrow.post("/sparql", data={"query": query}, headers=headers)
            assert response.status_code == status, response.text


def test_a_full_queue_says_when_to_come_again(narrow: TestClient) -> None:
    with ThreadPoolExecutor(4) as threads:
        responses = list(threads.map(lambda number: ask(narrow, f"{KILLER} # {number}"), range(4)))
    assert [response.status_code for response in responses] == [503] * 4
    busy = [item for item in responses if item.json()["type"].endswith("#busy")]
    assert len(busy) >= 2
    assert all(int(response.headers["retry-after"]) >= 1 for response in busy)
    assert ask(narrow, SMALL).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/sparql%00", {}, 400),
        ("/%2e%2e/etc/passwd", {}, 400),
        ("/a%5Cb", {}, 400),
        ("/%FF", {}, 400),
        ("/health", {"Host": "evil.example/<script>"}, 400),
        ("/health", {"Host": "a b"}, 400),
        ("/" + "a" * 40_000, {}, 414),
        ("/nothing/here", {}, 404),
    ],
)
def test_paths_and_headers(
    client: TestClient, path: str, headers: dict[str, str], status: int
) -> None:
    response = client.get(path, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]


@pytest.fixture(scope="module")
def server(compiled: Folder) -> Iterator[str]:
    """Return the URL of a server in a process of its own."""
    with serving(compiled, "--timeout", "6") as (url, _):
        yield url


def connect(url: str) -> socket.socket:
    host, _, port = urlsplit(url).netloc.partition(":")
    return socket.create_connection((host, int(port)), timeout=20)


def replaced(url: str) -> int:
    return int(httpx2.get(f"{url}health").json()["replaced"])


def test_who_leaves_takes_the_query_along_and_nothing_else(server: str) -> None:
    before = replaced(server)
    for kind in ("GET", "POST"):
        with connect(server) as leaving:
            body = f"query={quote(KILLER + ' # leaving ' + kind)}"
            head = "Host: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            request = (
                f"GET /sparql?{body} HTTP/1.1\r\n{head}\r\n" if kind == "GET" else
                f"POST /sparql HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}"
            )  # fmt: skip
            leaving.sendall(request.encode())
            time.sleep(1.5)
    began = time.monotonic()
    while replaced(server) < before + 2:
        assert time.monotonic() - began < 15, "the query went on without its client"
        time.sleep(0.05)
    time.sleep(6.5)  # the deadline of those who left strikes nobody
    assert replaced(server) == before + 2
    assert httpx2.get(f"{server}sparql", params={"query": SMALL}).status_code == 200


async def fetch(url: str, query: str) -> tuple[int, float]:
    """Return the status of a query, asked on a connection of its own, and its seconds."""
    began = time.monotonic()
    host, _, port = urlsplit(url).netloc.partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    path = f"/sparql?query={quote(query)}"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    return int(answer.split()[1]), time.monotonic() - began


def test_a_killer_among_two_hundred(server: str) -> None:
    async def rush(mark: str, *more: str) -> list[tuple[int, float]]:
        queries = [*more, *(f"{SMALL} LIMIT {number} # {mark}" for number in range(200))]
        return await asyncio.gather(*(fetch(server, query) for query in queries))

    usual = asyncio.run(rush("usual"))
    killer, *others = asyncio.run(rush("beside", f"{KILLER} # among"))
    assert {status for status, _ in (*usual, *others)} == {200}
    assert (killer[0], killer[1] > 5) == (503, True)
    slowest = max(seconds for _, seconds in usual)
    # behind the killer they would wait for its deadline
    assert max(seconds for _, seconds in others) < max(2 * slowest + 1, 5)


SLOW = """
import sys, stikg
from stikg.server.running import run
from stikg.server.settings import Settings
from tests.fixtures.listening import listening
settings = Settings(port=0, patience=1)
run(stikg.open(sys.argv[1]), settings, ready=lambda url: print(url, flush=True))
"""


def test_slow_clients_hold_nothing(compiled: Folder) -> None:
    command = [sys.executable, "-c", SLOW, str(compiled.root)]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process,
        ExitStack() as stack,
    ):
        stack.callback(process.kill)
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with connect(url) as silent, connect(url) as slow, connect(url) as half:
            slow.sendall(b"GET /health HTTP/1.1\r\nHost: a\r\n")
            half.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nASK"
            )
            assert httpx2.get(f"{url}health").status_code == 200
            assert silent.recv(100) == slow.recv(100) == b""
            answer = b""
            while piece := half.recv(10_000):
                answer += piece
            head, _, body = answer.partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 408 ")
            assert json.loads(body)["status"] == 408
        process.terminate()
        assert process.wait(30) == 0
