"""Our terms and those of pyoxigraph, one into the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as engine

from stikg.errors import InputError
from stikg.terms import IRI, XSD_STRING, BlankNode, Literal, Quad, Term, Triple


def from_engine(term: object) -> Term:
    """Return our term for one of pyoxigraph's.

    :raises InputError: if it is a triple term or has a base direction (RDF 1.2).
    """
    if isinstance(term, engine.NamedNode):
        return IRI(term.value)
    if isinstance(term, engine.Literal):
        if term.language is None:
            return Literal(term.value, term.datatype.value)
        if term.direction is None:
            return Literal(term.value, language=term.language)
    if isinstance(term, engine.BlankNode):
        return BlankNode(term.value)
    raise InputError(f"{term} is a term of RDF 1.2", remedy="write it with the terms of RDF 1.1")


def to_engine(term: Term) -> engine.NamedNode | engine.Literal | engine.BlankNode:
    """Return pyoxigraph's term for one of ours.

    :raises InputError: if the engine refuses it, for example a malformed language tag.
    """
    try:
        if isinstance(term, IRI):
            return engine.NamedNode(term.value)
        if isinstance(term, BlankNode):
            return engine.BlankNode(term.label)
        if term.language:
            return engine.Literal(term.value, language=term.language)
        if term.datatype == XSD_STRING:
            return engine.Literal(term.value)
        return engine.Literal(term.value, datatype=engine.NamedNode(term.datatype))
    except ValueError as cause:
        raise InputError(f"{term.n3()} is not a term of RDF: {cause}") from cause


def quads_from_engine(quads: Iterable[engine.Quad]) -> Iterator[Quad]:
    """Yield our quads for pyoxigraph's; equal IRIs share one object."""
    seen: dict[str, IRI] = {}

    def term_of(term: object) -> Term:
        if isinstance(term, engine.NamedNode):
            value = term.value
            return seen.get(value) or seen.setdefault(value, IRI(value))
        return from_engine(term)

    for quad in quads:
        graph = quad.graph_name
        yield (
            term_of(quad.subject),
            term_of(quad.predicate),
            term_of(quad.object),
            None if isinstance(graph, engine.DefaultGraph) else term_of(graph),
        )


def triples_from_engine(triples: Iterable[engine.Triple]) -> Iterator[Triple]:
    """Yield our triples for pyoxigraph's."""
    for triple in triples:
        yield from_engine(triple.subject), from_engine(triple.predicate), from_engine(triple.object)


def quads_to_engine(quads: Iterable[Quad]) -> Iterator[engine.Quad]:
    """Yield pyoxigraph's quads for ours.

    :raises InputError: if a subject or graph is a literal, or a predicate is no IRI.
    """
    for quad in quads:
        subject, predicate, value, graph = quad
        name = engine.DefaultGraph() if graph is None else to_engine(graph)
        try:
            yield engine.Quad(
                to_engine(subject),  # type: ignore[arg-type]
                to_engine(predicate),  # type: ignore[arg-type]
                to_engine(value),
                name,  # type: ignore[arg-type]
            )
        except TypeError as cause:
            raise InputError(
                f"not a statement: {subject.n3()} {predicate.n3()} {value.n3()}",
                remedy="subjects and graphs are IRIs or blank nodes, predicates are IRIs",
            ) from cause
