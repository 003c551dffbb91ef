"""SPARQL 1.1 Protocol at ``/sparql``: queries only, the dataset is never changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import stikg
from stikg.server.asking import Question, read_question
from stikg.server.cache import is_lasting
from stikg.server.describe import service_description
from stikg.server.freshness import entity_tag, is_known
from stikg.server.jobs import Job
from stikg.server.media import BOOLEAN, EVERY, SOLUTIONS, TRIPLES, Choice, choose
from stikg.server.negotiation import prefers_html
from stikg.server.problems import Refusal
from stikg.server.service import Service

PATH: Final = "/sparql"
METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_OFFERS: Final = {"solutions": SOLUTIONS, "boolean": BOOLEAN, "triples": TRIPLES}


async def endpoint(request: Request) -> Response:
    """Answer a query; without one, describe the service."""
    service: Service = request.app.state.service
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
    question = await read_question(request, service.settings)
    editor = service.pages.get("editor")
    if editor is not None and prefers_html(request.headers.get("accept"), *EVERY):
        request.state.question = question
        return await editor(request)
    if question is None:
        return await service_description(request)
    return await answer(request, service, question)


async def answer(request: Request, service: Service, question: Question) -> Response:
    """Answer a query in the media type that the client likes best.

    :raises Refusal: with 406 if it takes none in which there is an answer.
    """
    choice = choose(request.headers.get("accept"))
    if not any(choice):
        raise _not_acceptable(EVERY)
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    if is_lasting(question.query):
        headers["ETag"] = entity_tag(stikg.__version__, service.version, *question, *choice)
        if request.method != "POST" and is_known(
            request.headers.get("if-none-match"), headers["ETag"]
        ):
            return Response(status_code=304, headers=headers)
    else:
        headers["Cache-Control"] = "no-store"
    return await _evaluated(service, question, choice, headers)


async def _evaluated(
    service: Service, question: Question, choice: Choice, headers: dict[str, str]
) -> Response:
    found = await service.pool.run(Job(question.query, choice.formats, question.graphs))
    media_type = choice.of(found.kind)
    if not media_type:
        raise _not_acceptable(_OFFERS[found.kind])
    return Response(found.body, headers=headers, media_type=media_type)


def _not_acceptable(offers: Iterable[str]) -> Refusal:
    return Refusal(
        406,
        "there is no answer of this kind in a media type that Accept names",
        remedy=f"accept one of: {', '.join(offers)}",
        field="Accept",
    )


ROUTES = [Route(path, endpoint, methods=list(METHODS)) for path in (PATH, f"{PATH}/")]
