"""What every store can do: be asked, be listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from stikg.results import Stream, Table
from stikg.terms import Quad, Triple


class Store(Protocol):
    """A dataset that answers SPARQL queries, here or far away.

    ``prefixes`` are assumed declared before the query.
    """

    def select(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Table:
        """Return the solutions of a SELECT query, in the order of the engine."""

    def stream(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Stream:
        """Return the solutions of a SELECT query as the engine or the wire gives them.

        The whole answer is never in memory; what goes wrong on the way is raised by the rows.
        """

    def ask(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> bool:
        """Return the answer of an ASK query."""

    def construct(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, each once, sorted."""

    def quads(self) -> Iterator[Quad]:
        """Yield all quads; the graph of a default graph's triple is None."""

    def count(self) -> int:
        """Return the number of quads."""
