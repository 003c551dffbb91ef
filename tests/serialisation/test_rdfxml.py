"""RDF/XML."""

from __future__ import annotations

import pytest
from hypothesis import given

from stikg.errors import InputError
from stikg.serialisation import get_format, parse, write_rdfxml
from stikg.terms import IRI, BlankNode, Literal, Quad, Triple, expand
from tests.serialisation.comparison import read_by_rdflib
from tests.serialisation.strategies import flat, triples, xml_strings

EXPECTED = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF
  xmlns:ns1="http://example.org/?a&amp;b#"
  xmlns:ns2="urn:x:2"
  xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:sti="https://w3id.org/stikg/ontology/">
  <rdf:Description rdf:about="https://w3id.org/stikg/territory/jp">
    <rdf:type rdf:resource="https://w3id.org/stikg/ontology/Territory"/>
    <ns1:c xml:lang="en">&lt;a &amp; b&gt;&#13;</ns1:c>
    <ns2:b rdf:nodeID="c14n0"/>
  </rdf:Description>
  <rdf:Description rdf:nodeID="c14n0">
    <sti:p rdf:datatype="urn:d">x</sti:p>
  </rdf:Description>
</rdf:RDF>
"""


def test_what_it_looks_like() -> None:
    japan = expand("territory:jp")
    text = write_rdfxml(
        [
            (japan, IRI("urn:x:2b"), BlankNode("x"), None),
            (BlankNode("x"), expand("sti:p"), Literal("x", "urn:d"), None),
            (japan, IRI("http://example.org/?a&b#c"), Literal("<a & b>\r", language="en"), None),
            (japan, expand("rdf:type"), expand("sti:Territory"), None),
        ]
    )
    assert text == EXPECTED


@pytest.mark.parametrize(
    ("quad", "problem"),
    [
        ((IRI("urn:a"), IRI("urn:b:"), IRI("urn:c"), None), "no name for the property urn:b:"),
        ((IRI("urn:a"), IRI("urn:b:1"), IRI("urn:c"), None), "no name for the property urn:b:1"),
        ((IRI("urn:a"), expand("rdf:li"), IRI("urn:c"), None), "no name for the property"),
        ((IRI("urn:a"), IRI("urn:b"), Literal("\x0b"), None), "cannot hold a character"),
        ((IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), IRI("urn:g")), "holds no named graphs"),
    ],
)
def test_what_rdfxml_cannot_say_is_refused(quad: Quad, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        write_rdfxml([quad])


@given(triples(xml_strings))
def test_rdfxml_loses_nothing(statements: list[Triple]) -> None:
    expected = set(flat(statements))
    text = write_rdfxml(expected)
    assert set(parse(text, get_format("rdfxml"))) == expected
    assert read_by_rdflib(text, "xml") == expected
