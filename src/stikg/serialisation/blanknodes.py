"""Blank nodes: names that depend on nothing but the dataset, and where one needs no name."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as engine

from stikg.serialisation.engine import quads_from_engine, quads_to_engine
from stikg.terms import BlankNode, Quad, Term


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """Return the statements as a set of valid ones, in the form that every writer starts from.

    Blank nodes are renamed by RDF Dataset Canonicalization (RDFC-1.0), language tags lower-cased.

    :raises InputError: if a term or statement is none of RDF's.

    >>> from stikg.terms import IRI
    >>> canonical([(BlankNode("x"), IRI("urn:p"), IRI("urn:o"), None)])
    {(BlankNode(label='c14n0'), IRI(value='urn:p'), IRI(value='urn:o'), None)}
    """
    unique = set(quads)
    if not any(isinstance(term, BlankNode) for quad in unique for term in quad):
        return set(quads_from_engine(quads_to_engine(unique)))
    dataset = engine.Dataset(quads_to_engine(unique))
    dataset.canonicalize(engine.CanonicalizationAlgorithm.RDFC_1_0)
    return set(quads_from_engine(dataset))


class Nesting:
    """Which blank nodes can be written without a label.

    ``nested`` ones are used exactly once, in the graph that describes them, and can stand in
    brackets there; ``anonymous`` ones are used nowhere and can be written ``[]``.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        users: dict[BlankNode, list[tuple[Term, Term | None]]] = {}
        homes: dict[BlankNode, set[Term | None]] = {}
        graphs: set[Term | None] = set()
        for subject, _, value, graph in quads:
            graphs.add(graph)
            if isinstance(subject, BlankNode):
                homes.setdefault(subject, set()).add(graph)
            if isinstance(value, BlankNode):
                users.setdefault(value, []).append((subject, graph))
        parents = {
            node: uses[0][0]
            for node, uses in users.items()
            if len(uses) == 1 and homes.get(node, set()) <= {uses[0][1]} and node not in graphs
        }
        self.nested = frozenset(node for node in parents if not _circular(node, parents))
        self.anonymous = frozenset(
            node
            for node, home in homes.items()
            if node not in users and len(home) == 1 and node not in graphs
        )


def _circular(node: Term, parents: dict[BlankNode, Term]) -> bool:
    """Tell whether the users of a node lead back to it, or to another circle."""
    seen = set()
    while isinstance(node, BlankNode) and node in parents:
        if node in seen:
            return True
        seen.add(node)
        node = parents[node]
    return False
