"""A dataset far away, asked by the SPARQL 1.1 protocol through SPARQLWrapper.

Whatever goes wrong on the way is an EndpointError: refusals, answers of another kind than asked
for, cut, endless or late ones, and connections that are dropped more often than is borne.

Solutions are read as JSON: the TSV of Virtuoso writes IRIs as strings and drops languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from stikg.results import Row, Stream, Table
from stikg.store.addresses import check_url, shown_url
from stikg.store.dialect import Dialect
from stikg.store.remoteasking import Asker, limit_of
from stikg.store.remotepages import (
    descriptions,
    page_of,
    projected,
    resources_of,
    template_of,
)
from stikg.store.remoterequest import Exchange
from stikg.store.remoteretries import Retries
from stikg.store.solutions import sorted_triples
from stikg.terms import IRI, Literal, Quad, Triple

TIMEOUT: Final = 30.0
"""Seconds that an answer may take."""

_DESCRIBED_AT_ONCE: Final = 5


class Probe(NamedTuple):
    """What a server says of itself, and how many quads it has."""

    software: str
    quads: int


class RemoteStore:
    """A SPARQL endpoint.

    ``timeout`` is the seconds that a whole answer may take, or the next row of a stream. ``page``
    is the number of rows to ask for at once, where the server gives no more; a server that says
    it cut an answer is asked in pages without it. ``method`` is "GET", "POST" or "auto", by length.
    ``default_graph`` is the IRI of the graph that takes the place of the default graph.
    ``recognise`` gives the dialect by what the server says that it is; a small query of its own is
    asked for it, once.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float = TIMEOUT,
        page: int = 0,
        method: str = "auto",
        default_graph: str = "",
        dialect: Dialect | None = None,
        recognise: Callable[[str], Dialect] | None = None,
        retries: Retries | None = None,
    ) -> None:
        self.url = check_url(url)
        self.timeout = timeout
        self._page = page
        self._asker = Asker(
            self.url,
            timeout,
            method,
            default_graph,
            dialect or Dialect(),
            retries or Retries(),
            recognise,
        )

    @property
    def dialect(self) -> Dialect:
        """How the server differs from the standard; the standard until it has been recognised."""
        return self._asker.dialect

    def __repr__(self) -> str:
        return f"RemoteStore({shown_url(self.url)!r})"

    def select(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Table:
        """Return the solutions of a SELECT query.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer.
        """
        text = _with_prefixes(query, prefixes)
        if self._page:
            return self._paged(text, self._page).table()
        table, limit = self._asker.ask(lambda: self._asker.whole(text))
        if len(table) < limit or not limit:
            return table
        return self._paged(text, limit, least=limit).table()

    def stream(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Stream:
        """Return the solutions of a SELECT query, read from the wire while they are used.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer; this
            last from the rows.
        """
        text = _with_prefixes(query, prefixes)
        if self._page:
            return self._paged(text, self._page)
        exchange, stream = self._asker.ask(lambda: self._asker.begun(text))
        limit = limit_of(exchange)
        if not limit:
            return Stream(stream.columns, self._rows(stream.rows, exchange))
        with self._asker.translated(), exchange:
            first = tuple(islice(stream.rows, limit))
        if len(first) < limit:
            return Stream(stream.columns, iter(first))
        return self._paged(text, limit, least=limit)

    def ask(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> bool:
        """Return the answer of an ASK query.

        :raises EndpointError: if the endpoint does not answer or refuses.
        """
        text = _with_prefixes(query, prefixes)
        return self._asker.ask(lambda: self._asker.boolean(text))

    def construct(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, each once, sorted.

        Virtuoso cuts them without a word: of it, and where pages are asked for, CONSTRUCT asks for
        the rows that the triples are made of, DESCRIBE for a few things at a time.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer.
        """
        text = _with_prefixes(query, prefixes)
        self._asker.meet()
        if not self._cuts():
            triples = self._asker.ask(lambda: self._asker.triples(text))
            if not self._cuts():  # known by the answer
                return sorted_triples(triples)
        return sorted_triples(self._all_triples(text))

    def quads(self) -> Iterator[Quad]:
        """Yield all quads; needs an endpoint whose default graph is not its union.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer.
        """
        for subject, predicate, value, graph in self.stream(self.dialect.quads).rows:
            if subject is not None and predicate is not None and value is not None:
                yield subject, predicate, value, graph

    def count(self) -> int:
        """Return the number of quads.

        :raises EndpointError: if the endpoint does not answer or refuses.
        """
        rows = self.select(self.dialect.count).rows
        number = rows[0][0] if rows and rows[0] else None
        if not isinstance(number, Literal) or not number.value.isdecimal():
            raise self._asker.error("it did not answer with a number")
        return int(number.value)

    def probe(self) -> Probe:
        """Return what the server is and how many quads it has.

        :raises EndpointError: if the endpoint does not answer or refuses.
        """
        quads = self.count()
        return Probe(self._asker.software, quads)

    def _cuts(self) -> bool:
        return (
            bool(self._page) or "virtuoso" in f"{self._asker.software} {self.dialect.name}".lower()
        )

    def _rows(self, rows: Iterator[Row], exchange: Exchange) -> Iterator[Row]:
        with self._asker.translated(), exchange:
            for row in rows:
                yield row
                exchange.deadline.renew()

    def _paged(self, text: str, size: int, *, least: int = 0) -> Stream:
        """Return solutions that are asked for page by page, each asked again if it must be.

        There are known to be ``least`` of them.
        """
        columns = projected(text)
        if not columns:
            table, _ = self._asker.ask(
                lambda: self._asker.whole(page_of(text, (), rows=1, offset=0))
            )
            columns = table.columns
        return Stream(columns, self._pages(text, columns, size, least))

    def _pages(self, text: str, columns: tuple[str, ...], size: int, least: int) -> Iterator[Row]:
        offset = 0
        while True:
            with self._asker.translated():
                page = page_of(text, columns, rows=size, offset=offset)
            table, limit = self._asker.ask(lambda page=page: self._asker.whole(page))  # type: ignore[misc]
            places = [table.columns.index(name) for name in columns if name in table.columns]
            if len(places) < len(columns):
                raise self._asker.error("a page of its answer lacks a column")
            for row in table.rows:
                yield tuple([row[place] for place in places])
            offset += len(table)
            if len(table) < min(size, limit or size):
                if offset < least:
                    raise self._asker.error(
                        f"asked in pages, it has {offset} rows, not {least} or more"
                    )
                return
            size = min(size, limit or size)

    def _all_triples(self, text: str) -> set[Triple]:
        """Return triples of a server that cuts them: made of rows, or described one by one."""
        if template := template_of(text):
            rows = self.select(template.select).rows
            with self._asker.translated():
                return set(template.fill(rows))
        select = resources_of(text)
        if select is None:
            return self._asker.ask(lambda: self._asker.triples(text))
        found = dict.fromkeys(term for row in self.select(select) for term in row)
        iris = [term for term in found if isinstance(term, IRI)]
        triples: set[Triple] = set()
        for part in descriptions(text, iris, at_once=_DESCRIBED_AT_ONCE):
            triples |= self._asker.ask(lambda part=part: self._asker.triples(part))  # type: ignore[misc]
        return triples


def _with_prefixes(query: str, prefixes: Mapping[str, str] | None) -> str:
    lines = [f"PREFIX {name}: <{namespace}>\n" for name, namespace in (prefixes or {}).items()]
    return "".join(lines) + query
