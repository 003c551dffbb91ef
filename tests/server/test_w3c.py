"""The manifests of the W3C for protocol and service description, read and run.

The folder is named by STIKG_W3C; without it, and where it is not, these tests are skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import RDF, RDFS, Graph, Namespace, Node
from rdflib.collection import Collection
from starlette.testclient import TestClient

from stikg.dataset import Dataset
from stikg.library import Library
from stikg.serialisation import get_format, parse, parse_file
from stikg.server.app import create_app
from stikg.server.media import BOOLEAN, SOLUTIONS, TRIPLES
from stikg.terms import IRI, Quad

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
HTS = "http://www.w3.org/2011/http-statusCodes#StatusCode"
CNT = Namespace("http://www.w3.org/2011/content#")
SD = "http://www.w3.org/ns/sparql-service-description#"
FOLDER = Path(os.environ.get("STIKG_W3C", Path(__file__).parents[3] / "shared" / "data" / "w3c"))
LABELS = {"boolean": BOOLEAN, "tabular": SOLUTIONS, "RDF": TRIPLES}


def manifest(part: str) -> tuple[Graph, list[Node]]:
    """Return a manifest and its entries; nothing where it is not."""
    graph = Graph()
    path = FOLDER / part / "manifest.ttl"
    if not path.is_file():
        return graph, []
    graph.parse(path)
    first = graph.value(predicate=MF.entries, object=None, subject=None, any=True)
    head = next(graph.objects(None, MF.entries), first)
    return graph, [] if head is None else list(Collection(graph, head))


def name_of(entry: Node) -> str:
    return str(entry).rpartition("#")[2]


PROTOCOL, CASES = manifest("protocol")
DESCRIPTION, DESCRIPTIONS = manifest("service-description")
needs_w3c = pytest.mark.skipif(not CASES, reason=f"no manifests of the W3C in {FOLDER}")


def graphs_named() -> list[Quad]:
    """Return the data of all cases, each file in the graph by which it is called."""
    quads: list[Quad] = []
    for data in set(PROTOCOL.objects(None, UT.graphData)):
        name = IRI(str(PROTOCOL.value(data, RDFS.label)))
        path = FOLDER / "protocol" / Path(urlsplit(str(PROTOCOL.value(data, UT.graph))).path).name
        quads += [(s, p, o, name) for s, p, o, _ in parse_file(path)]
    return list(dict.fromkeys(quads))


@pytest.fixture(scope="module")
def served() -> Iterator[TestClient]:
    with TestClient(create_app(Dataset.from_quads(graphs_named(), Library(())))) as client:
        yield client


def send(client: TestClient, request: Node) -> Any:
    """Send a request of a manifest."""

    def text(subject: Node | None, predicate: Node) -> str:
        return str(PROTOCOL.value(subject, predicate) or "")

    body = PROTOCOL.value(request, HT.body)
    listed = PROTOCOL.value(request, HT.headers)
    headers = {
        text(header, HT.fieldName): text(header, HT.fieldValue)
        for header in (Collection(PROTOCOL, listed) if listed else ())
    }
    content = text(body, CNT.chars).encode(text(body, CNT.characterEncoding) or "utf-8")
    path = text(request, HT.absolutePath)
    method = text(request, HT.methodName)
    return client.request(method, path, content=content if body else None, headers=headers)


@needs_w3c
@pytest.mark.parametrize("entry", CASES, ids=name_of)
def test_protocol(entry: Node, served: TestClient) -> None:
    listed = PROTOCOL.value(PROTOCOL.value(entry, MF.action), HT.requests)
    assert listed is not None
    for request in Collection(PROTOCOL, listed):
        expected = PROTOCOL.value(request, HT.resp)
        statuses = {
            str(s).removeprefix(HTS)[0] for s in PROTOCOL.objects(expected, MF.expectedStatus)
        }
        response = send(served, request)
        if name_of(entry).startswith("update_"):  # what a server must answer that is only read
            assert response.status_code == 403 or response.json() == {"head": {}, "boolean": False}
            continue
        assert str(response.status_code)[0] in statuses
        if "4" in statuses:
            assert response.headers["content-type"] == "application/problem+json"
            continue
        kind = str(PROTOCOL.value(expected, MF.expectedFormat))
        assert response.headers["content-type"].partition(";")[0] in LABELS[kind]
        boolean = PROTOCOL.value(expected, MF.expectedBoolean)
        if boolean is not None:
            assert response.json()["boolean"] is (str(boolean) == "true")


@needs_w3c
def test_the_manifest_is_whole() -> None:
    assert len(CASES) == 34
    assert len(list(PROTOCOL.subjects(RDF.type, HT.Request))) > 34


DOMAINS = {
    "endpoint": ("Service", None), "feature": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"), "resultFormat": ("Service", None),
    "defaultDataset": ("Service", "Dataset"), "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"), "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}  # fmt: skip
INSTANCES = {"UnionDefaultGraph": "Feature", "SPARQL11Query": "Language"}


@needs_w3c
@pytest.mark.parametrize("entry", DESCRIPTIONS, ids=name_of)
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_service_description(entry: Node, path: str, served: TestClient) -> None:
    response = served.get(path)
    assert response.headers["content-type"].startswith("text/turtle")  # returns-rdf
    triples = {quad[:3] for quad in parse(response.content, get_format(".ttl"))}
    assert triples
    if name_of(entry) == "has-endpoint-triple":
        here = IRI(f"http://testserver{path}")
        assert [o for _, p, o in triples if p == IRI(SD + "endpoint")] == [here]
    elif name_of(entry) == "conforms-to-schema":
        types = {(str(s), str(o)) for s, p, o in triples if str(p) == str(RDF.type)}
        types |= {(SD + name, SD + kind) for name, kind in INSTANCES.items()}
        for subject, predicate, value in triples:
            if str(predicate).startswith(SD):
                domain, range_ = DOMAINS[str(predicate).removeprefix(SD)]
                assert (str(subject), SD + domain) in types
                assert range_ is None or (str(value), SD + range_) in types
    else:
        assert name_of(entry) == "returns-rdf"
