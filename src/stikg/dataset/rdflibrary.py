"""Quads as an rdflib Dataset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stikg.terms import IRI, PREFIXES, XSD_STRING, BlankNode, Quad, Term

if TYPE_CHECKING:
    import rdflib


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Dataset:
    """Return quads as an rdflib Dataset; lexical forms stay as they are."""
    import rdflib

    dataset = rdflib.Dataset()
    for prefix, namespace in PREFIXES.items():
        dataset.bind(prefix, namespace)
    known: dict[Term, rdflib.term.Node] = {}
    for quad in quads:
        for term in quad:
            if term is not None and term not in known:
                known[term] = to_rdflib_term(term)
        subject, predicate, value, graph = quad
        context = dataset.default_graph if graph is None else dataset.graph(known[graph])  # type: ignore[arg-type]
        context.add((known[subject], known[predicate], known[value]))
    return dataset


def to_rdflib_term(term: Term) -> rdflib.term.Node:
    """Return a term as rdflib's."""
    import rdflib

    if isinstance(term, IRI):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.label)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD_STRING:  # to rdflib, "a" and "a"^^xsd:string are two terms
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype), normalize=False)
