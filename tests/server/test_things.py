"""Linked data: every IRI answers at its path, passages with place, digest, statements, words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rdflib
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

import stikg
from stikg.building import build
from stikg.dataset import Dataset
from stikg.library import Library
from stikg.passages.tokens import digest, tokens
from stikg.publishing import make_context
from stikg.serialisation import parse_file
from stikg.server.app import create_app
from stikg.server.representations import RDF
from stikg.server.settings import Settings
from stikg.terms import BASE, IRI, Literal, Quad, expand
from tests.fixtures.folders import Folder, copy_tiny

ROCKETS, JAPAN = f"{BASE}programme/rockets", f"{BASE}territory/jp"
P1, P2 = f"{BASE}document/tiny-2020/1-p1", f"{BASE}document/tiny-2020/1-p2"
STI = rdflib.Namespace(f"{BASE}ontology/")
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
LASERS = "Japan may buy lasers <b>."
TEXT = f"# 1 Rockets and Lasers\n\nAcme has run rockets since 1999.\n\n{LASERS}\n"
"""The tiny document, as nobody wrote it."""


def read(answer: Any) -> rdflib.Dataset:
    """Return the graphs of an answer."""
    dataset = rdflib.Dataset(default_union=True)
    media_type = answer.headers["content-type"].partition(";")[0]
    dataset.parse(data=answer.text, format=media_type)
    return dataset


@pytest.mark.parametrize(("suffix", "media_type"), RDF.items())
def test_a_thing_in_every_format(client: TestClient, suffix: str, media_type: str) -> None:
    by_suffix = client.get(f"/programme/rockets{suffix}", headers={"Accept": "image/png"})
    by_accept = client.get("/programme/rockets", headers={"Accept": media_type})
    assert by_suffix.status_code == by_accept.status_code == 200
    assert by_suffix.content == by_accept.content
    assert by_accept.headers["content-location"] == f"/programme/rockets{suffix}"
    graph, rockets = read(by_suffix), rdflib.URIRef(ROCKETS)
    assert (rockets, STI.startYear, rdflib.Literal(1999)) in graph
    assert (rdflib.URIRef(f"{BASE}agency/acme"), STI.administers, rockets) in graph
    assert (rdflib.URIRef(f"{BASE}agency/acme"), STI.label, rdflib.Literal("Acme Agency")) in graph


def test_formats_with_graphs_carry_the_evidence(client: TestClient) -> None:
    dataset = read(client.get("/programme/rockets.trig"))
    first, second = rdflib.URIRef(P1), rdflib.URIRef(P2)
    claim = (rdflib.URIRef(f"{BASE}agency/acme"), STI.administers, rdflib.URIRef(ROCKETS))
    assert claim in dataset.graph(first)
    assert claim in dataset.graph(second)
    assert (first, STI.origin, rdflib.Literal("stated")) in dataset
    assert (first, STI.evidencePassage, first) in dataset


def test_all_forms_are_named(client: TestClient) -> None:
    answer = client.get("/programme/rockets")
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    assert answer.headers["vary"].startswith("Accept")
    for suffix, media_type in (*RDF.items(), (".json", "application/json")):
        link = f'</programme/rockets{suffix}>; rel="alternate"; type="{media_type}"'
        assert link in answer.headers["link"]
    assert f'<{ROCKETS}>; rel="describes"' in answer.headers["link"]
    assert client.head("/programme/rockets").headers["link"] == answer.headers["link"]


def test_facts_as_json(client: TestClient) -> None:
    facts = client.get("/territory/jp.json").json()
    assert (facts["iri"], facts["label"], facts["url"]) == (JAPAN, "Japan", "/territory/jp")
    assert [kind["label"] for kind in facts["types"]] == ["territory"]
    said = [item for item in facts["statements"] if item["origin"] == "read"]
    assert [(item["subject"]["label"], item["property"]["label"]) for item in said] == [
        ("Acme Agency", "located in")
    ]
    assert said[0]["subject"]["url"] == "/agency/acme"
    assert said[0]["passage"] == {"iri": P2, "url": "/document/tiny-2020/1-p2"}
    names = [item["value"] for item in facts["statements"] if "language" in item["value"]]
    assert {"value": "日本", "language": "ja"} in names


@pytest.mark.parametrize("path", ["/ontology", "/ontology/", "/ontology.ttl"])
def test_the_ontology_is_whole(client: TestClient, path: str) -> None:
    graph = read(client.get(path))
    assert (STI.Programme, rdflib.RDF.type, rdflib.OWL.Class) in graph
    assert (rdflib.URIRef(f"{BASE}ontology/"), rdflib.RDF.type, rdflib.OWL.Ontology) in graph


@pytest.mark.parametrize(
    "path",
    [
        "/ontology/Programme", "/stage/shortlisted", "/query/programmes", "/query/prefixes/sti",
        "/query/programmes/since", "/document/tiny-2020", "/document/tiny-2020/1-p2/reading",
        "/document/tiny-2020/1-p1/selector", "/graph/labels", "/graph/reference/things",
        "/link/jp-lasers-shortlisted",
    ],
)  # fmt: skip
def test_every_kind_of_iri_answers(client: TestClient, path: str) -> None:
    graph, thing = read(client.get(f"{path}.trig")), rdflib.URIRef(BASE.rstrip("/") + path)
    named = {identifier for *_, identifier in graph.quads((None, None, None, None))}
    assert thing in {*graph.subjects(), *named}


def test_every_iri_of_ours_answers(client: TestClient, dataset: Dataset) -> None:
    quads = list(dataset.store.quads())
    ours = {str(term) for quad in quads for term in quad[:1] if str(term).startswith(BASE)}
    paths = sorted(iri.removeprefix(BASE) for iri in ours)
    assert len(paths) > 40
    asked = [f"/{path}{suffix}" for path in paths for suffix in (".nt", ".json")]
    assert [path for path in asked if client.get(path).status_code != 200] == []


@pytest.mark.parametrize(
    "path",
    ["/territory/xx", "/territory/xx.json", "/territory/x%22y", "/territory/x%3Ey", "/nosuch/jp",
     "/territory", "/territory/", "/document/tiny-2020/9-p9", "/document/tiny-2020/9-p9.json",
     "/territory/%E2%98%83", "/ontology.pdf", "/territory/jp%0d%0aX-A:%20b"],
)  # fmt: skip
def test_what_is_not_ours(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {400, 404}
    assert answer.headers["content-type"] == "application/problem+json"
    assert "x-a" not in answer.headers


def test_nothing_that_is_accepted(client: TestClient) -> None:
    assert client.get("/territory/jp", headers={"Accept": "image/png"}).status_code == 406


def test_links_lead_to_http_alone() -> None:
    evil = "javascript:alert(document.domain)"
    acme = expand("agency:acme")
    graph = IRI(f"{BASE}graph/reference/things")
    quads: list[Quad] = [
        (acme, expand("sti:homepage"), IRI(evil), graph),
        (acme, expand("sti:homepage"), IRI("data:text/html,x"), graph),
        (acme, expand("sti:homepage"), IRI("https://example.org/"), graph),
        (acme, expand("sti:label"), Literal("<script>alert(1)</script>"), graph),
        (graph, expand("sti:origin"), Literal("curated"), graph),
    ]
    both = [each for quad in quads for each in (quad, (*quad[:3], None))]
    dataset = Dataset.from_quads(both, Library(()))
    with TestClient(create_app(dataset, Settings(workers=1))) as client:
        facts = client.get("/agency/acme.json")
        assert client.get("/agency/acme.ttl").headers["content-type"].startswith("text/turtle")
    assert facts.headers["content-type"] == "application/json"
    values = [item["value"] for item in facts.json()["statements"] if "iri" in item["value"]]
    assert {"iri": evil} in values
    assert {"iri": "https://example.org/", "url": "https://example.org/"} in values
    assert not any(item.get("url", "").startswith(("javascript", "data")) for item in values)
    assert "javascript:" not in str(facts.headers)


def test_browsers_get_the_pages_that_are_registered(dataset: Dataset) -> None:
    app = create_app(dataset, Settings(workers=1))

    async def thing(request: Request) -> Response:
        return PlainTextResponse(f"thing {request.state.iri}")

    async def passage(request: Request) -> Response:
        return PlainTextResponse(f"passage {request.state.iri}")

    app.state.service.pages |= {"thing": thing, "passage": passage}
    with TestClient(app) as client:
        assert client.get("/territory/jp", headers=BROWSER).text == f"thing {JAPAN}"
        assert client.get("/territory/jp.html").text == f"thing {JAPAN}"
        answer = client.get("/document/tiny-2020/1-p1", headers=BROWSER)
        assert answer.text == f"passage {P1}"
        assert 'rel="alternate"; type="text/html"' in answer.headers["link"]
        assert client.get("/territory/xx", headers=BROWSER).status_code == 404
        assert client.get("/territory/jp").headers["content-type"].startswith("text/turtle")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Return a client of a server that has a copy of the document."""
    folder = copy_tiny(tmp_path_factory.mktemp("told") / "tiny")
    describe_words(folder)
    build(folder.layout)
    copy = folder.root / "copy.md"
    copy.write_text(TEXT, encoding="utf-8")
    with TestClient(create_app(stikg.open(folder.root), with_copy(copy))) as client:
        yield client


