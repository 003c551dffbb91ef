"""N-Triples and N-Quads: one statement on a line, lines sorted."""

from __future__ import annotations

from collections.abc import Iterable

from stikg.serialisation.blanknodes import canonical
from stikg.serialisation.turtle import refuse_named_graphs
from stikg.terms import Quad


def write_nquads(quads: Iterable[Quad]) -> str:
    """Return the canonical N-Quads of a dataset (RDFC-1.0, section 5): for digests and diffs.

    >>> from stikg.terms import IRI, Literal
    >>> print(write_nquads([(IRI("urn:a"), IRI("urn:b"), Literal("c"), IRI("urn:g"))]), end="")
    <urn:a> <urn:b> "c" <urn:g> .
    """
    return "".join(sorted(_line(quad) for quad in canonical(quads)))


def write_ntriples(quads: Iterable[Quad]) -> str:
    """Return the canonical N-Triples of statements of the default graph.

    :raises InputError: if a statement is in a named graph, which N-Triples cannot say.
    """
    unique = canonical(quads)
    refuse_named_graphs(unique, "N-Triples")
    return "".join(sorted(_line(quad) for quad in unique))


def _line(quad: Quad) -> str:
    return " ".join(term.n3() for term in quad if term is not None) + " .\n"
