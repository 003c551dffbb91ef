"""Release files: what they hold, and that a reader gets the same graph back."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from stikg.errors import UnknownName
from stikg.publishing import export, make_context, read_context
from stikg.serialisation import FORMATS, get_format, parse, parse_file
from stikg.terms import BASE, IRI, PREFIXES, XSD, Literal, Quad

ROOT = Path(__file__).resolve().parents[2]
TYPE = IRI(PREFIXES["rdf"] + "type")
NAME = IRI(PREFIXES["skos"] + "prefLabel")
FUNDS = IRI(PREFIXES["frapo"] + "funds")
START = IRI(PREFIXES["sti"] + "startYear")
AGENCY, PROGRAMME, OTHER = (IRI(f"{BASE}agency/{name}") for name in ("a", "p", "unnamed"))
STATED, STATED_B = IRI(f"{BASE}document/one/1-p1"), IRI(f"{BASE}document/two/1-p1")
ABOUT_ONE, ABOUT_TWO = (IRI(f"{BASE}graph/document/{name}/document") for name in ("one", "two"))
REFERENCE = IRI(f"{BASE}graph/reference/names")


def with_default(quads: list[Quad]) -> list[Quad]:
    return [*quads, *{(s, p, o, None) for s, p, o, _ in quads}]


@pytest.fixture
def dataset() -> list[Quad]:
    return with_default(
        [
            (AGENCY, FUNDS, PROGRAMME, STATED),
            (PROGRAMME, START, Literal("2014", XSD + "integer"), STATED),
            (AGENCY, FUNDS, PROGRAMME, STATED_B),
            (IRI(f"{BASE}document/one"), NAME, Literal('One "é"\n', language="en"), ABOUT_ONE),
            (IRI(f"{BASE}document/two"), NAME, Literal("Two", language="en"), ABOUT_TWO),
            (AGENCY, NAME, Literal("Agency", language="en"), REFERENCE),
            (OTHER, NAME, Literal("Named nowhere", language="en"), REFERENCE),
        ]
    )


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml"])
def test_flat_formats_hold_each_statement_once(dataset: list[Quad], name: str) -> None:
    read = parse(export(dataset, get_format(name)).decode(), get_format(name))
    assert len(read) == 6
    assert sum((s, p, o) == (AGENCY, FUNDS, PROGRAMME) for s, p, o, _ in read) == 1


@pytest.mark.parametrize("name", ["trig", "nquads", "jsonld"])
def test_formats_with_graphs_hold_the_evidence_too(dataset: list[Quad], name: str) -> None:
    read = parse(export(dataset, get_format(name)).decode(), get_format(name))
    assert sorted(map(str, read)) == sorted(map(str, dataset))


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_the_order_of_statements_does_not_change_the_bytes(
    dataset: list[Quad], entry: object
) -> None:
    rdf_format = get_format(entry.name)  # type: ignore[attr-defined]
    assert export(dataset, rdf_format) == export(dataset[::-1], rdf_format)


def test_one_document_is_what_it_says_and_who_is_who(dataset: list[Quad]) -> None:
    read = parse(
        export(dataset, get_format("nquads"), document="one").decode(), get_format("nquads")
    )
    graphs = {quad[3] for quad in read}
    assert STATED in graphs
    assert STATED_B not in graphs
    assert (AGENCY, NAME, Literal("Agency", language="en"), REFERENCE) in read
    assert OTHER not in {quad[0] for quad in read}


def test_an_unknown_document_is_answered_with_those_there_are(dataset: list[Quad]) -> None:
    with pytest.raises(UnknownName, match="no document 'three'") as problem:
        export(dataset, get_format("turtle"), document="three")
    assert problem.value.candidates == ("one", "two")


@pytest.mark.parametrize("name", ["turtle", "trig", "ntriples", "nquads", "rdfxml"])
def test_raptor_and_rdflib_count_the_same(dataset: list[Quad], name: str, tmp_path: Path) -> None:
    if shutil.which("rapper") is None:
        pytest.skip("rapper (Debian raptor2-utils) is not installed")
    rdf_format = get_format(name)
    path = tmp_path / f"release{rdf_format.suffix}"
    path.write_bytes(export(dataset, rdf_format))
    answer = subprocess.run(
        ["rapper", "-q", "-i", name, "-o", "nquads", str(path), BASE],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    expected = 13 if rdf_format.graphs else 6
    assert len(answer.stdout.splitlines()) == expected
    by_rdflib = Dataset().parse(path, format={"rdfxml": "xml", "ntriples": "nt"}.get(name, name))
    assert len(list(by_rdflib.quads())) == expected


def test_json_ld_comes_back_isomorphic(dataset: list[Quad]) -> None:
    context = read_context(ROOT / "ontology")
    text = export(dataset, get_format("jsonld"), context=context).decode()
    flat = [quad for quad in dataset if quad[3] is None]
    expected = Graph().parse(data=export(flat, get_format("ntriples")).decode(), format="nt")
    found = Dataset().parse(data=text, format="json-ld")
    assert isomorphic(found.default_graph, expected)
    assert len(list(found.quads())) == 13


def test_the_committed_context_is_the_one_the_ontology_implies() -> None:
    committed = (ROOT / "ontology" / "context.jsonld").read_text(encoding="utf-8")
    assert committed == make_context(parse_file(ROOT / "ontology" / "stikg.ttl")), "run: make docs"


def test_the_context_names_what_values_are() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text())["@context"]
    assert context["administers"] == {"@id": "sti:administers", "@type": "@id"}
    assert context["value"] == {"@id": "sti:value", "@type": "xsd:decimal"}
    assert context["territory"] == "https://w3id.org/stikg/territory/"
