"""Things by their names at ``/search``, and the JSON-LD context at ``/context.jsonld``."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stikg.errors import ParameterError
from stikg.library.values import LONGEST
from stikg.names import Hit
from stikg.server.asked import question
from stikg.server.links import href, root_of
from stikg.server.negotiation import prefers_html
from stikg.server.paging import LIMIT, read_slice
from stikg.server.representations import JSON
from stikg.terms import IRI, ONTOLOGY, PREFIXES, compress

if TYPE_CHECKING:
    from stikg.server.service import Service

USUAL: Final = 20
MOST: Final = 100
"""Things that are found if the request does not say how many, and at most."""

CLASS: Final = f"(?:{'|'.join(PREFIXES)}):[A-Za-z]+"
"""What a class looks like: a CURIE."""

_KNOWN: Final = ("q", "class", LIMIT)


async def search(request: Request) -> Response:
    """Find things by any of their names."""
    service: Service = request.app.state.service
    page = service.pages.get("search")
    if page is not None and prefers_html(request.headers.get("accept"), JSON):
        return await page(request)
    given = _given(request)
    text, cls = given.get("q", "").strip(), given.get("class", "")
    if not text:
        raise ParameterError("q: nothing is looked for", parameter="q", remedy="give q=Japan")
    limit = [(LIMIT, given.get(LIMIT, ""))]
    count = read_slice(limit, "", usual=USUAL, most=MOST).size or USUAL
    names = service.dataset.names
    root = root_of(request)

    def find() -> list[dict[str, Any]]:
        hits = names.search(text, count, cls=cls or None)
        return [
            {**hit_json(hit, root), "value": names.designation(hit.iri, cls or None)}
            for hit in hits
        ]

    content = {"q": text, "hits": await asyncio.to_thread(find)}
    return JSONResponse(content, headers={"Vary": "Accept"})


def hit_json(hit: Hit, root: str = "/") -> dict[str, Any]:
    """Return a thing that was found as JSON values; ``matched`` is the name that fits."""
    return {
        "iri": hit.iri.value,
        "curie": compress(hit.iri.value),
        "label": hit.label,
        "kind": hit.kind,
        "matched": hit.matched,
        "source": hit.source,
        "url": href(hit.iri.value, root),
    }


async def context(request: Request) -> Response:
    """Give the JSON-LD context that the ontology implies."""
    service: Service = request.app.state.service
    body = await service.once("context.jsonld", lambda: _context(service))
    return Response(body, media_type="application/ld+json")


async def _context(service: Service) -> str:
    from stikg.publishing import make_context

    triples = await service.graph(question("terms", IRI(ONTOLOGY)))
    return make_context((*triple, None) for triple in triples)


def _given(request: Request) -> dict[str, str]:
    """Return the parameters of a search.

    :raises ParameterError: if one is unknown, comes twice, or does not fit.
    """
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in _KNOWN:
            raise ParameterError(
                f"a search has no parameter {name!r}",
                parameter=name,
                remedy=f"its parameters are: {', '.join(_KNOWN)}",
            )
        if name in given:
            raise ParameterError(f"{name}: given more than once", parameter=name)
        if len(value) > LONGEST:
            raise ParameterError(f"{name}: longer than {LONGEST} characters", parameter=name)
        given[name] = value
    cls = given.get("class", "")
    if cls and not re.fullmatch(CLASS, cls):
        raise ParameterError(
            f"class: {cls[:80]!r} is not a class, as in sti:Area", parameter="class"
        )
    return given


ROUTES = [Route("/search", search), Route("/context.jsonld", context)]
