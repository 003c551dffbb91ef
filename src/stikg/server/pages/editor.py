"""The page on which one writes SPARQL, and sees its answer."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.errors import StikgError
from stikg.library import missing_prefixes, query_form, without_values
from stikg.results import Table
from stikg.server.jobs import Job
from stikg.server.pages.asking import service_of
from stikg.server.pages.rendering import page
from stikg.server.pages.tables import Shown, show
from stikg.server.problems import describe
from stikg.store import Wanted
from stikg.terms import DOCUMENT_PREFIXES, KINDS, PREFIXES, Term

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

_MOST_EXAMPLES: Final = 40


async def editor(request: Request) -> Response:
    """Show the editor; with ``query``, also what it answers or why it does not."""
    service = service_of(request)
    text = request.query_params.get("query", "").replace("\r\n", "\n")
    shown: Shown | None = None
    truth: bool | None = None
    problem = None
    if text.strip():
        try:
            shown, truth = await _answer(request, text)
        except StikgError as error:
            problem = describe(error)
    return page(
        request,
        "editor.html",
        title="SPARQL editor",
        status=problem["status"] if problem else 200,
        text=text or FIRST,
        shown=shown,
        truth=truth,
        problem=problem,
        examples=[
            (query, without_values(query)) for query in service.dataset.queries.of_kind("question")
        ][:_MOST_EXAMPLES],
        prefixes=_prefixes(),
        limits=service.settings,
    )


async def _answer(request: Request, text: str) -> tuple[Shown | None, bool | None]:
    service = service_of(request)
    missing = missing_prefixes(text)
    whole = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in missing.items()) + text
    form = query_form(text)
    try:
        if form == "ASK":
            answer = await service.pool.run(Job(whole, Wanted("", "json", "")))
            return None, b"true" in answer.body
        if form in {"CONSTRUCT", "DESCRIBE"}:
            triples: list[tuple[Term | None, ...]] = [tuple(t) for t in await service.graph(whole)]
            return show(
                request, Table(("subject", "property", "value"), tuple(triples)), terms=True
            ), None
        return show(request, await service.table(whole), terms=True), None
    except StikgError as error:
        error.where = _moved(error.where, len(missing))
        raise


def _moved(where: str | None, lines: int) -> str | None:
    """Return the place of an error in the text as it was written, without added prefixes."""
    if where is None or not where.startswith("line ") or not lines:
        return where
    line, comma, rest = where.removeprefix("line ").partition(",")
    return f"line {int(line) - lines}{comma}{rest}" if line.isdecimal() else where


def _prefixes() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the prefixes in three groups: the ontology and others, kinds of things, documents."""
    documents = [(name, PREFIXES[name]) for name in DOCUMENT_PREFIXES]
    kinds = [(name, PREFIXES[name]) for name in KINDS]
    known = {name for name, _ in (*documents, *kinds)}
    others = [(name, iri) for name, iri in PREFIXES.items() if name not in known]
    return [("Vocabularies", others), ("Things", kinds), ("Passages of the documents", documents)]
