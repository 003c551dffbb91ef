"""Linked data: every IRI of ours answers at its own path, as a page, as RDF or as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, ClassVar

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stikg.errors import InputError
from stikg.serialisation import Format, get_format, write
from stikg.server.asked import question
from stikg.server.copies import words_of
from stikg.server.facts import facts_of, passage_of
from stikg.server.links import is_plain, path_of, root_of
from stikg.server.negotiation import HTML
from stikg.server.problems import Refusal
from stikg.server.representations import PAGE, THINGS, alternates, read_wish
from stikg.terms import BASE, IRI, KINDS, ONTOLOGY, Quad, Term, check_iri

if TYPE_CHECKING:
    from stikg.server.service import Service


class Ours(Convertor[str]):
    """Paths at which a thing of ours may be: those that begin with a kind."""

    regex: ClassVar[str] = rf"(?:ontology(?:\.[a-z]+|/.*)?|(?:{'|'.join((*KINDS, 'graph'))})/.+)"

    def convert(self, value: str) -> str:
        """Return the path as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Return the path as it is."""
        return value


register_url_convertor("ours", Ours())


async def thing(request: Request) -> Response:
    """Answer with what is known of the thing at a path."""
    service: Service = request.app.state.service
    path = request.path_params["path"]
    kind = "passage" if is_passage(path) else "thing"
    page = service.pages.get(kind)
    wish = read_wish(request, path, THINGS, has_page=page is not None)
    iri = iri_of(wish.path)
    if page is not None and wish.suffix == PAGE:
        if not (await service.table(question("known", iri))).rows:
            raise _unknown(iri)
        request.state.iri = iri
        response = await page(request)
    elif wish.suffix == ".json":
        response = JSONResponse(await _as_json(request, iri, passage=kind == "passage"))
    else:
        response = await _as_rdf(service, iri, get_format(wish.suffix))
    address = root_of(request) + path_of(iri.value).rstrip("/")
    response.headers.update(_headers(address, iri, wish.suffix, has_page=page is not None))
    return response


def iri_of(path: str) -> IRI:
    """Return the IRI of ours that a path without suffix stands for.

    :raises Refusal: with 404 if no IRI can be at that path.

    >>> iri_of("territory/jp").value
    'https://w3id.org/stikg/territory/jp'
    """
    if path.rstrip("/") == "ontology":
        return IRI(ONTOLOGY)
    try:
        return check_iri(BASE + path)
    except InputError as error:
        raise Refusal(404, "no thing of ours can be at this path") from error


async def quads_of(service: Service, iri: IRI, *, graphs: bool) -> list[Quad]:
    """Return the statements of a thing, and what the things they name are called.

    With ``graphs`` each is in its graph, and it is said where that comes from.

    :raises StikgError: as ``Pool.run``.
    """
    found = list(_quads((await service.table(question("thing", iri))).rows))
    if not found:
        return []
    terms = {term for quad in found for term in (quad if graphs else quad[:3])}
    named = sorted(term for term in terms if isinstance(term, IRI) and is_plain(term.value))
    found += _quads((await service.table(question("mentioned", *named))).rows)
    if not graphs:
        found = [(*quad[:3], None) for quad in found]
    return list(dict.fromkeys(found))


async def _as_rdf(service: Service, iri: IRI, form: Format) -> Response:
    quads = await quads_of(service, iri, graphs=form.graphs)
    if not quads:
        raise _unknown(iri)
    body = await asyncio.to_thread(write, quads, form)
    return Response(body, media_type=form.media_type)


async def _as_json(request: Request, iri: IRI, *, passage: bool) -> dict[str, Any]:
    service: Service = request.app.state.service
    if passage:
        found = await passage_of(service, iri, root_of(request))
        if found is not None:
            words = await words_of(request, iri)
            return {**found, "words": asdict(words) if words else None}
    found = await facts_of(service, iri, root_of(request))
    if found is None:
        raise _unknown(iri)
    return found


def _headers(address: str, iri: IRI, suffix: str, *, has_page: bool) -> dict[str, str]:
    forms = {PAGE: HTML, **THINGS} if has_page else THINGS
    described = (iri.value, {"rel": "describes"})
    return {
        "Vary": "Accept",
        "Content-Location": address + suffix,
        "Link": alternates(address, forms, more=[described]),
    }


def is_passage(path: str) -> bool:
    """Tell whether a path has the form of a passage's: document, its name, the passage's.

    >>> is_passage("document/uuki-2022/2.4-p1"), is_passage("document/uuki-2022")
    (True, False)
    """
    return path.startswith("document/") and path.count("/") == path.rstrip("/").count("/") == 2


def _quads(rows: Iterable[tuple[Term | None, ...]]) -> Iterable[Quad]:
    for graph, subject, prop, value in rows:
        if subject is not None and prop is not None and value is not None:
            yield subject, prop, value, graph


def _unknown(iri: IRI) -> Refusal:
    return Refusal(404, f"nothing is known of {iri}", remedy="look for it at /search?q=")


ROUTES = [Route("/{path:ours}", thing)]
