"""Clients that other people wrote, as they are used: each gets what the graph says."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import httpx2
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException, Unauthorized

from tests.fixtures.folders import Folder
from tests.server.conftest import KILLER, serving

STI = "https://w3id.org/stikg/ontology/"
ACME, BOLT = (f"https://w3id.org/stikg/agency/{name}" for name in ("acme", "bolt"))
PREFIX = f"PREFIX sti: <{STI}> PREFIX agency: <https://w3id.org/stikg/agency/>\n"
AGENCIES = f"{PREFIX}SELECT ?s WHERE {{ ?s a sti:FundingAgency }} ORDER BY ?s"
ASKING = f"{PREFIX}ASK {{ agency:acme a sti:FundingAgency }}"
CONSTRUCTING = f"{PREFIX}CONSTRUCT {{ ?s a sti:FundingAgency }} WHERE {{ ?s a sti:FundingAgency }}"
DESCRIBING = f"{PREFIX}DESCRIBE agency:acme"
CONSTRUCTED = {
    (rdflib.URIRef(agency), rdflib.RDF.type, rdflib.URIRef(f"{STI}FundingAgency"))
    for agency in (ACME, BOLT)
}
YASGUI = {
    "Origin": "https://yasgui.example",
    "Referer": "https://yasgui.example/",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "cross-site",
    "Content-Type": "application/x-www-form-urlencoded",
}
"""What a browser sends for a page that runs YASQE, versions 4.2 and 4.6."""
SOLUTIONS, GRAPHS = (f"{kind},*/*;q=0.9" for kind in (
    "application/sparql-results+json", "application/n-triples",
))  # fmt: skip


@pytest.fixture(scope="module")
def server(compiled: Folder) -> Iterator[str]:
    """Return the URL of a server."""
    with serving(compiled, "--timeout", "3") as (url, _):
        yield url


@pytest.fixture
def endpoint(server: str) -> str:
    """Return the URL of its SPARQL endpoint."""
    return f"{server}sparql"


def wrapper(endpoint: str, query: str, method: str, form: str) -> Any:
    """Return a question to ask; typed loosely, as what it converts to depends on the query."""
    asked = SPARQLWrapper(endpoint)
    asked.setMethod(method)
    asked.setReturnFormat(form)
    asked.setQuery(query)
    return asked


@pytest.mark.parametrize("method", [GET, POST])
class TestSPARQLWrapper:
    def test_select(self, endpoint: str, method: str) -> None:
        found = wrapper(endpoint, AGENCIES, method, JSON).queryAndConvert()
        assert [row["s"]["value"] for row in found["results"]["bindings"]] == [ACME, BOLT]
        document = wrapper(endpoint, AGENCIES, method, XML).queryAndConvert()
        uris = [node.firstChild.nodeValue for node in document.getElementsByTagName("uri")]
        assert uris == [ACME, BOLT]
        text = wrapper(endpoint, AGENCIES, method, CSV).queryAndConvert().decode()
        assert list(csv.reader(io.StringIO(text))) == [["s"], [ACME], [BOLT]]
        text = wrapper(endpoint, AGENCIES, method, TSV).queryAndConvert().decode()
        assert text.splitlines() == ["?s", f"<{ACME}>", f"<{BOLT}>"]

    def test_ask(self, endpoint: str, method: str) -> None:
        assert wrapper(endpoint, ASKING, method, JSON).queryAndConvert()["boolean"] is True
        document = wrapper(endpoint, ASKING, method, XML).queryAndConvert()
        assert document.getElementsByTagName("boolean")[0].firstChild.nodeValue == "true"

    @pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
    def test_construct_and_describe(self, endpoint: str, method: str) -> None:
        for form, name in ((TURTLE, "turtle"), (N3, "turtle"), (RDFXML, "xml")):
            body = wrapper(endpoint, CONSTRUCTING, method, form).queryAndConvert()
            if not isinstance(body, rdflib.Graph):
                body = rdflib.Graph().parse(data=body, format=name)
            assert set(body) == CONSTRUCTED
        described = wrapper(endpoint, DESCRIBING, method, XML).queryAndConvert()
        assert CONSTRUCTED & set(described)

    def test_errors_have_their_class(self, endpoint: str, method: str) -> None:
        with pytest.raises(QueryBadFormed, match="is not closed"):
            wrapper(endpoint, "SELECT * { ?s ?p", method, JSON).query()
        with pytest.raises(HTTPError) as late:
            wrapper(endpoint, f"{KILLER} # {method}", method, JSON).query()
        with late.value:
            assert late.value.code == 503


def test_sparqlwrapper_cannot_change_anything(endpoint: str) -> None:
    asked = wrapper(endpoint, "INSERT DATA { <a:a> <a:b> <a:c> }", POST, JSON)
    with pytest.raises((SPARQLWrapperException, HTTPError)) as caught:
        asked.query()
    assert not isinstance(caught.value, Unauthorized)
    error = caught.value
    assert isinstance(error, HTTPError)
    with error:
        assert error.code == 403
        assert b"only read" in error.read()


def test_an_rdflib_store(endpoint: str) -> None:
    graph: Any = rdflib.Graph(SPARQLStore(endpoint))
    agency, kind = rdflib.URIRef(ACME), rdflib.URIRef(f"{STI}FundingAgency")
    assert set(graph.subjects(rdflib.RDF.type, kind)) == {agency, rdflib.URIRef(BOLT)}
    assert (agency, rdflib.RDF.type, kind) in graph
    assert [str(row[0]) for row in graph.query(AGENCIES)] == [ACME, BOLT]
    assert graph.query(ASKING).askAnswer is True
    assert set(graph.query(CONSTRUCTING)) == CONSTRUCTED
    assert len(graph) > 100


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_an_rdflib_store_by_each_method(endpoint: str, method: str) -> None:
    store: Any = SPARQLStore(endpoint, method=method, returnFormat="json")
    assert [str(row[0]) for row in store.query(AGENCIES)] == [ACME, BOLT]
    label, labels = rdflib.URIRef(f"{STI}label"), "https://w3id.org/stikg/graph/labels"
    graph = rdflib.Graph(store, identifier=rdflib.URIRef(labels))
    assert "Acme Agency" in map(str, graph.objects(rdflib.URIRef(ACME), label))


def test_an_rdflib_store_cannot_change_anything(endpoint: str) -> None:
    store = SPARQLUpdateStore(endpoint, endpoint)
    graph = rdflib.Graph(store, identifier=rdflib.URIRef("a:g"))
    with pytest.raises(HTTPError) as caught:
        graph.add((rdflib.URIRef("a:a"), rdflib.URIRef("a:b"), rdflib.URIRef("a:c")))
    with caught.value as error:
        assert error.code == 403
    found = httpx2.get(endpoint, params={"query": "ASK { GRAPH ?g { <a:a> ?p ?o } }"}).json()
    assert found["boolean"] is False


def curl(*arguments: str) -> bytes:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    return subprocess.run(
        ["curl", "--silent", "--show-error", *arguments], check=True, capture_output=True
    ).stdout


def test_curl(endpoint: str) -> None:
    query = f"query={AGENCIES}"
    posted = curl(endpoint, "--header", "Accept: text/csv", "--data-urlencode", query)
    got = curl(endpoint, "--get", "--header", "Accept: text/csv", "--data-urlencode", query)
    assert posted == got == f"s\r\n{ACME}\r\n{BOLT}\r\n".encode()
    direct = curl(
        endpoint, "--header", "Content-Type: application/sparql-query", "--data-binary", ASKING
    )
    assert json.loads(direct)["boolean"] is True


def test_curl_asks_for_the_head(endpoint: str) -> None:
    head = curl(f"{endpoint}?{urlencode({'query': AGENCIES})}", "--head").decode()
    assert head.startswith("HTTP/1.1 200 OK\r\n")
    assert "content-type: application/sparql-results+json\r\n" in head.lower()
    assert head.endswith("\r\n\r\n")


def test_curl_takes_it_packed(endpoint: str) -> None:
    address = f"{endpoint}?{urlencode({'query': 'SELECT * { ?s ?p ?o }'})}"
    plain = curl(address)
    assert curl(address, "--compressed") == plain
    packed = curl(address, "--header", "Accept-Encoding: gzip")
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 2


def test_curl_does_not_take_it_twice(endpoint: str, tmp_path: Path) -> None:
    address, tag = f"{endpoint}?{urlencode({'query': AGENCIES})}", str(tmp_path / "tag")
    seen = ("--output", str(tmp_path / "body"), "--write-out", "%{http_code} %{size_download}")
    first = curl(address, "--etag-save", tag, *seen).decode().split()
    again = curl(address, "--etag-compare", tag, *seen).decode()
    assert first[0] == "200" and int(first[1]) > 0
    assert again == "304 0"


@pytest.mark.parametrize(
    ("query", "accept", "kind"),
    [(AGENCIES, SOLUTIONS, "application/sparql-results+json"),
     (ASKING, SOLUTIONS, "application/sparql-results+json"),
     (CONSTRUCTING, GRAPHS, "application/n-triples"),
     (DESCRIBING, GRAPHS, "application/n-triples")],
)  # fmt: skip
def test_what_yasgui_sends(endpoint: str, query: str, accept: str, kind: str) -> None:
    headers = {**YASGUI, "Accept": accept}
    posted = httpx2.post(endpoint, content=urlencode({"query": query}), headers=headers)
    got = httpx2.get(endpoint, params={"query": query}, headers={"Accept": accept})
    for response in (posted, got):
        assert response.status_code == 200
        assert response.headers["content-type"].partition(";")[0] == kind
        assert response.headers["access-control-allow-origin"] == "*"
    assert posted.content == got.content


def test_yasgui_names_graphs(endpoint: str) -> None:
    passage = "https://w3id.org/stikg/document/tiny-2020/1-p1"
    query = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    counts = []
    for graphs in ([], [passage], [passage, "https://w3id.org/stikg/graph/labels"]):
        fields = [("query", query), *(("named-graph-uri", graph) for graph in graphs)]
        headers = {**YASGUI, "Accept": SOLUTIONS}
        response = httpx2.post(endpoint, content=urlencode(fields), headers=headers)
        counts.append(int(response.json()["results"]["bindings"][0]["n"]["value"]))
    assert 0 < counts[1] < counts[2] < counts[0]


def test_yasgui_with_headers_of_its_user_asks_first(endpoint: str) -> None:
    headers = {
        "Origin": YASGUI["Origin"],
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = httpx2.options(endpoint, headers=headers)
    assert response.status_code == 204
    assert response.headers["access-control-allow-origin"] == "*"
    assert "content-type" in response.headers["access-control-allow-headers"].lower()


def test_yasgui_is_told_what_is_wrong(endpoint: str) -> None:
    headers = {**YASGUI, "Accept": SOLUTIONS}
    response = httpx2.post(endpoint, content="query=SELECT+*+%7B", headers=headers)
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (400, "*")
    assert "is not closed" in response.text
    update = httpx2.post(endpoint, content="update=CLEAR+ALL", headers=headers)
    assert (update.status_code, update.headers["access-control-allow-origin"]) == (403, "*")


@pytest.fixture(scope="module")
def comunica(root: Path) -> Path:
    """Return the folder in which Comunica is installed, by npm, at the versions of its lock file.

    It is below build/, with a hidden name, so that neither git nor a build sees it.
    """
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("@comunica/query-sparql: node and npm are not installed")
    version = subprocess.check_output(["node", "--version"], text=True).strip().lstrip("v")
    if tuple(map(int, version.split("."))) < (20, 18, 1):
        pytest.skip(f"@comunica/query-sparql: node {version} is older than 20.18.1")
    files = sorted((root / "tests" / "server" / "clients").iterdir())
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    folder = root / "build" / ".clients" / digest
    if not (folder / "ready").is_file():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.mkdir(parents=True)
        for path in files:
            shutil.copy(path, folder)
        command = ["npm", "ci", "--no-progress"]
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=280)
        if run.returncode != 0:
            pytest.skip(f"@comunica/query-sparql cannot be installed: {run.stderr[-300:]}")
        (folder / "ready").touch()
    return folder


def test_no_registry_stands_in_the_lock_file(root: Path) -> None:
    text = (root / "tests" / "server" / "clients" / "package-lock.json").read_text("utf-8")
    entries = json.loads(text)["packages"]
    assert not any("resolved" in entry for entry in entries.values())
    assert all("integrity" in entry for name, entry in entries.items() if name)


@pytest.mark.parametrize(
    ("query", "media_type"),
    [(AGENCIES, "application/sparql-results+json"), (ASKING, "application/sparql-results+json"),
     (CONSTRUCTING, "application/n-triples")],
)  # fmt: skip
def test_comunica(comunica: Path, endpoint: str, query: str, media_type: str) -> None:
    run = subprocess.run(
        ["node", "ask.mjs", endpoint, query, media_type],
        cwd=comunica, capture_output=True, text=True, timeout=120,
        env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    if media_type == "application/n-triples":
        assert set(rdflib.Graph().parse(data=run.stdout, format="nt")) == CONSTRUCTED
    elif query == ASKING:
        assert json.loads(run.stdout)["boolean"] is True
    else:
        rows = json.loads(run.stdout)["results"]["bindings"]
        assert [row["s"]["value"] for row in rows] == [ACME, BOLT]
