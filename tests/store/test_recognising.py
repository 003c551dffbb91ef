"""A server says what it is, and is asked in its own dialect; what the user says counts more."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest

from stikg.errors import EndpointError
from stikg.store.dialects import DIALECTS
from stikg.store.profiles import Endpoint
from tests.fixtures.endpoint import Handler, Server, running

TABLE = b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
QUERY = "SELECT ?x { GRAPH ?g { ?x a ?y } }"
GRAPH = "https://w3id.org/stikg/graph/default"


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        server.software = "Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu"
        server.behave = lambda handler: handler.reply(TABLE)
        yield server


def sent(server: Server) -> list[dict[str, list[str]]]:
    return [parse_qs(urlsplit(path).query) for _, path, _ in server.requests]


def test_virtuoso_is_asked_in_its_dialect_from_the_first_query_on(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    store = Endpoint(server.url).open()
    with caplog.at_level(logging.WARNING, "stikg"):
        store.select(QUERY)
        list(store.stream(QUERY).rows)
    first, second, third = sent(server)
    assert first == {"query": ["ASK { }"]}
    assert second == third
    assert f"FILTER(?g != <{GRAPH}>)" in second["query"][0]
    assert second["default-graph-uri"] == [GRAPH]
    assert store.dialect.name == "virtuoso"
    assert len(caplog.messages) == 1
    assert "Virtuoso/07.20.3229: asked in its dialect" in caplog.text


@pytest.mark.parametrize("software", ["Test/1.0", "nginx", "", "NotVirtuoso/1"])
def test_another_server_is_asked_by_the_standard(
    server: Server, software: str, caplog: pytest.LogCaptureFixture
) -> None:
    server.software = software
    store = Endpoint(server.url).open()
    store.select(QUERY)
    assert sent(server)[:2] == [{"query": ["ASK { }"]}, {"query": [QUERY]}]
    assert not caplog.messages


def test_a_named_server_is_not_asked_what_it_is(server: Server) -> None:
    Endpoint(server.url, server="standard").open().select(QUERY)
    assert sent(server) == [{"query": [QUERY]}]
    server.software = "nginx"
    Endpoint(server.url, server="virtuoso").open().select(QUERY)
    assert len(server.requests) == 2
    assert "define input:" in sent(server)[1]["query"][0]


def test_a_named_graph_stands_for_the_default_one_in_filters_too(server: Server) -> None:
    Endpoint(server.url, default_graph="http://e/g").open().select(QUERY)
    assert "FILTER(?g != <http://e/g>)" in sent(server)[1]["query"][0]
    assert sent(server)[1]["default-graph-uri"] == ["http://e/g"]


def test_a_server_that_likes_no_such_query_is_recognised_too(server: Server) -> None:
    def refuse_the_first(handler: Handler) -> None:
        first = len(server.requests) == 1
        handler.reply(b"no ASK" if first else TABLE, status=500 if first else 200)

    server.behave = refuse_the_first
    store = Endpoint(server.url).open()
    store.select(QUERY)
    assert (store.dialect.name, len(server.requests)) == ("virtuoso", 2)


def test_a_refusal_is_the_error_of_the_query(server: Server) -> None:
    server.behave = lambda handler: handler.reply(b"gone", "text/plain", status=410)
    store = Endpoint(server.url).open()
    with pytest.raises(EndpointError, match="it refused with 410: gone"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert len(server.requests) == 1
    server.behave = lambda handler: handler.reply(TABLE)
    store.select(QUERY)
    assert len(server.requests) == 3  # recognised when it answers again


def test_strings_are_compared_by_value_on_virtuoso_and_nothing_else_is() -> None:
    tests = 'sameTerm(?x, "a") || sameTerm(?x, "a"@en) || SAMETERM(?x, ?y) || sameTerm(?x, 1)'
    sent = DIALECTS["virtuoso"].rewrite(f"SELECT ?x {{ ?x ?y ?z FILTER({tests}) }}", GRAPH)
    assert sent.endswith(
        '{ ?x ?y ?z FILTER((?x = "a") || sameTerm(?x, "a"@en) || SAMETERM(?x, ?y)'
        " || sameTerm(?x, 1)) }"
    )


@pytest.mark.parametrize(("count", "outside"), [(10, "SELECT DISTINCT * "), (11, "SELECT * ")])
def test_virtuoso_is_told_twice_what_is_distinct_if_it_has_keys_for_it(
    count: int, outside: str
) -> None:
    names = " ".join(f"?v{number}" for number in range(count))
    query = f"SELECT DISTINCT {names} {{ ?v0 ?v1 ?v2 }}\nORDER BY {names}"
    assert outside in DIALECTS["virtuoso"].rewrite(query, GRAPH)
