"""The dataset as DCAT sees it: its files with sizes and checksums, its services."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stikg.errors import Busy
from stikg.serialisation import get_format, write
from stikg.server.downloads import FILES, Download, downloads_of
from stikg.server.links import here
from stikg.server.problems import Refusal
from stikg.server.representations import RDF, alternates, read_wish
from stikg.terms import BASE, IRI, ONTOLOGY, XSD, Literal, Quad, Term, expand

if TYPE_CHECKING:
    from stikg.server.service import Service

DATASET: Final = IRI(f"{BASE}dataset")
LICENCE: Final = IRI("https://creativecommons.org/licenses/by/4.0/")
SPDX: Final = "http://spdx.org/rdf/terms#"
_MEDIA_TYPES: Final = "https://www.iana.org/assignments/media-types/"

_PAUSE: Final = 10
"""Seconds after which a client may ask again for what is being written."""

Pair = tuple[IRI, str, Term]


async def catalogue(request: Request) -> Response:
    """Describe the dataset by DCAT; the first time its files are written for their checksums.

    :raises Busy: while they are.
    """
    service: Service = request.app.state.service
    wish = read_wish(request, request.url.path.lstrip("/"), RDF)
    if wish.path != "dcat":
        raise Refusal(404, "the dataset is not described in this form", remedy="see /dcat")
    try:
        async with asyncio.timeout(service.settings.deadline):
            files = [await downloads_of(service).get(name) for name in FILES]
    except TimeoutError as error:
        raise Busy("the files and their checksums are being written", seconds=_PAUSE) from error
    form = get_format(wish.suffix)
    quads = describe_files(here(request), files, version_of(service))
    headers = {"Vary": "Accept", "Link": alternates("/dcat", RDF)}
    return Response(write(quads, form), headers=headers, media_type=form.media_type)


def version_of(service: Service) -> str:
    """Return the version of the dataset that a service serves."""
    return str(service.dataset.manifest.get("version") or service.version)


def describe_files(root: str, files: Iterable[Download], version: str) -> list[Quad]:
    """Return the description of a dataset whose files are below a URL."""
    return [
        (subject, IRI(name) if name.startswith("http:") else expand(name), value, None)
        for subject, name, value in _pairs(root, files, version)
    ]


def _pairs(root: str, files: Iterable[Download], version: str) -> Iterator[Pair]:
    catalog = IRI(f"{root}dcat")
    sparql, queries = IRI(f"{root}sparql"), IRI(f"{root}queries")
    yield catalog, "rdf:type", expand("dcat:Catalog")
    yield catalog, "dcterms:title", Literal("stikg", language="en")
    yield catalog, "dcat:dataset", DATASET
    for service, about in ((sparql, sparql), (queries, IRI(f"{root}openapi.json"))):
        yield catalog, "dcat:service", service
        yield service, "rdf:type", expand("dcat:DataService")
        yield service, "dcterms:title", Literal(service.value.rpartition("/")[2], language="en")
        yield service, "dcat:endpointURL", service
        yield service, "dcat:endpointDescription", about
        yield service, "dcat:servesDataset", DATASET
    yield DATASET, "rdf:type", expand("dcat:Dataset")
    yield DATASET, "dcterms:title", Literal("stikg", language="en")
    yield DATASET, "dcterms:license", LICENCE
    yield DATASET, "dcterms:conformsTo", IRI(ONTOLOGY)
    yield DATASET, "dcat:version", Literal(version)
    for file in files:
        yield from _distribution(root, file)


def _distribution(root: str, file: Download) -> Iterator[Pair]:
    url = IRI(f"{root}downloads/{file.name}")
    checksum = IRI(f"{url}#checksum")
    yield DATASET, "dcat:distribution", url
    yield url, "rdf:type", expand("dcat:Distribution")
    yield url, "dcterms:title", Literal(file.format.title, language="en")
    yield url, "dcterms:license", LICENCE
    yield url, "dcterms:conformsTo", IRI(file.format.specification)
    yield url, "dcat:downloadURL", url
    yield url, "dcat:mediaType", IRI(_MEDIA_TYPES + file.format.media_type)
    yield url, "dcat:byteSize", Literal(str(file.size), XSD + "nonNegativeInteger")
    yield url, f"{SPDX}checksum", checksum
    yield checksum, "rdf:type", IRI(f"{SPDX}Checksum")
    yield checksum, f"{SPDX}algorithm", IRI(f"{SPDX}checksumAlgorithm_sha256")
    yield checksum, f"{SPDX}checksumValue", Literal(file.checksum, XSD + "hexBinary")


ROUTES = [Route("/dcat", catalogue), Route("/dcat.{suffix}", catalogue)]
