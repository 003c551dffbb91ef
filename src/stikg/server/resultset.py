"""Answers as RDF, by the vocabulary for result sets of the SPARQL working group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from stikg.terms import IRI, XSD, BlankNode, Literal, Quad, Term, expand

if TYPE_CHECKING:
    from stikg.results import Table

RS: Final = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"


def to_rdf(table: Table, iri: str, *, first: int = 0) -> list[Quad]:
    """Return a table as an rs:ResultSet of a name; its rows are numbered from ``first`` on.

    >>> from stikg.results import Table
    >>> quads = to_rdf(Table(("a",), ((Literal("x"),), (None,))), "urn:answer")
    >>> [str(value) for _, prop, value, _ in quads if prop == IRI(RS + "value")]
    ['x']
    """
    return [
        (subject, IRI(name), value, None) for subject, name, value in _triples(table, iri, first)
    ]


def _triples(table: Table, iri: str, first: int) -> Iterator[tuple[Term, str, Term]]:
    answer, kind = IRI(iri), expand("rdf:type").value
    yield answer, kind, IRI(f"{RS}ResultSet")
    for name in table.columns:
        yield answer, f"{RS}resultVariable", Literal(name)
    for number, row in enumerate(table, start=first + 1):
        solution = IRI(f"{iri}#row-{number}")
        yield answer, f"{RS}solution", solution
        yield solution, kind, IRI(f"{RS}ResultSolution")
        yield solution, f"{RS}index", Literal(str(number), XSD + "integer")
        for name, term in zip(table.columns, row, strict=True):
            if term is not None and not isinstance(term, BlankNode):
                binding = IRI(f"{solution}-{name}")
                yield solution, f"{RS}binding", binding
                yield binding, f"{RS}variable", Literal(name)
                yield binding, f"{RS}value", term
