"""Asking a server: each form of query once, again if need be, every failure as one error.

Refusals, answers of another kind than asked for, cut, endless and late ones, and connections that
are dropped more often than is borne are all EndpointError.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar
from urllib.parse import urlsplit

from stikg.errors import EndpointError
from stikg.results import Row, Stream, Table
from stikg.store.addresses import shown_url
from stikg.store.answers import read_solutions, read_triples
from stikg.store.credentials import REMEDY, Credentials, find_credentials
from stikg.store.dialect import Dialect
from stikg.store.remoterequest import Exchange, Question, Refused, Unwanted, send
from stikg.store.remoteretries import Retries
from stikg.terms import Triple

_CUT_HEADER: Final = "X-SPARQL-MaxRows"
_JSON: Final = frozenset({"application/sparql-results+json", "application/json"})
_LONGEST_WORDS: Final = 400
_LOGGER: Final = logging.getLogger("stikg")
_NO_SUCH_QUERY: Final = frozenset({400, 500, 501})
"""How a server may refuse a query that it does not like; others refuse whoever asks."""

_TAG: Final = re.compile(r"<[^>]*>")
_WRONG_PLACE: Final = (
    "look at the address: that of a SPARQL endpoint often ends in /sparql or /query"
)

_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Asker:
    """A server and how it is asked; ``software`` is what it says that it is, once it has answered.

    ``default_graph`` is the IRI of the graph that takes the place of the default graph, the
    dialect's if it is empty. ``recognise`` gives the dialect by what the server says that it is;
    before the first query it is then asked something small.
    """

    url: str
    timeout: float
    method: str
    default_graph: str
    dialect: Dialect
    retries: Retries
    recognise: Callable[[str], Dialect] | None = None
    software: str = ""
    _credentials: Credentials | None = None

    def whole(self, text: str) -> tuple[Table, int]:
        """Return the solutions, and the number after which the server cuts them, if it says so."""
        with self._send(text, self.dialect.solutions, _JSON) as exchange:
            stream = read_solutions(exchange.pieces())
            rows = tuple(self._own(stream.rows))
            return Table(stream.columns, rows), limit_of(exchange)

    def begun(self, text: str) -> tuple[Exchange, Stream]:
        """Return solutions that begin to come, and what to close behind them."""
        exchange = self._send(text, self.dialect.solutions, _JSON)
        try:
            stream = read_solutions(exchange.pieces(bounded=False))
        except BaseException:
            exchange.close()
            raise
        exchange.deadline.renew()
        return exchange, Stream(stream.columns, self._own(stream.rows))

    def boolean(self, text: str) -> bool:
        """Return a truth value."""
        with self._send(text, self.dialect.solutions, _JSON) as exchange:
            return self.dialect.read_boolean(exchange.body())

    def _own(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Return rows with the terms that the dialect makes of the server's."""
        if self.dialect.read_term is Dialect().read_term:
            return rows
        read = self.dialect.read_term
        return (tuple([None if term is None else read(term) for term in row]) for row in rows)

    def triples(self, text: str) -> set[Triple]:
        """Return triples."""
        with self._send(text, self.dialect.triples, None) as exchange:
            triples = read_triples(exchange.body(), exchange.media_type)
        read = self.dialect.read_term
        return {(read(triple[0]), read(triple[1]), read(triple[2])) for triple in triples}

    def ask(self, once: Callable[[], _Answer]) -> _Answer:
        """Return what one of the methods above returns, called again after a failure that may pass.

        :raises EndpointError: if it still fails.
        """
        self.meet()
        with self.translated():
            return self.retries.run(once, urlsplit(self.url).hostname or "")

    def meet(self) -> None:
        """Learn the dialect of the server, once, if that is to be found out.

        A query of its own is asked for it: one not in the dialect may take Virtuoso minutes.

        :raises EndpointError: if it does not answer.
        """
        if self.recognise is None:
            return
        with self.translated():
            self.software = self.retries.run(self._greeted, urlsplit(self.url).hostname or "")
        self.dialect = self.recognise(self.software)
        self.recognise = None
        if self.dialect.default_graph and not self.default_graph:
            _LOGGER.warning(
                "stikg: %s is %s: asked in its dialect, <%s> as the default graph"
                " (--server standard: as any other)",
                shown_url(self.url),
                self.software.partition(" ")[0],
                self.dialect.default_graph,
            )

    def _greeted(self) -> str:
        try:
            with self._exchange("ASK { }", self.dialect.solutions) as exchange:
                headers = exchange.headers
        except Refused as error:
            if error.code not in _NO_SUCH_QUERY:
                raise
            headers = error.headers
        return (headers.get("Server") or "").strip()

    def _exchange(self, query: str, accept: str) -> Exchange:
        graph = self.default_graph or self.dialect.default_graph
        parameters = [("default-graph-uri", graph)] if graph else []
        question = Question(
            self.url,
            query,
            accept,
            method=self.method,
            parameters=(*parameters, *self.dialect.parameters.items()),
        )
        return send(question, self.timeout, self._who)

    def _send(self, text: str, accept: str, types: frozenset[str] | None) -> Exchange:
        graph = self.default_graph or self.dialect.default_graph
        exchange = self._exchange(self.dialect.rewrite(text, graph), accept)
        self.software = (exchange.headers.get("Server") or self.software).strip()
        try:
            exchange.check_type(types)
        except BaseException:
            exchange.close()
            raise
        return exchange

    def _who(self) -> Credentials | None:
        self._credentials = self._credentials or find_credentials(self.url)
        return self._credentials

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn whatever goes wrong on the way into an EndpointError."""
        from http.client import HTTPException

        try:
            yield
        except Refused as error:
            raise self.error(
                f"it refused with {error.code}: {self._words(error.words)}", _remedy(error)
            ) from None
        except Unwanted as error:
            raise self.error(self._words(str(error)), _WRONG_PLACE) from None
        except (OSError, HTTPException) as error:
            raise self.error(self._reason(error)) from error
        except (ValueError, SyntaxError) as error:
            raise self.error(f"its answer cannot be read: {self._words(str(error))}") from error

    def error(self, problem: str, remedy: str = "") -> EndpointError:
        """Return the error that tells of a problem with this server."""
        return EndpointError(
            problem,
            where=shown_url(self.url),
            remedy=remedy or "try again later, or ask the dataset on this machine",
        )

    def _reason(self, error: Exception) -> str:
        from urllib.error import URLError

        if isinstance(error, URLError) and isinstance(error.reason, Exception):
            return self._reason(error.reason)
        if isinstance(error, TimeoutError):
            return f"no answer within {self.timeout:g} seconds"
        return f"no connection: {self._words(str(error) or type(error).__name__)}"

    def _words(self, text: str | bytes) -> str:
        """Return the first words of the server without tags, and without the password."""
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        words = " ".join(_TAG.sub(" ", text).split())
        words = words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"
        return self._credentials.remove_from(words) if self._credentials else words


def limit_of(exchange: Exchange) -> int:
    """Return the number of rows after which the server cut, or would have cut, the answer."""
    said = (exchange.headers.get(_CUT_HEADER) or "").strip()
    return int(said) if said.isdecimal() else 0


def _remedy(error: Refused) -> str:
    if error.code in {401, 403, 407}:
        return REMEDY
    if error.code == 404:
        return _WRONG_PLACE
    if error.code < 400:
        return "name the address that it leads to, if you trust it"
    return "change the query" if error.code == 400 else ""
