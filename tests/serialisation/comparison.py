"""What another parser makes of a text, as terms that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from stikg.terms import IRI, XSD_STRING, BlankNode, Literal, Quad, Term


@contextmanager
def lexical_forms_kept() -> Iterator[None]:
    """Keep rdflib from rewriting "007" as "7"."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def read_by_rdflib(text: str, rdf_format: str) -> set[Quad]:
    dataset = rdflib.Dataset()
    with lexical_forms_kept():
        dataset.parse(data=text, format=rdf_format)
    return {
        (_term(s), _term(p), _term(o), None if g in {None, DATASET_DEFAULT_GRAPH_ID} else _term(g))
        for s, p, o, g in dataset.quads()
    }


def _term(node: object) -> Term:
    if isinstance(node, rdflib.URIRef):
        return IRI(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), str(node.datatype or XSD_STRING))
