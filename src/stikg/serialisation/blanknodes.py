"""Blank nodes: names that depend on nothing but the dataset, and where one needs no name."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

import pyoxigraph as engine

from stikg.errors import InputError
from stikg.serialisation.engine import quads_from_engine, quads_to_engine
from stikg.terms import IRI, PREFIXES, BlankNode, Quad, Term

DEEPEST: Final = 50
"""Brackets within brackets; what is deeper gets labels. A list is one bracket."""

_REST: Final = IRI(PREFIXES["rdf"] + "rest")

_MOST_CHAINED: Final = 100
_MOST_TANGLED: Final = 6
"""How many blank nodes that look alike may be neighbours: the algorithm tries every order of them,
which takes time with the cube of a chain and the factorial of a tangle."""


def canonical(quads: Iterable[Quad]) -> set[Quad]:
    """Return the statements as a set of valid ones, in the form that every writer starts from.

    Blank nodes are renamed by RDF Dataset Canonicalization (RDFC-1.0), language tags lower-cased.

    :raises InputError: if a term or statement is none of RDF's, or too many blank nodes look alike.

    >>> from stikg.terms import IRI
    >>> canonical([(BlankNode("x"), IRI("urn:p"), IRI("urn:o"), None)])
    {(BlankNode(label='c14n0'), IRI(value='urn:p'), IRI(value='urn:o'), None)}
    """
    unique = set(quads)
    if not any(isinstance(term, BlankNode) for quad in unique for term in quad):
        return set(quads_from_engine(quads_to_engine(unique)))
    _refuse_lookalikes(unique)
    dataset = engine.Dataset(quads_to_engine(unique))
    dataset.canonicalize(engine.CanonicalizationAlgorithm.RDFC_1_0)
    return set(quads_from_engine(dataset))


def _refuse_lookalikes(quads: set[Quad]) -> None:
    """Refuse what would take the algorithm more than seconds (RDFC-1.0, section 7.1)."""
    looks: dict[BlankNode, Counter[tuple[object, ...]]] = {}
    neighbours: dict[BlankNode, set[BlankNode]] = {}
    for quad in quads:
        nodes = {term for term in quad if isinstance(term, BlankNode)}
        for node in nodes:
            look = tuple(
                term == node if isinstance(term, BlankNode) else term  # itself, or another
                for term in quad
            )
            looks.setdefault(node, Counter())[look] += 1
            neighbours.setdefault(node, set()).update(nodes - {node})
    shapes = {node: frozenset(look.items()) for node, look in looks.items()}
    shared = Counter(shapes.values())
    alike = {node for node, shape in shapes.items() if shared[shape] > 1}
    entangled = [len(neighbours[node] & alike) for node in alike]
    tangled = sum(number > 2 for number in entangled)
    if sum(map(bool, entangled)) > _MOST_CHAINED or max(tangled, *entangled, 0, 0) > _MOST_TANGLED:
        raise InputError(
            "too many blank nodes look alike to be told apart", remedy="give them IRIs"
        )


class Nesting:
    """Which blank nodes can be written without a label.

    ``nested`` ones are used exactly once, in the graph that describes them, and can stand in
    brackets there; ``anonymous`` ones are used nowhere and can be written ``[]``.
    """

    def __init__(self, quads: Iterable[Quad]) -> None:
        users: dict[BlankNode, list[tuple[Term, Term, Term | None]]] = {}
        homes: dict[BlankNode, set[Term | None]] = {}
        graphs: set[Term | None] = set()
        for subject, predicate, value, graph in quads:
            graphs.add(graph)
            if isinstance(subject, BlankNode):
                homes.setdefault(subject, set()).add(graph)
            if isinstance(value, BlankNode):
                users.setdefault(value, []).append((subject, predicate, graph))
        parents = {
            node: (uses[0][0], int(uses[0][1] != _REST))
            for node, uses in users.items()
            if len(uses) == 1 and homes.get(node, set()) <= {uses[0][2]} and node not in graphs
        }
        self.nested = frozenset(
            node for node, depth in _depths(parents).items() if depth <= DEEPEST
        )
        self.anonymous = frozenset(
            node
            for node, home in homes.items()
            if node not in users and len(home) == 1 and node not in graphs
        )


def _depths(parents: dict[BlankNode, tuple[Term, int]]) -> dict[BlankNode, float]:
    """Return how many brackets are around each node; in a circle they have no end."""
    depths: dict[BlankNode, float] = {}
    for start in parents:
        node: Term = start
        path: dict[BlankNode, int] = {}
        while isinstance(node, BlankNode) and node in parents:
            if node in depths or node in path:
                break
            above, step = parents[node]
            path[node] = step
            node = above
        known = depths.get(node, 0) if isinstance(node, BlankNode) else 0
        depth = math.inf if node in path else known
        for inner in reversed(path):
            depth += path[inner]
            depths[inner] = depth
    return depths
