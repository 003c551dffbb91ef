"""The page on which one writes SPARQL, and sees its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from stikg.errors import StikgError
from stikg.library import query_form, tokenise, without_values
from stikg.results import Table
from stikg.serialisation import get_format, write
from stikg.server.jobs import Job
from stikg.server.pages.answerfiles import OFFERS
from stikg.server.pages.asking import service_of
from stikg.server.pages.links import address
from stikg.server.pages.rendering import page, query_string, root_of
from stikg.server.pages.tables import Shown, show
from stikg.server.problems import describe
from stikg.store import Wanted
from stikg.terms import DOCUMENT_PREFIXES, IRI, KINDS, PREFIXES, Triple

FIRST: Final = """\
PREFIX sti: <https://w3id.org/stikg/ontology/>

SELECT ?agency ?name
WHERE {
  ?agency a sti:FundingAgency ;
          sti:label ?name .
}
ORDER BY ?name
"""
"""What stands in the editor at first."""

MOST_WRITTEN: Final = 400
"""Statements that the page shows as Turtle; the file has them all."""

_TRIPLE: Final = ("subject", "property", "value")
_MOST_EXAMPLES: Final = 40
_COLOURED: Final = {"comment", "iri", "language", "name", "number", "string", "word"}


class Piece(NamedTuple):
    """A piece of Turtle: its kind as the tokens of a query have it, where a click leads."""

    kind: str
    text: str
    href: str = ""
    outside: bool = False


class Answer(NamedTuple):
    """What the page shows: the forms of its file, and a table, Turtle beside it, or yes or no."""

    files: Sequence[tuple[str, str]]
    shown: Shown | None = None
    turtle: Sequence[Piece] = ()
    truth: bool | None = None
    unit: str = "row"


async def editor(request: Request) -> Response:
    """Show the editor; with ``query``, also what it answers or why it does not.

    A query that is too long for a URL comes by POST.
    """
    service = service_of(request)
    question = request.state.question
    text = question.query.replace("\r\n", "\n") if question else ""
    found: Answer | None = None
    problem = None
    if text.strip():
        try:
            found = await _answer(request, text)
        except StikgError as error:
            problem = describe(error)
    return page(
        request,
        "editor.html",
        title="SPARQL editor",
        status=problem["status"] if problem else 200,
        text=text or FIRST,
        posted=request.method == "POST",
        asked=str(request.url.query) if text else "",
        given=query_string([("query", text)]),
        found=found,
        most=MOST_WRITTEN,
        problem=problem,
        examples=[
            (query, without_values(query)) for query in service.dataset.queries.of_kind("question")
        ][:_MOST_EXAMPLES],
        prefixes=_prefixes(),
        limits=service.settings,
    )


async def _answer(request: Request, text: str) -> Answer:
    service = service_of(request)
    form = query_form(text)
    if form == "ASK":
        answer = await service.pool.run(Job(text, Wanted("", "json", "")))
        return Answer(OFFERS["boolean"], truth=b"true" in answer.body)
    if form in {"CONSTRUCT", "DESCRIBE"}:
        triples = await service.graph(text)
        turtle = await asyncio.to_thread(_turtle, triples[:MOST_WRITTEN], root_of(request))
        table = Table(_TRIPLE, tuple([tuple(triple) for triple in triples]))
        return Answer(OFFERS["triples"], show(request, table, terms=True), turtle, unit="statement")
    return Answer(OFFERS["solutions"], show(request, await service.table(text), terms=True))


def _turtle(triples: Sequence[Triple], root: str) -> list[Piece]:
    """Return statements as pieces of Turtle, to be coloured and followed."""
    text = write([(*triple, None) for triple in triples], get_format("turtle"))
    pieces: list[Piece] = []
    for token in tokenise(text):
        kind = token.kind if token.kind in _COLOURED else ""
        if not kind and pieces and not pieces[-1].kind:
            pieces[-1] = Piece("", pieces[-1].text + token.text)
        else:
            pieces.append(Piece(kind, token.text, *_address(kind, token.text, root)))
    return pieces


def _address(kind: str, text: str, root: str) -> tuple[str, bool]:
    """Return where a term leads, and whether that is another server; a namespace leads nowhere."""
    if kind == "iri":
        iri = text[1:-1]
    elif kind == "name":
        prefix, _, local = text.partition(":")
        iri = PREFIXES.get(prefix, "") + local
    else:
        return "", False
    return ("", False) if iri.endswith(("/", "#")) else address(IRI(iri), root=root)


def _prefixes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the prefixes in three groups: the ontology and others, kinds of things, documents."""
    documents = [(name, PREFIXES[name]) for name in DOCUMENT_PREFIXES]
    kinds = [(name, PREFIXES[name]) for name in KINDS]
    known = {name for name, _ in (*documents, *kinds)}
    others = [(name, iri) for name, iri in PREFIXES.items() if name not in known]
    return [("Vocabularies", others), ("Things", kinds), ("Passages of the documents", documents)]
