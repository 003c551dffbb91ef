"""What the server says of itself: SPARQL 1.1 Service Description, and VoID of its dataset."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stikg.errors import LimitExceeded
from stikg.results import Table
from stikg.serialisation import get_format, write
from stikg.server.dcat import DATASET, LICENCE
from stikg.server.downloads import FILES
from stikg.server.links import here
from stikg.server.media import SOLUTIONS, TRIPLES
from stikg.server.negotiation import negotiate
from stikg.server.problems import Refusal
from stikg.server.service import Service
from stikg.terms import BASE, IRI, PREFIXES, XSD, Literal, Quad, Term, expand

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
FORMATS: Final = "http://www.w3.org/ns/formats/"
VOID: Final = "/.well-known/void"

MOST_GRAPHS: Final = 100
"""Named graphs that a service description lists; more of them are asked for by a query."""

_FORMAT_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "trig": "TriG",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}
_COUNTED: Final = {
    "triples": "void:triples",
    "entities": "void:entities",
    "subjects": "void:distinctSubjects",
    "objects": "void:distinctObjects",
    "properties": "void:properties",
}
"""Column of a count → what VoID calls it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a dataset holds; tables are empty where counting them takes too long."""

    totals: Table
    classes: Table
    properties: Table
    graphs: Table
    is_union: bool


async def service_description(request: Request) -> Response:
    """Describe the endpoint that was asked."""
    endpoint = IRI(here(request) + request.url.path.lstrip("/"))
    service: Service = request.app.state.service
    federated = bool(service.settings.services)
    return await _respond(request, partial(describe_service, endpoint, federated=federated))


async def void(request: Request) -> Response:
    """Describe the dataset by VoID; its files are described by DCAT, which takes its time."""
    return await _respond(request, partial(describe_dataset, here(request)))


async def count(service: Service) -> Counts:
    """Count what the dataset holds, in the workers."""
    totals, classes, properties, graphs, differing = [
        await _table(service, name)
        for name in ("counts", "classes", "properties", "graphs", "no-union")
    ]
    return Counts(totals, classes, properties, graphs, differing.columns != () and not differing)


def describe_service(endpoint: IRI, counts: Counts, *, federated: bool = False) -> list[Quad]:
    """Return the description of an endpoint; formats are exactly those that it answers in.

    ``federated`` tells that queries may ask other endpoints.
    """
    service, dataset, default = (IRI(f"{endpoint}#{x}") for x in ("service", "dataset", "default"))
    names = [*dict.fromkeys([*SOLUTIONS.values(), *TRIPLES.values()])]
    pairs: list[tuple[IRI, str, Term]] = [
        (service, "rdf:type", IRI(f"{SD}Service")),
        (service, f"{SD}endpoint", endpoint),
        (service, f"{SD}supportedLanguage", IRI(f"{SD}SPARQL11Query")),
        *((service, f"{SD}resultFormat", IRI(FORMATS + _FORMAT_NAMES[name])) for name in names),
        (service, f"{SD}defaultDataset", dataset),
        (dataset, "rdf:type", IRI(f"{SD}Dataset")),
        (dataset, f"{SD}defaultGraph", default),
        (default, "rdf:type", IRI(f"{SD}Graph")),
        (default, "rdf:type", expand("void:Dataset")),
        *_counted(default, counts.totals, 0),
    ]
    if counts.is_union:
        pairs.append((service, f"{SD}feature", IRI(f"{SD}UnionDefaultGraph")))
    if federated:
        pairs.append((service, f"{SD}feature", IRI(f"{SD}BasicFederatedQuery")))
    if len(counts.graphs) <= MOST_GRAPHS:
        for number in range(len(counts.graphs)):
            pairs += _named_graph(endpoint, dataset, counts.graphs, number)
    return _quads(pairs)


def describe_dataset(root: str, counts: Counts) -> list[Quad]:
    """Return the description of the dataset that a server holds at a URL."""
    vocabularies = sorted({_namespace(row[0]) for row in (*counts.classes, *counts.properties)})
    pairs: list[tuple[IRI, str, Term]] = [
        (DATASET, "rdf:type", expand("void:Dataset")),
        (DATASET, "dcterms:title", Literal("stikg", language="en")),
        (DATASET, "dcterms:license", LICENCE),
        (DATASET, "void:uriSpace", Literal(BASE)),
        (DATASET, "void:sparqlEndpoint", IRI(f"{root}sparql")),
        *((DATASET, "void:dataDump", IRI(f"{root}downloads/{name}")) for name in FILES),
        (DATASET, "rdfs:seeAlso", IRI(f"{root}dcat")),
        *((DATASET, "void:vocabulary", IRI(name)) for name in vocabularies if name),
        *((DATASET, "void:feature", IRI(FORMATS + _FORMAT_NAMES[n])) for n in TRIPLES.values()),
        (DATASET, "void:classes", _integer(len(counts.classes))),
        *_counted(DATASET, counts.totals, 0),
        *_partitions("class", counts.classes),
        *_partitions("property", counts.properties),
        (IRI(f"{root}{VOID.lstrip('/')}"), "rdf:type", expand("void:DatasetDescription")),
        (IRI(f"{root}{VOID.lstrip('/')}"), "foaf:topic", DATASET),
    ]
    return list(dict.fromkeys(_quads(pairs)))


async def _table(service: Service, name: str) -> Table:
    text = Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
    try:
        return await service.table(text)
    except LimitExceeded:
        return Table((), ())


def _named_graph(
    endpoint: IRI, dataset: IRI, graphs: Table, number: int
) -> Iterable[tuple[IRI, str, Term]]:
    name = graphs.rows[number][0]
    if isinstance(name, IRI):
        named, graph = (IRI(f"{endpoint}#{kind}-{number + 1}") for kind in ("named", "graph"))
        yield dataset, f"{SD}namedGraph", named
        yield named, "rdf:type", IRI(f"{SD}NamedGraph")
        yield named, f"{SD}name", name
        yield named, f"{SD}graph", graph
        yield graph, "rdf:type", IRI(f"{SD}Graph")
        yield from _counted(graph, graphs, number)


def _partitions(kind: str, table: Table) -> Iterable[tuple[IRI, str, Term]]:
    """Yield a void:classPartition or void:propertyPartition for each row."""
    for number, row in enumerate(table):
        if isinstance(row[0], IRI):
            part = IRI(f"{DATASET}/{kind}-{number + 1}")
            yield DATASET, f"void:{kind}Partition", part
            yield part, f"void:{kind}", row[0]
            yield from _counted(part, table, number)


def _counted(subject: IRI, table: Table, number: int) -> Iterable[tuple[IRI, str, Term]]:
    """Yield the counts that stand in a row of a table."""
    if number < len(table):
        for column, value in zip(table.columns, table.rows[number], strict=True):
            if column in _COUNTED and value is not None:
                yield subject, _COUNTED[column], value


def _quads(pairs: Iterable[tuple[IRI, str, Term]]) -> list[Quad]:
    return [
        (subject, IRI(name) if name.startswith("http:") else expand(name), value, None)
        for subject, name, value in pairs
    ]


def _namespace(term: Term | None) -> str:
    spaces = [space for space in PREFIXES.values() if str(term).startswith(space)]
    return max(spaces, key=len, default="")


def _integer(number: int) -> Literal:
    return Literal(str(number), XSD + "integer")


async def _respond(request: Request, describe: partial[list[Quad]]) -> Response:
    """Answer with a description in the format that the client likes best."""
    service: Service = request.app.state.service
    media_type = negotiate(request.headers.get("accept"), list(TRIPLES))
    if media_type is None:
        raise Refusal(
            406,
            "a description comes in no media type that Accept names",
            remedy=f"accept one of: {', '.join(TRIPLES)}",
            field="Accept",
        )
    counts = await service.once("counts", lambda: count(service))
    name = f"{describe.func.__name__} {describe.args[0]} {media_type}"
    body = await service.once(
        name, lambda: asyncio.to_thread(lambda: write(describe(counts), get_format(media_type)))
    )
    headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
    return Response(body, headers=headers, media_type=media_type)


ROUTES = [Route(VOID, void)]
