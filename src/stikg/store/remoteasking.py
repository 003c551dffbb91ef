"""Asking a server: each form of query once, again if need be, every failure as one error.

Refusals, answers of another kind than asked for, cut, endless and late ones, and connections that
are dropped more often than is borne are all EndpointError.
"""

from __future__ import annotations

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
_TAG: Final = re.compile(r"<[^>]*>")
_WRONG_PLACE: Final = (
    "look at the address: that of a SPARQL endpoint often ends in /sparql or /query"
)

_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Asker:
    """A server and how it is asked; ``software`` is what it says that it is, once it has answered.

    ``parameters`` are those of the protocol that go with each query.
    """

    url: str
    timeout: float
    method: str
    parameters: tuple[tuple[str, str], ...]
    dialect: Dialect
    retries: Retries
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
        with self.translated():
            return self.retries.run(once, urlsplit(self.url).hostname or "")

    def _send(self, text: str, accept: str, types: frozenset[str] | None) -> Exchange:
        question = Question(
            self.url,
            self.dialect.rewrite(text),
            accept,
            method=self.method,
            parameters=self.parameters,
        )
        exchange = send(question, self.timeout, self._who)
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
