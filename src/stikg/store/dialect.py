"""How a server of SPARQL differs from the standard: one object that RemoteStore asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from stikg.store.answers import read_boolean
from stikg.terms import Term

QUADS: Final = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
COUNT: Final = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def _unchanged(query: str, default_graph: str) -> str:
    return query


def _as_it_is(term: Term) -> Term:
    return term


@dataclass(frozen=True, slots=True)
class Dialect:
    """What is said to a server and how its answers are read; the default is the standard.

    ``default_graph`` is the IRI of the named graph that takes the place of the default graph, sent
    as default-graph-uri; ``parameters`` are sent with every query; ``rewrite`` gets each query as
    it would be sent, prefixes and pages in it, and the IRI of the graph that is sent as the default
    one; ``read_term`` each term that comes;
    ``read_boolean`` the document that answers ASK. ``quads`` and ``count`` are the queries for all
    quads (?s ?p ?o ?g) and their number (?n); ``triples`` is what is accepted for triples.
    """

    name: str = "standard"
    default_graph: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    rewrite: Callable[[str, str], str] = _unchanged
    read_term: Callable[[Term], Term] = _as_it_is
    read_boolean: Callable[[bytes], bool] = read_boolean
    quads: str = QUADS
    count: str = COUNT
    solutions: str = "application/sparql-results+json"
    triples: str = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5"
