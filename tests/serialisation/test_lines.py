"""N-Triples and N-Quads."""

from __future__ import annotations

import pytest
from hypothesis import given

from stikg.errors import InputError
from stikg.serialisation import get_format, parse, write_nquads, write_ntriples
from stikg.terms import IRI, BlankNode, Literal, Quad
from tests.serialisation.comparison import read_by_rdflib
from tests.serialisation.strategies import quads


def test_lines_are_sorted_and_blank_nodes_named_by_what_they_are() -> None:
    statements: list[Quad] = [
        (BlankNode("z"), IRI("urn:p"), IRI("urn:o"), None),
        (IRI("urn:a"), IRI("urn:p"), Literal("\x00\b\x7f"), IRI("urn:g")),
        (IRI("urn:a"), IRI("urn:p"), BlankNode("z"), None),
        (IRI("urn:a"), IRI("urn:p"), BlankNode("z"), None),
    ]
    assert write_nquads(statements) == (
        '<urn:a> <urn:p> "\\u0000\\b\\u007F" <urn:g> .\n'
        "<urn:a> <urn:p> _:c14n0 .\n"
        "_:c14n0 <urn:p> <urn:o> .\n"
    )


def test_ntriples_refuse_named_graphs() -> None:
    with pytest.raises(InputError, match="N-Triples holds no named graphs"):
        write_ntriples([(IRI("urn:a"), IRI("urn:b"), IRI("urn:c"), IRI("urn:g"))])


@given(quads())
def test_nquads_lose_nothing(statements: list[Quad]) -> None:
    text = write_nquads(statements)
    assert set(parse(text, get_format("nquads"))) == set(statements)
    assert read_by_rdflib(text, "nquads") == set(statements)
