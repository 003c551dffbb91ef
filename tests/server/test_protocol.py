"""The endpoint: methods, parameters, media types, freshness, refusals."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from stikg.serialisation import get_format, parse

AGENCIES = "SELECT ?s { ?s a sti:FundingAgency } ORDER BY ?s"
DESCRIBED = "DESCRIBE agency:acme"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
UTF16 = {"Content-Type": "application/sparql-query; charset=UTF-16"}
PACKED = {**DIRECT, "Content-Encoding": "gzip"}


def ask(client: TestClient, query: str, accept: str | None = None, **more: str) -> Any:
    headers = {} if accept is None else {"Accept": accept}
    return client.get("/sparql", params={"query": query, **more}, headers=headers)


def names(response: Any) -> list[str]:
    return [row["s"]["value"] for row in response.json()["results"]["bindings"]]


def test_three_ways_to_ask_have_one_answer(client: TestClient) -> None:
    by_url = ask(client, AGENCIES)
    by_form = client.post("/sparql", data={"query": AGENCIES})
    direct = client.post("/sparql", content=AGENCIES, headers=DIRECT)
    assert by_url.status_code == by_form.status_code == direct.status_code == 200
    assert by_url.json() == by_form.json() == direct.json()
    assert "https://w3id.org/stikg/agency/acme" in names(by_url)
    assert by_url.headers["content-type"] == "application/sparql-results+json"


def test_raw_utf8_in_a_form_and_in_a_query(client: TestClient) -> None:
    query = 'SELECT ("科学" AS ?s) {}'
    assert names(client.post("/sparql", content=f"query={query}".encode(), headers=FORM)) == [
        "科学"
    ]
    assert names(client.post("/sparql", content=query.encode(), headers=DIRECT)) == ["科学"]
    assert names(ask(client, query)) == ["科学"]


def test_nothing_is_decoded_twice(client: TestClient) -> None:
    query = 'SELECT ("100%2541 + 1" AS ?s) {}'
    assert names(ask(client, query)) == ["100%2541 + 1"]
    assert names(client.post("/sparql", data={"query": query})) == ["100%2541 + 1"]
    assert names(client.post("/sparql", content=query, headers=DIRECT)) == ["100%2541 + 1"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/json", "application/json"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/csv;q=0.2, application/xml;q=0.3, image/png", "application/xml"),
        ("*/*", "application/sparql-results+json"),
    ],
)  # fmt: skip
def test_solutions_come_as_their_label_says(
    client: TestClient, accept: str, media_type: str
) -> None:
    response = ask(client, AGENCIES, accept)
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)
    assert "Accept" in response.headers["vary"]
    if "json" in media_type:
        assert json.loads(response.text)["head"]["vars"] == ["s"]
    elif "xml" in media_type:
        assert ElementTree.fromstring(response.text).tag.endswith("}sparql")
    else:
        first = "s\r\n" if "csv" in media_type else "?s\n"
        assert response.text.startswith(first)


@pytest.mark.parametrize(
    "media_type",
    ["text/turtle", "application/trig", "application/n-triples", "application/n-quads",
     "application/ld+json", "application/rdf+xml"],
)  # fmt: skip
def test_triples_come_as_their_label_says(client: TestClient, media_type: str) -> None:
    response = ask(client, DESCRIBED, media_type)
    assert response.headers["content-type"].partition(";")[0] == media_type
    expected = set(
        parse(ask(client, DESCRIBED, "application/n-triples").content, get_format(".nt"))
    )
    assert set(parse(response.content, get_format(media_type))) == expected != set()


@pytest.mark.parametrize(
    ("query", "accept"),
    [(AGENCIES, "image/png"), (AGENCIES, "text/turtle"), (DESCRIBED, "text/csv"),
     ("ASK {}", "text/csv"), (AGENCIES, "text/csv;q=0")],
)  # fmt: skip
def test_what_nobody_takes_is_not_sent(client: TestClient, query: str, accept: str) -> None:
    response = ask(client, query, accept)
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["field"] == "Accept"


def test_head_is_get_without_a_body(client: TestClient) -> None:
    headers = {"Accept": "text/csv"}
    got = client.get("/sparql", params={"query": AGENCIES}, headers=headers)
    head = client.head("/sparql", params={"query": AGENCIES}, headers=headers)
    assert head.status_code == 200
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == got.headers[name]


def test_options_and_what_browsers_of_other_places_may(client: TestClient) -> None:
    options = client.options("/sparql")
    assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    before = client.options(
        "/sparql",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"},
    )
    assert before.status_code == 204
    assert "POST" in before.headers["access-control-allow-methods"]
    for response in (before, ask(client, AGENCIES), ask(client, "ASK {")):
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(client: TestClient, method: str) -> None:
    response = client.request(method, "/sparql", params={"query": "ASK {}"})
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["allow"].split(", "))


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = ask(client, AGENCIES)
    tag = first.headers["etag"]
    again = client.get(
        "/sparql", params={"query": AGENCIES}, headers={"If-None-Match": f'"x", {tag}'}
    )
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert "content-type" not in again.headers
    other = [ask(client, AGENCIES, "text/csv"), ask(client, AGENCIES + " #")]
    assert tag not in {response.headers["etag"] for response in other}


def test_what_changes_has_no_tag(client: TestClient) -> None:
    response = ask(client, "SELECT (RAND() AS ?s) {}")
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"
    assert names(response) != names(ask(client, "SELECT (RAND() AS ?s) {}"))


def test_gzip(client: TestClient) -> None:
    query = "SELECT * { ?s ?p ?o }"
    plain = client.get("/sparql", params={"query": query}, headers={"Accept-Encoding": "identity"})
    with client.stream(
        "GET", "/sparql", params={"query": query}, headers={"Accept-Encoding": "gzip"}
    ) as packed:
        body = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(body) < len(plain.content) / 2
    assert gzip.decompress(body) == plain.content
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]
    refused = client.get(
        "/sparql", params={"query": query}, headers={"Accept-Encoding": "gzip;q=0"}
    )
    assert "content-encoding" not in refused.headers


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"url": f"/sparql?query={quote('ASK {}')}&query={quote('ASK {}')}"}, 400),
        ({"url": "/sparql?query=ASK%20%7B"}, 400),
        ({"url": "/sparql?query="}, 400),
        ({"url": "/sparql?query=%FF"}, 400),
        ({"url": "/sparql?update=CLEAR%20ALL"}, 403),
        ({"url": "/sparql?query=CLEAR%20ALL"}, 400),
        ({"url": "/sparql?query=ASK%7B%7D&default-graph-uri=javascript:alert(1)"}, 400),
        ({"url": "/sparql?query=ASK%7B%7D&named-graph-uri=x%20y"}, 400),
        ({"url": "/sparql?" + "a=b&" * 3000 + "query=ASK%7B%7D"}, 400),
        ({"method": "POST", "content": b"ASK {}", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"method": "POST", "content": b"ASK {}"}, 415),
        ({"method": "POST", "content": b"ASK {}", "headers": UTF16}, 415),
        ({"method": "POST", "content": b"x", "headers": PACKED}, 415),
        ({"method": "POST", "content": b"ASK { ?s ?p '\xff' }", "headers": DIRECT}, 400),
        ({"method": "POST", "content": b"query=%FF", "headers": FORM}, 400),
        ({"method": "POST", "content": b"nothing=1", "headers": FORM}, 400),
        ({"method": "POST", "content": b"update=CLEAR+ALL", "headers": FORM}, 403),
        ({"method": "POST", "content": b"CLEAR ALL", "headers": UPDATE}, 403),
        ({"url": "/sparql", "params": {"query": "ASK {} #" + "x" * 40_000}}, 414),
        ({"method": "POST", "content": b"ASK {} #" + b"x" * 110_000, "headers": DIRECT}, 413),
        ({"method": "POST", "content": b"ASK {} #" + b"x" * 10_000_000, "headers": DIRECT}, 413),
    ],
)  # fmt: skip
def test_refusals(client: TestClient, request_: Mapping[str, Any], status: int) -> None:
    response = client.request(**{"method": "GET", "url": "/sparql", **request_})
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"] and problem["detail"]


def test_a_mistake_is_told_with_its_place(client: TestClient) -> None:
    problem = ask(client, "SELECT *\n{ ?s ?p").json()
    assert (problem["line"], problem["column"]) == (2, 1)
    assert problem["type"].endswith("errors#syntax-problem")
    assert problem["detail"] == "this { is not closed"


def test_a_refusal_names_the_parameter(client: TestClient) -> None:
    assert (
        ask(client, "ASK {}", **{"default-graph-uri": "x"}).json()["field"] == "default-graph-uri"
    )


def test_the_dataset_of_the_protocol_stands_above_that_of_the_query(client: TestClient) -> None:
    graph = names(ask(client, "SELECT DISTINCT ?s { GRAPH ?s { ?a ?b ?c } } ORDER BY ?s"))[0]
    everything = "SELECT (COUNT(*) AS ?s) { ?a ?b ?c }"
    named = "SELECT DISTINCT ?s { GRAPH ?s { ?a ?b ?c } }"
    whole = int(names(ask(client, everything))[0])
    part = int(names(ask(client, everything, **{"default-graph-uri": graph}))[0])
    assert 0 < part < whole
    assert names(ask(client, named, **{"default-graph-uri": graph})) == []
    assert names(ask(client, named, **{"named-graph-uri": graph})) == [graph]
    assert names(ask(client, everything, **{"named-graph-uri": graph})) == ["0"]
    other = f"SELECT (COUNT(*) AS ?s) FROM <{graph}> {{ ?a ?b ?c }}"
    assert names(ask(client, other)) == [str(part)]
    assert names(ask(client, other, **{"default-graph-uri": "http://none.example/"})) == ["0"]


def test_relative_iris_are_ours(client: TestClient) -> None:
    assert ask(client, "ASK { <agency/acme> a ?c }").json()["boolean"] is True
