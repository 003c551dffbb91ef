"""One question and its answer, as SPARQLWrapper writes the one and urllib reads the other."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from http.client import HTTPException, IncompleteRead
from typing import Any, Final, NamedTuple, Self
from urllib.error import HTTPError
from urllib.parse import parse_qsl

from SPARQLWrapper import SPARQLWrapper

from stikg.store.credentials import Credentials
from stikg.store.remoteconnection import Deadline, open_request

LONGEST_GET: Final = 2000
"""A longer query is sent by POST: servers and proxies cut long URLs."""

MOST_BYTES: Final = 1 << 30
"""An answer that has to be held as a whole may be so large."""

_MOST_WORDS: Final = 1 << 16
_PIECE: Final = 1 << 16


class Question(NamedTuple):
    """What is asked: a query, the media types that are accepted, more protocol parameters."""

    url: str
    query: str
    accept: str
    method: str = "auto"
    parameters: Sequence[tuple[str, str]] = ()


class Refused(OSError):
    """A status that is no answer: its code, its headers, the first words of its body."""

    def __init__(self, code: int, headers: Any, words: bytes | str) -> None:
        super().__init__(code)
        self.code = code
        self.headers = headers
        self.words = words


class Unwanted(ValueError):
    """An answer of a kind that was not asked for; its message is a whole sentence."""


class Exchange:
    """An answer that begins to come; closed when it is read or given up."""

    def __init__(self, response: Any, deadline: Deadline) -> None:
        self.deadline = deadline
        self.headers = response.headers
        self._response = response
        # also for a stream that nobody reads
        self._end = weakref.finalize(self, _close, response, deadline)

    @property
    def media_type(self) -> str:
        """What the server says that the answer is."""
        return str(self.headers.get_content_type())

    def check_type(self, types: frozenset[str] | None) -> None:
        """Look whether the answer is of a type that was asked for; None leaves that to its reader.

        :raises Unwanted: if it is another, or compressed.
        """
        coding = self.headers.get("Content-Encoding", "identity").strip().lower()
        if coding not in {"", "identity"}:
            raise Unwanted(f"it compressed its answer ({coding}), which was not asked for")
        if self.media_type == "text/html":
            raise Unwanted(f"it answered with a web page: {self._first_words()}")
        if types and "Content-Type" in self.headers and self.media_type not in types:
            raise Unwanted(f"it answered with {self.media_type}: {self._first_words()}")

    def pieces(self, *, bounded: bool = True) -> Iterator[bytes]:
        """Yield the body in pieces; one that is not ``bounded`` may go on for ever.

        :raises OSError: if it is late or cut.
        :raises http.client.HTTPException: if it is cut.
        :raises ValueError: if it is bounded and larger than ``MOST_BYTES``.
        """
        size = 0
        while True:
            with self.deadline.waiting():
                piece = self._response.read1(_PIECE)
            if not piece:
                break
            size += len(piece)
            if bounded and size > MOST_BYTES:
                raise ValueError(f"it is larger than {MOST_BYTES:,} bytes")
            yield piece
        if self._response.length:
            raise IncompleteRead(b"", self._response.length)

    def body(self) -> bytes:
        """Return the whole body; errors are those of ``pieces``."""
        return b"".join(self.pieces())

    def close(self) -> None:
        """Close the connection."""
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _first_words(self) -> str:
        with self.deadline.waiting():
            return str(self._response.read1(_PIECE).decode("utf-8", "replace"))


def _close(response: Any, deadline: Deadline) -> None:
    deadline.close()
    response.close()


def send(
    question: Question, timeout: float, credentials: Callable[[], Credentials | None]
) -> Exchange:
    """Ask, and return the answer as soon as its headers have come.

    :raises Refused: if the status is none of success.
    :raises OSError: if there is no connection, or no answer in time.
    :raises http.client.HTTPException: if the answer is no HTTP.
    """
    deadline = Deadline(timeout)
    try:
        response = open_request(_request(question), deadline, credentials)
    except HTTPError as error:
        refusal = _refusal(error, deadline)
        deadline.close()
        raise refusal from None
    except BaseException:
        deadline.close()
        raise
    return Exchange(response, deadline)


def _request(question: Question) -> Any:
    """Return the request of a question.

    The form is told, not found out: what SPARQLWrapper takes for an update it would send as one.
    """
    long = len(question.query) > LONGEST_GET
    method = question.method if question.method != "auto" else "POST" if long else "GET"
    url, _, own = question.url.partition("?")
    wrapper = SPARQLWrapper(url if method == "GET" else question.url, agent="stikg")
    wrapper.setOnlyConneg(True)
    wrapper.setMethod(method)
    wrapper.queryString, wrapper.queryType = question.query, "SELECT"
    wrapper.addCustomHttpHeader("Accept", question.accept)
    parameters = parse_qsl(own, keep_blank_values=True) if method == "GET" else []
    for name, value in (*parameters, *question.parameters):
        wrapper.addParameter(name, value)
    return wrapper._createRequest()


def _refusal(error: HTTPError, deadline: Deadline) -> Refused:
    words: bytes | str = b""
    with error, suppress(OSError, HTTPException, ValueError, AttributeError):
        if error.code >= 400:
            with deadline.waiting():
                words = error.read(_MOST_WORDS)
    return Refused(error.code, error.headers, words.strip() or str(error.reason))
