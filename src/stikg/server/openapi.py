"""The HTTP interface as OpenAPI 3.1, at ``/openapi.json``; that of the queries by their headers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import stikg
from stikg.server import paging, searching
from stikg.server.answering import USUAL, page_parameters
from stikg.server.catalogue import ASKED
from stikg.server.downloads import FILES
from stikg.server.fixed_paths import server_paths
from stikg.server.links import root_of
from stikg.server.operations import (
    Json,
    limit_parameter,
    make_operation,
    path_parameter,
    query_parameter,
)
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
            **server_paths(),
        },
        "components": COMPONENTS,
    }


def _catalogue() -> Json:
    kinds = {"type": "array", "items": {"type": "string", "enum": list(ASKED)}}
    return make_operation(
        "queries",
        "The queries that can be asked, with their parameters and columns.",
        "data",
        {JSON: ref("Catalogue")},
        [query_parameter("kind", kinds, "Only those of these kinds.")],
    )


def _query(query: Query) -> Json:
    forms: Json = {media_type: {} for media_type in ANSWERS.values()}
    operation = make_operation(
        f"query-{query.name}",
        query.title,
        query.kind,
        {**forms, JSON: answer_schema(query)},
        [_of_query(parameter) for parameter in query.parameters],
    )
    if paging.LIMIT in page_parameters(query):
        operation["parameters"].append(limit_parameter(paging.MOST, USUAL))
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
    described = query_parameter(
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
    kind = path_parameter("kind", {"type": "string", "enum": [*KINDS, "ontology", "graph"]})
    found = {
        "/search": make_operation(
            "search", "Things by any of their names.", "data", {JSON: ref("Hits")},
            [
                query_parameter("q", {"type": "string", "maxLength": 2000, "pattern": "\\S"},
                           "Words of a name; letters may be missing at the end.", required=True),
                query_parameter("class", {"type": "string", "pattern": f"^{searching.CLASS}$"},
                           "Only things of this class, as in sti:Area."),
                limit_parameter(searching.MOST, searching.USUAL),
            ],
        ),
        "/{kind}/{name}": make_operation(
            "thing", "What is known of a thing.", "data", {**rdf, JSON: ref("Facts")},
            [kind, path_parameter("name", name)],
        ),
        "/document/{document}/{passage}": make_operation(
            "passage", "The place, digest and statements of a passage.", "data",
            {**rdf, JSON: {"anyOf": [ref("Passage"), ref("Facts")]}},
            [path_parameter("document", name), path_parameter("passage", name)],
        ),
        "/downloads": make_operation(
            "downloads", "The dataset as files.", "data", {JSON: ref("Files")}
        ),
        "/downloads/{file}": make_operation(
            "download", "A file of the whole dataset.", "data",
            {form.media_type: {} for form in FILES.values()},
            [path_parameter("file", {"type": "string", "enum": list(FILES)})],
        ),
        "/context.jsonld": make_operation(
            "context", "The JSON-LD context.", "data", {"application/ld+json": {}}
        ),
    }  # fmt: skip
    return {path: {"get": operation} for path, operation in found.items()}


ROUTES = [Route("/openapi.json", openapi)]
