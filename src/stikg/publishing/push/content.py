"""What a dataset holds, graph by graph: counts and digests that do not depend on order.

A digest is the sum of the SHA-256 of all canonical N-Triples lines, modulo 2²⁵⁶. Numbers, truth
values and language tags count by value, for servers keep values rather than spellings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from stikg.errors import InputError
from stikg.store import Store
from stikg.terms import XSD, BlankNode, Literal, Quad, Term, Triple

_MODULUS: Final = 1 << 256
_INTEGERS: Final = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
        "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong",
    )
)  # fmt: skip
_TRUTH: Final = {"1": "true", "0": "false"}


@dataclass(frozen=True)
class Digest:
    """How many triples a graph holds, and their digest in hexadecimal."""

    triples: int
    sha256: str


@dataclass(frozen=True)
class Release:
    """A dataset to publish: its version and what each graph holds; None is the default graph.

    ``lines`` returns the N-Triples of a graph, one triple on a line, sorted.
    """

    version: str
    graphs: Mapping[str | None, Digest]
    lines: Callable[[str | None], list[str]]

    @property
    def quads(self) -> int:
        """The number of all quads."""
        return sum(digest.triples for digest in self.graphs.values())


class Summing:
    """Digests that grow triple by triple."""

    def __init__(self) -> None:
        self._found: dict[str | None, tuple[int, int]] = {}

    def add(self, graph: str | None, triple: Triple) -> None:
        """Count a triple of a graph."""
        count, total = self._found.get(graph, (0, 0))
        hashed = hashlib.sha256(" ".join(map(_canonical, triple)).encode()).digest()
        self._found[graph] = count + 1, (total + int.from_bytes(hashed, "big")) % _MODULUS

    def digests(self) -> dict[str | None, Digest]:
        """Return the digests of all graphs so far."""
        return {
            graph: Digest(count, f"{total:064x}") for graph, (count, total) in self._found.items()
        }


def read_release(store: Store, version: str) -> Release:
    """Return what a store holds as a release; without a version its digest is its name.

    :raises InputError: if it holds a blank node, which no server keeps under its label.
    """
    summing = Summing()
    for quad in store.quads():
        _refuse_blank(quad)
        graph = quad[3]
        summing.add(None if graph is None else str(graph), quad[:3])
    found = summing.digests()

    def lines(graph: str | None) -> list[str]:
        pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        rows = store.select(f"SELECT ?s ?p ?o {{ {pattern} }}").rows
        return sorted(line(*(term for term in row if term is not None)) for row in rows)

    ordered = sorted(found, key=lambda graph: (graph is None, graph or ""))
    graphs = {graph: found[graph] for graph in ordered}
    return Release(version or overall(graphs)[:12], graphs, lines)


def digests_of(triples: Iterable[tuple[str | None, Triple]]) -> dict[str | None, Digest]:
    """Return the digest of every graph of which a triple is there.

    >>> from stikg.terms import IRI
    >>> one, other = ((IRI("e:a"), IRI("e:b"), IRI(f"e:{n}")) for n in range(2))
    >>> digests_of([(None, one), (None, other)]) == digests_of([(None, other), (None, one)])
    True
    """
    summing = Summing()
    for graph, triple in triples:
        summing.add(graph, triple)
    return summing.digests()


def overall(graphs: Mapping[str | None, Digest]) -> str:
    """Return one digest of many, each with the name of its graph, in hexadecimal."""
    parts = sorted(f"{graph or ''} {digest.sha256}\n" for graph, digest in graphs.items())
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def line(subject: Term, predicate: Term, value: Term) -> str:
    """Return a triple as a line of N-Triples."""
    return f"{subject.n3()} {predicate.n3()} {value.n3()} .\n"


def batches(
    lines: Iterable[tuple[str, str]], *, triples: int, size: int
) -> Iterator[list[tuple[str, str]]]:
    """Yield pairs of graph and line in groups of so many triples and characters at most.

    >>> lines = [("e:g", "x"), ("e:g", "y"), ("e:h", "z")]
    >>> [len(batch) for batch in batches(lines, triples=2, size=9)]
    [2, 1]
    """
    batch: list[tuple[str, str]] = []
    length = 0
    for pair in lines:
        if batch and (len(batch) == triples or length + len(pair[1]) > size):
            yield batch
            batch, length = [], 0
        batch.append(pair)
        length += len(pair[1])
    if batch:
        yield batch


def _canonical(term: Term) -> str:
    if not isinstance(term, Literal):
        return term.n3()
    if term.language:
        return Literal(term.value, language=term.language.lower()).n3()
    if term.datatype in _INTEGERS or term.datatype == XSD + "decimal":
        try:
            number = Decimal(term.value)
        except InvalidOperation:
            return term.n3()
        return f'"{number.normalize() + 0:f}"^^<{term.datatype}>'
    if term.datatype == XSD + "boolean":
        return f'"{_TRUTH.get(term.value, term.value)}"^^<{term.datatype}>'
    return term.n3()


def _refuse_blank(quad: Quad) -> None:
    for term in quad:
        if isinstance(term, BlankNode):
            raise InputError(
                f"the blank node {term.n3()} cannot be pushed: a server would not keep its name",
                remedy="give the thing an IRI",
            )
