"""What the server says of itself is so."""

from __future__ import annotations

import pytest
from rdflib import RDF, Dataset, Literal, Namespace, URIRef
from starlette.testclient import TestClient

from stikg.server.media import SOLUTIONS, TRIPLES

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
HERE = URIRef("http://testserver/sparql#service")


def read(client: TestClient, path: str, accept: str = "text/turtle") -> Dataset:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == accept
    dataset = Dataset(default_union=True)
    dataset.parse(data=response.text, format=accept)
    return dataset


def ask(client: TestClient, query: str) -> int:
    found = client.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    return int(found.text.split()[1])


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize("media_type", TRIPLES)
def test_every_format_of_rdf(client: TestClient, path: str, media_type: str) -> None:
    got = {triple[:3] for triple in read(client, path, media_type).quads()}
    assert got == {triple[:3] for triple in read(client, path).quads()} != set()


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_refusals_and_tags(client: TestClient, path: str) -> None:
    assert client.get(path, headers={"Accept": "image/png"}).status_code == 406
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_formats_are_those_that_are_served(client: TestClient) -> None:
    graph = read(client, "/sparql")
    assert len(set(graph.objects(HERE, SD.resultFormat))) == len(
        set(SOLUTIONS.values()) | set(TRIPLES.values())
    )
    assert (HERE, SD.feature, SD.BasicFederatedQuery) not in graph
    assert set(graph.objects(HERE, SD.supportedLanguage)) == {SD.SPARQL11Query}


def test_named_graphs_are_listed(client: TestClient) -> None:
    graph = read(client, "/sparql")
    number = ask(client, "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert len(set(graph.objects(None, SD.name))) == number > 0
    union = (HERE, SD.feature, SD.UnionDefaultGraph) in graph
    differing = ask(
        client,
        "SELECT (COUNT(*) AS ?n) { { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } } UNION "
        "{ ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } } }",
    )
    assert union is (differing == 0)


def test_counts_are_those_of_the_dataset(client: TestClient) -> None:
    graph = read(client, "/.well-known/void")
    dataset = URIRef("https://w3id.org/stikg/dataset")
    assert (dataset, RDF.type, VOID.Dataset) in graph
    triples = ask(client, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert graph.value(dataset, VOID.triples) == Literal(triples)
    kind = URIRef("https://w3id.org/stikg/ontology/FundingAgency")
    (part,) = graph.subjects(VOID["class"], kind)
    assert (dataset, VOID.classPartition, part) in graph
    agencies = ask(client, "SELECT (COUNT(*) AS ?n) { ?s a sti:FundingAgency }")
    assert graph.value(part, VOID.entities) == Literal(agencies)
    label = URIRef("https://w3id.org/stikg/ontology/label")
    (part,) = graph.subjects(VOID.property, label)
    labels = ask(client, "SELECT (COUNT(*) AS ?n) { ?s sti:label ?o }")
    assert graph.value(part, VOID.triples) == Literal(labels)
    assert (dataset, VOID.sparqlEndpoint, URIRef("http://testserver/sparql")) in graph
