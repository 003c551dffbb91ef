"""What a request asks: its query and its dataset (SPARQL 1.1 Protocol, section 2.1)."""

from __future__ import annotations

import asyncio
from typing import Final, NamedTuple
from urllib.parse import parse_qsl

from starlette.requests import Request

from stikg.errors import InputError
from stikg.server.problems import Refusal
from stikg.server.settings import Settings
from stikg.store import Graphs
from stikg.terms import check_iri

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"

_CLOSE: Final = {"Connection": "close"}
"""Header of an answer to a body that is not read to its end: the rest shall not be waited for."""

_MOST_FIELDS: Final = 2000
_READ_ONLY: Final = "send the query as the parameter query; the graph is changed in its files"

Fields = list[tuple[str, str]]


class Question(NamedTuple):
    """A query, and the dataset that the request names for it."""

    query: str
    graphs: Graphs | None


async def read_question(request: Request, settings: Settings) -> Question | None:
    """Return what a request asks, or None if it holds no query: then it asks for a description.

    :raises Refusal: if the request breaks the protocol, or is an update.
    """
    fields = _fields(request.scope["query_string"])
    if request.method == "POST":
        fields += await _posted(request, settings)
    given = [value for name, value in fields if name == "query"]
    if any(name == "update" for name, _ in fields):
        raise Refusal(403, "the dataset is only read", remedy=_READ_ONLY, field="update")
    if len(given) > 1:
        raise Refusal(400, "there is more than one query", remedy="send one", field="query")
    if not given:
        if request.method == "POST":
            raise Refusal(400, "there is no query", remedy=_READ_ONLY, field="query")
        return None
    if len(given[0]) > settings.query_characters:
        raise Refusal(
            413 if request.method == "POST" else 414,
            f"the query has more than {settings.query_characters:,} characters",
            field="query",
        )
    return Question(given[0], _graphs(fields))


async def read_body(request: Request, settings: Settings) -> bytes:
    """Return the body of a request.

    :raises Refusal: if it is larger than it may be, packed, or does not come in time.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refusal(415, "the body is packed", remedy="send it without Content-Encoding")
    most = settings.body_bytes
    refusal = Refusal(413, f"the body is larger than {most:,} bytes", headers=_CLOSE)
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > most:
        raise refusal
    body = bytearray()
    try:
        async with asyncio.timeout(settings.patience):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise refusal
    except TimeoutError as error:
        raise Refusal(
            408, f"the body did not come within {settings.patience:g} seconds", headers=_CLOSE
        ) from error
    return bytes(body)


async def _posted(request: Request, settings: Settings) -> Fields:
    """Return the fields of a body: those of a form, or the query that it is."""
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind not in {FORM, QUERY, UPDATE}:
        raise Refusal(
            415,
            f"a body of the type {kind!r} is not understood" if kind else "the body has no type",
            remedy=f"send Content-Type: {FORM}, or {QUERY}",
        )
    charset = parameters.lower().replace(" ", "").replace('"', "")
    if "charset=" in charset and not charset.endswith(("charset=utf-8", "charset=utf8")):
        raise Refusal(415, "the body is not said to be UTF-8", remedy="send it as UTF-8")
    body = await read_body(request, settings)
    if kind == FORM:
        return _fields(body)
    if kind == UPDATE:
        return [("update", "")]
    try:
        return [("query", body.decode("utf-8"))]
    except UnicodeDecodeError as error:
        raise Refusal(400, "the query is not UTF-8", remedy="send it as UTF-8") from error


def _fields(encoded: bytes) -> Fields:
    """Return the fields of a form or of the part of a URL behind its question mark."""
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except UnicodeDecodeError as error:
        raise Refusal(
            400, "a parameter is not UTF-8", remedy="encode it as UTF-8, then percent-encode it"
        ) from error
    except ValueError as error:
        raise Refusal(400, f"there are more than {_MOST_FIELDS} parameters") from error


def _graphs(fields: Fields) -> Graphs | None:
    """Return the dataset that the protocol names; it names none if neither list is given."""
    lists = []
    for field in ("default-graph-uri", "named-graph-uri"):
        names = [value for name, value in fields if name == field]
        for name in names:
            try:
                check_iri(name)
            except InputError as error:
                raise Refusal(400, error.problem, field=field) from error
        lists.append(tuple(names))
    return Graphs(*lists) if any(lists) else None