def with_copy(path: Path) -> Settings:
    """Return the settings of a server that has a copy of the tiny document."""
    return Settings(workers=1, sources={"tiny-2020": path})


def describe_words(folder: Folder) -> None:
    """Say of two passages of the tiny document how many words they have and which digest."""
    start = TEXT.index("Japan")
    described = f"""
tiny:1-p2 oa:hasSelector <{P2}/selector> .
<{P2}/selector> a oa:TextPositionSelector ; oa:start {start} ; oa:end {start + 20} .
"""
    for name, words in (("1-p1", "Acme has run rockets since 1999."), ("1-p2", LASERS)):
        found = tokens(words)
        described += (
            f'tiny:{name} sti:tokenDigest "{digest(found)}" ; sti:tokenCount {len(found)} .\n'
        )
    folder.append("graph/documents/tiny-2020/passages.ttl", described)
    declared = "sti:tokenDigest a owl:DatatypeProperty .\nsti:tokenCount a owl:DatatypeProperty .\n"
    folder.append("ontology/stikg.ttl", declared)


def test_a_passage_has_place_digest_and_statements(told: TestClient) -> None:
    passage = told.get("/document/tiny-2020/1-p1.json").json()
    assert passage["iri"] == P1
    assert passage["document"] == {
        "iri": f"{BASE}document/tiny-2020", "label": "A Tiny Report", "url": "/document/tiny-2020",
    }  # fmt: skip
    place = [passage[key] for key in ("section", "sectionTitle", "kind", "order", "start", "end")]
    assert place == ["1", "Rockets and Lasers", "paragraph", 2, 0, 9]
    assert passage["digest"] == digest(tokens("Acme has run rockets since 1999."))
    said = [(item["subject"]["label"], item["origin"]) for item in passage["statements"]]
    assert said == [
        ("Acme Agency", "stated"), ("Acme Agency", "stated"), ("Rocket Programme", "stated"),
    ]  # fmt: skip


