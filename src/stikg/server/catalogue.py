"""The canned queries: which there are at ``/queries``, their answers at ``/queries/<name>``."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stikg.errors import ParameterError, UnknownQuery
from stikg.library.model import KINDS
from stikg.results import render
from stikg.results.jsontext import write_json
from stikg.serialisation import get_format, write
from stikg.server.answering import USUAL, Page, answer_of
from stikg.server.cache import is_lasting
from stikg.server.freshness import entity_tag
from stikg.server.links import link_header, root_of
from stikg.server.negotiation import prefers_html
from stikg.server.paging import MOST, NEXT
from stikg.server.representations import ANSWERS, JSON, PAGE, RDF, alternates, read_wish
from stikg.server.resultset import to_rdf
from stikg.server.service import Written
from stikg.terms import BASE

if TYPE_CHECKING:
    from stikg.library import Library, Query
    from stikg.server.service import Service

ASKED: Final = tuple(kind for kind in KINDS if kind != "rule")
"""Kinds of query files that have answers."""

_LARGE: Final = 500
"""Rows from which an answer is written beside the event loop."""

_PAGED: Final = frozenset({".json", *RDF})
"""Forms that come page by page; a row takes some thirty statements of RDF."""

_LONG: Final = 300
"""Characters of parameters from which an answer does not name its other forms."""

_HEADERS: Final = 4000
"""Bytes that headers and address of an answer that is kept are taken for."""

_UNSEEN: Final = frozenset({"text", "template", "path", "line"})


async def catalogue(request: Request) -> Response:
    """List the queries, all or those of a kind."""
    service: Service = request.app.state.service
    page = service.pages.get("queries")
    if page is not None and prefers_html(request.headers.get("accept"), JSON):
        return await page(request)
    queries = [
        describe_query(query, root_of(request))
        for query in _chosen(request, service.dataset.queries)
    ]
    return JSONResponse({"queries": queries}, headers={"Vary": "Accept"})


async def answer(request: Request) -> Response:
    """Answer a query in the form that the suffix or the client names."""
    service: Service = request.app.state.service
    page = service.pages.get("query")
    wish = read_wish(request, request.path_params["file"], ANSWERS, has_page=page is not None)
    query = find_query(service.dataset.queries, wish.path)
    if page is not None and wish.suffix == PAGE:
        request.state.query = query
        return await page(request)
    key = (request.url.path, request.scope["query_string"], wish.suffix)
    written = service.written.find(key)
    if written is None:
        written = await _written(request, query, wish.suffix)
        if is_lasting(query.text):
            service.written.keep(key, written, weight=len(written.body) + _HEADERS)
    return Response(written.body, headers=written.headers, media_type=ANSWERS[wish.suffix])


async def _written(request: Request, query: Query, suffix: str) -> Written:
    found = await answer_of(
        request,
        query,
        usual=USUAL if suffix in _PAGED else None,
        most=USUAL if suffix in RDF else MOST,
    )
    if len(found.table) > _LARGE:
        text = await asyncio.to_thread(_write, found, suffix)
    else:
        text = _write(found, suffix)
    body = text.encode() if isinstance(text, str) else text
    headers = {
        "Vary": "Accept",
        "Link": _links(request, found),
        "ETag": entity_tag(body),
        "Content-Disposition": f'inline; filename="{query.name}{suffix}"',
    }
    return Written(body, headers)


def find_query(library: Library, name: str) -> Query:
    """Return the query of a name if it has answers.

    :raises UnknownQuery: if there is none.
    """
    query = library.get(name)
    if query.kind not in ASKED:
        raise UnknownQuery(
            f"{name} is a {query.kind}, which has no answer",
            remedy="ask a question, a check or a network",
        )
    return query


def describe_query(query: Query, root: str) -> dict[str, Any]:
    """Return what clients need to know of a query, as JSON values without what is empty."""
    known = {key: value for key, value in query.to_dict().items() if key not in _UNSEEN}
    for part in ("parameters", "columns"):
        known[part] = [
            {key: value for key, value in item.items() if value not in ("", ())}
            for item in known.get(part, [])
        ]
    address = f"{root}queries/{query.name}"
    return {
        **known,
        "url": address,
        "iri": f"{BASE}query/{query.name}",
        "formats": {suffix[1:]: address + suffix for suffix in ANSWERS},
    }


def _chosen(request: Request, library: Library) -> list[Query]:
    kinds = set()
    for name, value in request.query_params.multi_items():
        if name != "kind":
            raise ParameterError(
                f"the catalogue has no parameter {name!r}", parameter=name, remedy="give kind"
            )
        if value and value not in ASKED:
            raise ParameterError(
                f"kind: {value!r} is not a choice",
                parameter="kind",
                remedy=f"use one of: {', '.join(ASKED)}",
            )
        kinds.add(value)
    wanted = kinds - {""} or set(ASKED)
    return [query for query in library if query.kind in wanted]


def _write(page: Page, suffix: str) -> str | bytes:
    if suffix == ".json":
        return write_page(page)
    if suffix in RDF:
        iri = f"{BASE}queries/{page.query.name}" + (
            f"?{urlencode(page.given)}" if page.given else ""
        )
        return write(to_rdf(page.table, iri, first=page.first), get_format(suffix))
    return render(page.table, suffix)


def write_page(page: Page) -> str:
    """Return a page as JSON: columns and rows as every JSON of stikg has them, and where it is."""
    rest = json.dumps(
        {
            "query": page.query.name,
            "types": {name: page.table.types.get(name, "string") for name in page.table.columns},
            "first": page.first,
            "total": page.total,
            "next": page.next,
        },
        ensure_ascii=False,
    )
    return write_json(page.table).removesuffix("\n}\n") + f",\n{rest[1:-1]}\n}}\n"


def _links(request: Request, page: Page) -> str:
    root = root_of(request)
    more = [(f"{root}query/{page.query.name}", {"rel": "describedby"})]
    if page.next is not None:
        more.insert(0, (page.next, {"rel": NEXT}))
    query = urlencode(page.given)
    if len(query) > _LONG:  # each form would repeat it
        return link_header(more)
    return alternates(f"{root}queries/{page.query.name}", ANSWERS, query=query, more=more)


ROUTES = [Route("/queries", catalogue), Route("/queries/{file}", answer)]
