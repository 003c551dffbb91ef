"""The page of a thing: what is known of it, and the evidence one click away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from stikg.errors import InputError
from stikg.library import Query
from stikg.server.pages.asking import Row, ask, service_of
from stikg.server.pages.drawing import Edge, Node, Picture, draw
from stikg.server.pages.facts import Fact, Group, Known, known, things
from stikg.server.pages.links import DOCUMENT, Ref, iri_of, name_of, ref, section_words, short
from stikg.server.pages.passages import passage
from stikg.server.pages.rendering import page, query_string, root_of
from stikg.server.problems import Refusal
from stikg.terms import IRI, ONTOLOGY, Term, check_iri, compress

SUFFIXES: Final = (
    ("ttl", "Turtle"), ("jsonld", "JSON-LD"), ("nt", "N-Triples"), ("rdf", "RDF/XML"),
)  # fmt: skip
"""Suffixes under which the same thing comes as linked data."""

_MOST_AROUND: Final = 14
_APART: Final = ("sti:aboutSubject", "rdf:type", "dcterms:isPartOf", "skos:inScheme")


class Question(NamedTuple):
    """A question that can be asked about a thing, and where."""

    title: str
    href: str


async def thing(request: Request) -> Response:
    """Show the page of the thing whose path is asked for.

    :raises Refusal: with 404 if nothing is known of it.
    """
    iri = iri_of(request)
    try:
        check_iri(iri.value)
    except InputError as error:
        raise Refusal(404, "there is no such page") from error
    if iri.value.startswith(DOCUMENT) and iri.value.count("/") > DOCUMENT.count("/"):
        return await passage(request)
    root = root_of(request)
    rows = await ask(request, "thing", iri)
    if not rows:
        raise Refusal(404, "nothing is known under this address", remedy="look for it by name")
    what = known(rows, root=root)
    label = await _label(request, iri, what)
    groups = [group for group in what.groups if compress(str(group.term)) != "sti:aboutSubject"]
    naming = await ask(request, "naming", iri)
    types = await ask(request, "types", iri)
    return page(
        request,
        "thing.html",
        title=label,
        iri=iri.value,
        curie=short(iri),
        kinds=_kinds(types, root),
        names=_names(what, label),
        groups=[group for group in groups if not group.inward],
        inward=[group for group in groups if group.inward],
        findings=[f for g in what.groups if g.inward and g not in groups for f in g.facts],
        naming=_by_document(naming, root),
        named=len(naming),
        picture=neighbours(iri, label, groups),
        questions=_questions(request, iri, types),
        suffixes=SUFFIXES,
        own=f"{root}/{iri.value.partition('/stikg/')[2]}",
        is_document=iri.value.startswith(DOCUMENT),
    )


def neighbours(iri: IRI, label: str, groups: Sequence[Group]) -> Picture | None:
    """Return the drawing of a thing among those it is tied to; None if there are none."""
    nodes = {iri.value: Node(iri.value, label, "", "this")}
    edges: list[Edge] = []
    ties = [(group, fact) for group in groups for fact in things(group)[:4]]
    for group, fact in ties:
        other = str(fact.term)
        words = group.property.text
        if compress(str(group.term)) in _APART or other in nodes or len(edges) >= _MOST_AROUND:
            continue
        nodes[other] = Node(other, fact.value.text, fact.value.href, "other")
        ends = (other, iri.value) if group.inward else (iri.value, other)
        edges.append(Edge(*ends, words))
    return draw(nodes, edges) if edges else None


async def _label(request: Request, iri: IRI, what: Known) -> str:
    label = service_of(request).dataset.names.label(iri)
    if label == compress(iri.value):
        return what.names[0].value.text if what.names else name_of(iri)
    return label


def _kinds(types: Sequence[Row], root: str) -> list[Ref]:
    """Return the kinds of a thing: of our own ontology if there are, without those implied."""
    own = [row for row in types if str(row["type"]).startswith(ONTOLOGY)]
    narrow = [row for row in own or types if "general" not in row]
    return [ref(row["type"], row.get("typeLabel"), root=root) for row in narrow]


def _names(what: Known, label: str) -> list[Fact]:
    found: dict[tuple[str, str], Fact] = {}
    for fact in what.names:
        if fact.value.text != label:
            found.setdefault((fact.value.text, fact.value.language), fact)
    return list(found.values())


def _by_document(rows: Sequence[Row], root: str) -> list[tuple[Ref, list[tuple[Ref, str]]]]:
    documents: dict[Term, tuple[Ref, list[tuple[Ref, str]]]] = {}
    for row in rows:
        document = row["document"]
        if document not in documents:
            documents[document] = (ref(document, row.get("documentLabel"), root=root), [])
        documents[document][1].append((ref(row["passage"], root=root), section_words(row)))
    return list(documents.values())


def _questions(request: Request, iri: IRI, types: Sequence[Row]) -> list[Question]:
    """Return the questions that take the thing, by the classes that their headers name."""
    classes = {compress(str(row["type"])) for row in types}
    asked: list[Question] = []
    for query in service_of(request).dataset.queries.queries:
        name = _takes(query, classes)
        if query.kind in {"question", "network"} and name:
            folder = "networks" if query.kind == "network" else "queries"
            fields = query_string([(name, short(iri))])
            asked.append(Question(query.title, f"{root_of(request)}/{folder}/{query.name}{fields}"))
    return asked


def _takes(query: Query, classes: set[str]) -> str:
    for parameter in query.parameters:
        if parameter.cls in classes:
            return parameter.name
    return ""
