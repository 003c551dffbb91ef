"""What every server has, whatever its queries: the SPARQL endpoint, descriptions, its state."""

from __future__ import annotations

from typing import Final

from stikg.server.asking import FORM, QUERY
from stikg.server.describe import VOID
from stikg.server.explaining import PATH as ERRORS
from stikg.server.media import EVERY, TRIPLES
from stikg.server.operations import Json, make_operation, query_parameter
from stikg.server.protocol import PATH as SPARQL
from stikg.server.representations import JSON
from stikg.server.schemas import ref

_GRAPHS: Final[Json] = {"type": "array", "items": {"type": "string", "format": "graph-name"}}
_TEXT: Final[Json] = {"type": "string", "format": "sparql-query"}
_ANSWER: Final = (
    "Solutions, a truth value or triples, as the query is; without a query the description of the "
    "service, as triples."
)


def server_paths() -> dict[str, Json]:
    """Return the description of these paths."""
    rdf: Json = {media_type: {} for media_type in TRIPLES}
    found: dict[str, tuple[str, str, Json]] = {
        VOID: ("void", "What the dataset holds, as VoID.", rdf),
        ERRORS: ("errors", "What each type of error means.", {JSON: ref("Errors")}),
        "/sparql/vocabulary.json": (
            "vocabulary",
            "Prefixes, classes, properties and graphs, with their uses.",
            {JSON: ref("Vocabulary")},
        ),
        "/health": ("health", "Whether the server is well.", {JSON: ref("Health")}),
        "/version": ("version", "What is served.", {JSON: ref("Version")}),
        "/openapi.json": ("openapi", "This description.", {JSON: {}}),
    }
    gets = {
        path: {"get": make_operation(name, summary, "server", forms)}
        for path, (name, summary, forms) in found.items()
    }
    return {SPARQL: _sparql(), **gets}


def _sparql() -> Json:
    """Return the operations of the SPARQL 1.1 Protocol."""
    forms: Json = {media_type: {} for media_type in EVERY}
    parameters = [
        {**query_parameter(name, schema, text), "allowEmptyValue": False}
        for name, schema, text in (
            ("query", _TEXT, "SELECT, ASK, CONSTRUCT or DESCRIBE."),
            ("default-graph-uri", _GRAPHS, "A graph that is part of the default graph."),
            ("named-graph-uri", _GRAPHS, "A graph that GRAPH may name."),
        )
    ]
    get = make_operation("sparql", "Ask by SPARQL 1.1.", "server", forms, parameters)
    post = make_operation("sparql-post", "Ask by SPARQL 1.1, at length.", "server", forms)
    post["requestBody"] = {"required": True, "content": _bodies()}
    for asked in (get, post):
        asked["description"] = _ANSWER
        asked["responses"] |= _more(asked["responses"]["400"])
    return {"get": get, "post": post}


def _bodies() -> Json:
    fields = {"query": _TEXT, "default-graph-uri": _GRAPHS, "named-graph-uri": _GRAPHS}
    form = {"type": "object", "properties": fields, "required": ["query"]}
    return {FORM: {"schema": form}, QUERY: {"schema": _TEXT}}


def _more(refusal: Json) -> Json:
    """Return the refusals that the endpoint alone has."""
    reasons = {
        "403": "It is an update.",
        "408": "The body does not come in time.",
        "413": "The query or the body is too long.",
        "415": "The body has a type that is not understood.",
        "502": "An endpoint that the query asks does not answer.",
    }
    return {status: {**refusal, "description": text} for status, text in reasons.items()}
