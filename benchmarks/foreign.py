"""rdflib, asked as our stores are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import rdflib

from stikg.results import Stream, Table
from stikg.terms import IRI, BlankNode, Literal, Term


class RdflibStore:
    """A dataset in rdflib's memory, whose default graph is what the file has there."""

    def __init__(self, path: Path) -> None:
        self._dataset = rdflib.Dataset()
        self._dataset.parse(path, format="nquads")

    def select(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Table:
        """Return the solutions of a SELECT query."""
        result = self._dataset.query(query, initNs=dict(prefixes or {}))
        columns = tuple(map(str, result.vars or ()))
        return Table(columns, tuple(tuple(map(_term, row)) for row in result))  # type: ignore[arg-type]

    def stream(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Stream:
        """Return the solutions of a SELECT query."""
        table = self.select(query, prefixes=prefixes)
        return Stream(table.columns, iter(table.rows))

    def ask(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> bool:
        """Return the answer of an ASK query."""
        return bool(self._dataset.query(query, initNs=dict(prefixes or {})).askAnswer)


def _term(node: object) -> Term | None:
    if node is None:
        return None
    if isinstance(node, rdflib.URIRef):
        return IRI(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    return Literal(str(node))
