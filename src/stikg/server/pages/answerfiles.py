"""The answer of a query as a file, at ``/sparql/answer.<suffix>``: for who cannot set headers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.server.asking import read_question
from stikg.server.media import BOOLEAN
from stikg.server.pages.asking import service_of
from stikg.server.problems import Refusal
from stikg.server.protocol import answer
from stikg.server.representations import RDF

TABLES: Final[Mapping[str, str]] = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/sparql-results+json",
    ".xml": "application/sparql-results+xml",
}
"""Suffix → media type of solutions; of yes and no those that ``BOOLEAN`` has."""

OFFERS: Final = {
    "solutions": [(suffix, suffix[1:].upper()) for suffix in TABLES],
    "boolean": [(s, s[1:].upper()) for s, media_type in TABLES.items() if media_type in BOOLEAN],
    "triples": [
        (".ttl", "Turtle"), (".jsonld", "JSON-LD"), (".nt", "N-Triples"), (".rdf", "RDF/XML"),
    ],
}  # fmt: skip
"""Kind of answer → the suffixes that the editor offers, in its words."""


async def answer_file(request: Request) -> Response:
    """Answer a query by the SPARQL protocol, in the form of the suffix.

    :raises Refusal: with 404 if there is no such form, with 400 if there is no query.
    """
    suffix = f".{request.path_params['suffix']}"
    media_type = {**TABLES, **RDF}.get(suffix)
    if media_type is None:
        raise Refusal(
            404,
            f"an answer has no form {suffix}",
            remedy=f"use one of: {' '.join((*TABLES, *RDF))}",
        )
    service = service_of(request)
    question = await read_question(request, service.settings)
    if question is None:
        raise Refusal(400, "there is no query", remedy="give query=", field="query")
    headers = [(name, value) for name, value in request.scope["headers"] if name != b"accept"]
    headers.append((b"accept", media_type.encode()))
    response = await answer(Request({**request.scope, "headers": headers}), service, question)
    response.headers["Content-Disposition"] = f'attachment; filename="answer{suffix}"'
    return response
