"""A dataset far away that is asked and changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from stikg.errors import StikgError
from stikg.results import Table
from stikg.store.answers import read_solutions
from stikg.store.writing.connection import Connection, Reply
from stikg.store.writing.places import JSON, UPDATE, Places, refused
from stikg.terms import IRI, Literal, Triple

PAGE: Final = 5000
"""Rows that are asked for at once of a server that cuts its answers."""

NAMES: Final = 400
"""Graphs that one query names at most."""

_CUT: Final = "x-sparql-maxrows"


class CutShort(StikgError):
    """An answer that the server cut after so many rows."""


class WritableStore:
    """A dataset on a server; a graph is named by its IRI, the default graph by None."""

    def __init__(self, connection: Connection, places: Places) -> None:
        self.connection = connection
        self.places = places

    def select(self, query: str) -> Table:
        """Return the solutions of a SELECT query.

        :raises EndpointError: if the server does not answer or refuses.
        :raises CutShort: if it tells that there are more.
        """
        reply = self.connection.request(
            "POST",
            self.places.query,
            body=urlencode({"query": query}).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": JSON},
        )
        self._check(reply, self.places.query)
        if _CUT in reply.headers:
            raise CutShort(f"the answer was cut after {reply.headers[_CUT]} rows")
        try:
            stream = read_solutions([reply.body])
            return Table(stream.columns, tuple(stream.rows))
        except ValueError as error:
            raise self.connection.error(f"its answer cannot be read: {error}") from error

    def update(self, text: str) -> None:
        """Change the dataset by SPARQL Update.

        :raises EndpointError: if the server does not answer or refuses.
        """
        headers = {"Content-Type": f"{UPDATE}; charset=utf-8"}
        reply = self.connection.request(
            "POST", self.places.update, body=text.encode(), headers=headers
        )
        self._check(reply, self.places.update)

    def put(self, graph: str | None, lines: Iterable[str]) -> None:
        """Make lines of N-Triples the content of a graph by the Graph Store Protocol.

        :raises EndpointError: if the server does not answer or refuses.
        """
        self._graph("PUT", graph, "".join(lines).encode())

    def delete(self, graph: str | None) -> None:
        """Remove a graph by the Graph Store Protocol, whether there or not.

        :raises EndpointError: if the server does not answer or refuses.
        """
        if graph is None:  # not every server lets the default graph be deleted
            self._graph("PUT", None, b"")
        else:
            self._graph("DELETE", graph, b"", missing=True)

    def counts(self, graphs: Sequence[str]) -> dict[str, int]:
        """Return the triples of each of these graphs that holds any.

        :raises EndpointError: if the server does not answer or refuses.
        """
        found = {}
        for start in range(0, len(graphs), NAMES):
            names = " ".join(f"<{name}>" for name in graphs[start : start + NAMES])
            query = (
                f"SELECT ?g (COUNT(*) AS ?n) {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
                " GROUP BY ?g"
            )
            for graph, number in self.select(query).rows:
                if isinstance(number, Literal) and number.value.isdigit() and graph is not None:
                    found[str(graph)] = int(number.value)
        return {graph: count for graph, count in found.items() if count}

    def count_default(self) -> int:
        """Return the triples of the default graph.

        :raises EndpointError: if the server does not answer or refuses.
        """
        return int(str(self.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]))

    def triples(self, graphs: Mapping[str | None, int]) -> Iterator[tuple[str | None, Triple]]:
        """Yield the triples of graphs of which so many are expected, with their graph.

        Small graphs are asked for together; a graph of which the server gives only a part is asked
        for page by page.

        :raises EndpointError: if the server does not answer or refuses.
        """
        batch: list[str] = []
        size = 0
        for graph, count in graphs.items():
            if graph is None or count > PAGE:
                yield from ((graph, triple) for triple in self._large(graph))
                continue
            if batch and (size + count > PAGE or len(batch) == NAMES):
                yield from self._small(batch)
                batch, size = [], 0
            batch.append(graph)
            size += count
        if batch:
            yield from self._small(batch)

    def _small(self, graphs: list[str]) -> Iterator[tuple[str, Triple]]:
        names = " ".join(f"<{name}>" for name in graphs)
        query = f"SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        try:
            rows = self.select(query).rows
        except CutShort:  # there is more than was expected
            for graph in graphs:
                yield from ((graph, triple) for triple in self._large(graph))
            return
        for graph_term, subject, predicate, value in rows:
            if subject is not None and predicate is not None and value is not None:
                yield str(graph_term), (subject, predicate, value)

    def _large(self, graph: str | None) -> Iterator[Triple]:
        pattern = "?s ?p ?o" if graph is None else f"GRAPH <{graph}> {{ ?s ?p ?o }}"
        try:
            yield from _triples(self.select(f"SELECT ?s ?p ?o {{ {pattern} }}"))
            return
        except CutShort:
            start = 0
        while True:  # in the order of its index; digests tell if that were not the same each time
            page = self.select(f"SELECT ?s ?p ?o {{ {pattern} }} LIMIT {PAGE} OFFSET {start}")
            yield from _triples(page)
            if len(page.rows) < PAGE:
                return
            start += PAGE

    def _graph(self, method: str, graph: str | None, body: bytes, *, missing: bool = False) -> None:
        where = "default" if graph is None else f"graph={quote(graph, safe='')}"
        url = f"{self.places.graphs}?{where}"
        headers = {"Content-Type": "application/n-triples"} if method == "PUT" else {}
        reply = self.connection.request(method, url, body=body, headers=headers)
        if not (missing and reply.status == 404):
            self._check(reply, self.places.graphs)

    def _check(self, reply: Reply, url: str) -> None:
        if reply.status in {401, 403}:
            raise refused(self.connection, url, reply.status)
        if 300 <= reply.status < 400:
            raise self.connection.error(
                f"it sends elsewhere: {reply.headers.get('location', '')}",
                where=url,
                remedy="name that URL, if you trust it with what you push",
            )
        if reply.status in {404, 405, 501}:
            raise self.connection.error(
                f"it takes nothing there: {reply.status} {reply.words()}".strip(),
                where=url,
                remedy="let the server be written to, or name the URL where it is",
            )
        if not reply.well:
            raise self.connection.error(
                f"it refused with {reply.status}: {reply.words()}",
                where=url,
                remedy="mend what it says, then repeat the command: it goes on where it was",
            )


def _triples(table: Table) -> Iterator[Triple]:
    for subject, predicate, value in table.rows:
        if isinstance(predicate, IRI) and subject is not None and value is not None:
            yield subject, predicate, value
