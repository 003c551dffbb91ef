"""A dataset far away, asked by the SPARQL 1.1 protocol through SPARQLWrapper.

Whatever goes wrong on the way is an EndpointError: SPARQLWrapper's own exceptions, those of
urllib and http.client beneath it, answers of another kind than asked for, and cut ones.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import Any, Final, TypeVar

from stikg.errors import EndpointError, InputError
from stikg.results import Row, Stream, Table
from stikg.store.answers import read_boolean, read_solutions, read_triples
from stikg.store.solutions import sorted_triples
from stikg.terms import Literal, Quad, Triple

LONGEST_GET: Final = 2000
"""A longer query is sent by POST: servers and proxies cut long URLs."""

_ALL_QUADS: Final = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_COUNT: Final = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
_TAG: Final = re.compile(r"<[^>]*>")
_LONGEST_WORDS: Final = 200
_CUT_HEADER: Final = "X-SPARQL-MaxRows"

_Answer = TypeVar("_Answer")


class RemoteStore:
    """A SPARQL endpoint; ``timeout`` is the seconds that a whole answer may take."""

    def __init__(self, url: str, *, timeout: float = 30) -> None:
        if not re.match(r"https?://[^\s<>\"]+\Z", url):
            raise InputError(f"{url!r} is not the URL of an endpoint", remedy="begin it with http")
        self.url = url
        self.timeout = timeout

    def select(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Table:
        """Return the solutions of a SELECT query.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer.
        """
        return self.stream(query, prefixes=prefixes).table()

    def stream(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Stream:
        """Return the solutions of a SELECT query, read from the wire while they are used.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer; this
            last from the rows.
        """
        with self._translated(), ExitStack() as closing:
            response = closing.enter_context(self._open(_with_prefixes(query, prefixes), "json"))
            self._refuse_page(response)
            stream = read_solutions(self._pieces(response))
            closing.pop_all()
        return Stream(stream.columns, self._rows(stream.rows, response))

    def ask(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> bool:
        """Return the answer of an ASK query.

        :raises EndpointError: if the endpoint does not answer or refuses.
        """
        return self._read(query, prefixes, "json", lambda body, _: read_boolean(body))

    def construct(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, each once, sorted.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer.
        """
        return sorted_triples(self._read(query, prefixes, "turtle", read_triples))

    def quads(self) -> Iterator[Quad]:
        """Yield all quads; needs an endpoint whose default graph is not its union.

        :raises EndpointError: if the endpoint does not answer, refuses, or cuts the answer.
        """
        for subject, predicate, value, graph in self.select(_ALL_QUADS).rows:
            if subject is not None and predicate is not None and value is not None:
                yield subject, predicate, value, graph

    def count(self) -> int:
        """Return the number of quads.

        :raises EndpointError: if the endpoint does not answer or refuses.
        """
        rows = self.select(_COUNT).rows
        number = rows[0][0] if rows and rows[0] else None
        if not isinstance(number, Literal) or not number.value.isdigit():
            raise self._error("it did not answer with a number")
        return int(number.value)

    def _read(
        self,
        query: str,
        prefixes: Mapping[str, str] | None,
        format: str,
        read: Callable[[bytes, str], _Answer],
    ) -> _Answer:
        with self._translated(), self._open(_with_prefixes(query, prefixes), format) as response:
            self._refuse_page(response)
            return read(b"".join(self._pieces(response)), response.headers.get_content_type())

    def _rows(self, rows: Iterator[Row], response: Any) -> Iterator[Row]:
        with response, self._translated():
            yield from rows

    def _open(self, query: str, format: str) -> Any:
        from SPARQLWrapper import SPARQLWrapper

        wrapper = SPARQLWrapper(self.url, agent="stikg")
        wrapper.setTimeout(max(1, math.ceil(self.timeout)))
        wrapper.setReturnFormat(format)
        wrapper.setMethod("POST" if len(query) > LONGEST_GET else "GET")
        wrapper.setQuery(query)
        response = wrapper.query().response
        if limit := response.headers.get(_CUT_HEADER):
            response.close()
            raise self._error(f"it answered with the first {limit} rows only")
        return response

    def _refuse_page(self, response: Any) -> None:
        if response.headers.get_content_type() == "text/html":
            body = b"".join(self._pieces(response))
            raise self._error(f"it answered with a web page: {_words(body)}")

    def _pieces(self, response: Any) -> Iterator[bytes]:
        """Yield a body; the timeout of a socket alone lets a trickle go on for ever."""
        from http.client import IncompleteRead

        deadline = time.monotonic() + self.timeout
        while piece := response.read1(1 << 16):
            if time.monotonic() > deadline:
                raise TimeoutError
            yield piece
            deadline = (
                max(deadline, time.monotonic() + self.timeout) if len(piece) > 1 else deadline
            )
        if response.length:
            raise IncompleteRead(b"", response.length)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        from http.client import HTTPException

        from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

        try:
            yield
        except SPARQLWrapperException as error:
            raise self._error(f"it refused: {_words(str(error))}") from error
        except (OSError, HTTPException) as error:
            raise self._error(_reason(error, self.timeout)) from error
        except ValueError as error:
            raise self._error(f"its answer cannot be read: {error}") from error

    def _error(self, problem: str) -> EndpointError:
        return EndpointError(
            problem, where=self.url, remedy="try again later, or ask the dataset on this machine"
        )


def _with_prefixes(query: str, prefixes: Mapping[str, str] | None) -> str:
    lines = [f"PREFIX {name}: <{namespace}>\n" for name, namespace in (prefixes or {}).items()]
    return "".join(lines) + query


def _reason(error: Exception, timeout: float) -> str:
    from urllib.error import HTTPError, URLError

    if isinstance(error, HTTPError):
        with error:
            return f"it refused with {error.code}: {_words(error.read() or error.reason)}"
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return _reason(error.reason, timeout)
    if isinstance(error, TimeoutError):
        return f"no answer within {timeout:g} seconds"
    return f"no connection: {_words(str(error) or type(error).__name__)}"


def _words(text: str | bytes) -> str:
    """Return the first words of an answer without its tags."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    words = " ".join(_TAG.sub(" ", text.replace("\\n", " ")).split())
    return words if len(words) <= _LONGEST_WORDS else words[: _LONGEST_WORDS - 1] + "…"
