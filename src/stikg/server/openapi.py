"""The HTTP interface as OpenAPI 3.1, at ``/openapi.json``; that of the queries by their headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import stikg
from stikg.server import paging, searching
from stikg.server.answering import USUAL, page_parameters
from stikg.server.catalogue import ASKED
from stikg.server.downloads import FILES
from stikg.server.links import root_of
from stikg.server.problems import MEDIA_TYPE
from stikg.server.representations import ANSWERS, JSON, THINGS
from stikg.server.schemas import (
    COMPONENTS,
    answer_schema,
    ref,
    value_schema,
)
from stikg.terms import KINDS

if TYPE_CHECKING:
    from stikg.library import Library, Parameter, Query
    from stikg.server.service import Service

Json = dict[str, Any]

_REFUSED: Final = {
    "400": "A parameter is unknown, missing or does not fit; `field` names it.",
    "404": "There is nothing at this address.",
    "406": "There is no form that the header Accept names.",
    "414": "The URL is too long.",
    "503": "It takes more time or room than it may have, or too many ask at once.",
}
_NAME: Final = "[A-Za-z0-9][A-Za-z0-9.\\-]*"
"""The last part of an IRI of ours."""


async def openapi(request: Request) -> Response:
    """Give the description of the interface."""
    service: Service = request.app.state.service
    return JSONResponse(describe(service.dataset.queries, root_of(request)))


def describe(library: Library, root: str = "/") -> Json:
    """Return the OpenAPI description of a server that has these queries."""
    asked = [query for query in library if query.kind in ASKED]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "stikg",
            "version": stikg.__version__,
            "summary": "Science, technology and innovation policy, with the passage of each fact.",
            "license": {"name": "MIT, data CC BY 4.0"},
        },
        "servers": [{"url": root.rstrip("/") or "/"}],
        "tags": [{"name": kind} for kind in ASKED] + [{"name": "data"}, {"name": "server"}],
        "paths": {
            "/queries": {"get": _catalogue()},
            **{f"/queries/{query.name}": {"get": _query(query)} for query in asked},
            **_data(),
            **_server(),
        },
        "components": COMPONENTS,
    }


def _catalogue() -> Json:
    kinds = {"type": "array", "items": {"type": "string", "enum": list(ASKED)}}
    return _operation(
        "queries",
        "The queries that can be asked, with their parameters and columns.",
        "data",
        {JSON: ref("Catalogue")},
        [_parameter("kind", kinds, "Only those of these kinds.")],
    )


def _query(query: Query) -> Json:
    forms: Json = {media_type: {} for media_type in ANSWERS.values()}
    operation = _operation(
        f"query-{query.name}",
        query.title,
        query.kind,
        {**forms, JSON: answer_schema(query)},
        [_of_query(parameter) for parameter in query.parameters],
    )
    if paging.LIMIT in page_parameters(query):
        operation["parameters"].append(_limit(paging.MOST, USUAL))
    text = " ".join(filter(None, (query.question, query.description, query.explanation)))
    operation["description"] = text
    operation["responses"]["200"]["headers"] = {
        "Link": {
            "description": 'The next page, if there is one, as rel="next"; other forms.',
            "schema": {"type": "string"},
        }
    }
    return operation


def _of_query(parameter: Parameter) -> Json:
    schema = value_schema(parameter)
    if parameter.multiple:
        schema = {"type": "array", "items": schema}
    described = _parameter(
        parameter.name,
        schema,
        ". ".join(filter(None, (parameter.title, parameter.description))),
        required=not parameter.optional,
    )
    if parameter.example:
        described["example"] = [parameter.example] if parameter.multiple else parameter.example
    return described


def _data() -> dict[str, Json]:
    """Return the paths of things, passages, names and files."""
    name = {"type": "string", "pattern": f"^{_NAME}$"}
    rdf: Json = {media_type: {} for media_type in THINGS.values()}
    kind = _in_path("kind", {"type": "string", "enum": [*KINDS, "ontology", "graph"]})
    found = {
        "/search": _operation(
            "search", "Things by any of their names.", "data", {JSON: ref("Hits")},
            [
                _parameter("q", {"type": "string", "maxLength": 2000, "pattern": "\\S"},
                           "Words of a name; letters may be missing at the end.", required=True),
                _parameter("class", {"type": "string", "pattern": f"^{searching.CLASS}$"},
                           "Only things of this class, as in sti:Area."),
                _limit(searching.MOST, searching.USUAL),
            ],
        ),
        "/{kind}/{name}": _operation(
            "thing", "What is known of a thing.", "data", {**rdf, JSON: ref("Facts")},
            [kind, _in_path("name", name)],
        ),
        "/document/{document}/{passage}": _operation(
            "passage", "The place, digest and statements of a passage.", "data",
            {**rdf, JSON: {"anyOf": [ref("Passage"), ref("Facts")]}},
            [_in_path("document", name), _in_path("passage", name)],
        ),
        "/downloads": _operation(
            "downloads", "The dataset as files.", "data", {JSON: ref("Files")}
        ),
        "/downloads/{file}": _operation(
            "download", "A file of the whole dataset.", "data",
            {form.media_type: {} for form in FILES.values()},
            [_in_path("file", {"type": "string", "enum": list(FILES)})],
        ),
        "/context.jsonld": _operation(
            "context", "The JSON-LD context.", "data", {"application/ld+json": {}}
        ),
    }  # fmt: skip
    return {path: {"get": operation} for path, operation in found.items()}


def _server() -> dict[str, Json]:
    words = "Prefixes, classes, properties and graphs, with their uses."
    found = {
        "/sparql/vocabulary.json": _operation(
            "vocabulary", words, "data", {JSON: ref("Vocabulary")}
        ),
        "/health": _operation("health", "Whether the server is well.", "server", {JSON: {}}),
        "/version": _operation("version", "What is served.", "server", {JSON: {}}),
        "/openapi.json": _operation("openapi", "This description.", "server", {JSON: {}}),
    }
    return {path: {"get": operation} for path, operation in found.items()}


def _operation(
    name: str, summary: str, tag: str, forms: Json, parameters: list[Json] | None = None
) -> Json:
    content = {form: {"schema": schema} if schema else {} for form, schema in forms.items()}
    refusals = {
        status: {"description": text, "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
        for status, text in _REFUSED.items()
    }
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "parameters": parameters or [],
        "responses": {"200": {"description": summary, "content": content}, **refusals},
    }


def _parameter(name: str, schema: Json, description: str, *, required: bool = False) -> Json:
    found: Json = {
        "name": name,
        "in": "query",
        "description": description or name,
        "required": required,
        "schema": schema,
    }
    if not required:
        found["allowEmptyValue"] = True
    return found


def _limit(most: int, usual: int) -> Json:
    return _parameter(
        paging.LIMIT,
        {"type": "integer", "minimum": 1, "maximum": most},
        f"How many at most; {usual} if not given. What follows is behind the link `next`.",
    )


def _in_path(name: str, schema: Json) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


ROUTES = [Route("/openapi.json", openapi)]