def test_a_passage_has_its_words_in_their_context(told: TestClient) -> None:
    words = told.get("/document/tiny-2020/1-p2.json").json()["words"]
    assert words == {
        "before": "# 1 Rockets and Lasers Acme has run rockets since 1999.",
        "words": "Japan may buy lasers",
        "after": "<b>.",
    }
    assert told.get("/document/tiny-2020/1-h.json").json()["words"] is None


def test_words_are_no_statements(told: TestClient) -> None:
    for suffix in RDF:
        assert "buy lasers" not in told.get(f"/document/tiny-2020/1-p2{suffix}").text


def test_without_a_copy_there_are_no_words(client: TestClient) -> None:
    passage = client.get("/document/tiny-2020/1-p1.json").json()
    assert passage["words"] is None
    assert "digest" not in passage


def test_a_copy_that_cannot_be_read(dataset: Dataset, tmp_path: Path) -> None:
    with TestClient(create_app(dataset, with_copy(tmp_path / "none.txt"))) as client:
        answer = client.get("/document/tiny-2020/1-p1.json")
    assert answer.status_code < 500
    assert str(tmp_path) not in answer.text


def test_names_are_searched(client: TestClient) -> None:
    found = client.get("/search?q=rocket+progr").json()
    assert [(hit["label"], hit["url"]) for hit in found["hits"]] == [
        ("Rocket Programme", "/programme/rockets")
    ]
    only = client.get("/search?q=agency&class=sti:Organisation&limit=1").json()["hits"]
    assert len(only) == 1
    assert [hit["value"] for hit in found["hits"]] == ["Rocket Programme"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [("", "q"), ("q=%20", "q"), ("q=a&q=b", "q"), ("q=a&limit=101", "limit"),
     ("q=a&class=nosuch:A", "class"), ("q=a&page=2", "page"), (f"q={'a' * 2001}", "q")],
)  # fmt: skip
def test_a_search_asked_wrongly(client: TestClient, asked: str, field: str) -> None:
    answer = client.get(f"/search?{asked}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)


def test_the_context_is_that_of_the_ontology(client: TestClient, compiled: Folder) -> None:
    answer = client.get("/context.jsonld")
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.text == make_context(parse_file(compiled.layout.ontology / "stikg.ttl"))
