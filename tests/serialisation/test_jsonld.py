"""JSON-LD with and without a context."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from stikg.errors import InputError
from stikg.serialisation import get_format, parse, write_jsonld
from stikg.terms import IRI, PREFIXES, XSD, BlankNode, Literal, Quad, expand
from tests.serialisation.comparison import read_by_rdflib
from tests.serialisation.strategies import quads

JSONLD = get_format("jsonld")
CONTEXT = {
    "@version": 1.1,
    **PREFIXES,
    "label": "skos:prefLabel",
    "start": {"@id": "sti:startYear", "@type": "xsd:integer"},
    "p10": {"@id": "http://example.org/p10", "@type": "@id"},
}
JAPAN: list[Quad] = [
    (expand("territory:jp"), expand("rdf:type"), expand("sti:Territory"), None),
    (expand("territory:jp"), expand("skos:prefLabel"), Literal("日本", language="ja"), None),
    (expand("territory:jp"), expand("skos:prefLabel"), Literal("Japan", language="en"), None),
    (expand("territory:jp"), expand("sti:startYear"), Literal("660", XSD + "integer"), None),
    (expand("territory:jp"), IRI("http://example.org/p10"), expand("territory:fr"), None),
    (IRI("urn:x"), expand("sti:startYear"), Literal("6.60", XSD + "decimal"), IRI("urn:g")),
]


def test_properties_have_the_names_of_the_context() -> None:
    document = json.loads(write_jsonld(JAPAN, context=CONTEXT))
    assert document["@context"] == CONTEXT
    assert document["@graph"] == [
        {
            "@id": "territory:jp",
            "@type": "sti:Territory",
            "label": [
                {"@language": "en", "@value": "Japan"},
                {"@language": "ja", "@value": "日本"},
            ],
            "p10": "territory:fr",
            "start": "660",
        },
        {
            "@id": "urn:g",
            "@graph": [{"@id": "urn:x", "start": {"@type": "xsd:decimal", "@value": "6.60"}}],
        },
    ]


def test_without_a_context_the_used_prefixes_are_declared() -> None:
    document = json.loads(write_jsonld(JAPAN[3:4]))
    assert document == {
        "@context": {
            "sti": "https://w3id.org/stikg/ontology/",
            "territory": "https://w3id.org/stikg/territory/",
        },
        "@graph": [{"@id": "territory:jp", "sti:startYear": 660}],
    }


def test_a_prefix_that_means_something_else_is_not_used() -> None:
    text = write_jsonld(JAPAN[:1], context={"territory": "http://example.org/"})
    assert json.loads(text)["@graph"][0]["@id"] == "https://w3id.org/stikg/territory/jp"


@pytest.mark.parametrize(
    "context",
    [
        {"@language": "en"},
        {"@base": "http://example.org/"},
        {"label": {"@id": "skos:prefLabel", "@container": "@language"}},
        {"label": 3},
    ],
)
def test_a_context_that_would_change_the_meaning_is_refused(context: dict[str, object]) -> None:
    with pytest.raises(InputError, match="in a way that is not supported"):
        write_jsonld(JAPAN, context=context)


def test_big_numbers_stay_strings() -> None:
    value = Literal(str(2**60), XSD + "integer")
    text = write_jsonld([(IRI("urn:a"), IRI("urn:b"), value, None)])
    assert json.loads(text)["@graph"][0]["urn:b"] == {
        "@type": "xsd:integer",
        "@value": "1152921504606846976",
    }


def test_blank_nodes_are_named_by_what_they_are() -> None:
    statements: list[Quad] = [
        (IRI("urn:a"), IRI("urn:b"), BlankNode("any"), None),
        (BlankNode("any"), IRI("urn:b"), Literal("x"), None),
    ]
    assert json.loads(write_jsonld(statements))["@graph"] == [
        {"@id": "urn:a", "urn:b": {"@id": "_:c14n0"}},
        {"@id": "_:c14n0", "urn:b": "x"},
    ]


@given(quads())
def test_jsonld_loses_nothing(statements: list[Quad]) -> None:
    for context in (None, CONTEXT):
        text = write_jsonld(statements, context=context)
        assert set(parse(text, JSONLD)) == set(statements)
        assert write_jsonld(reversed(statements), context=context) == text
        assert read_by_rdflib(text, "json-ld") == set(statements)
