"""The words of the graph for those who write SPARQL, at ``/sparql/vocabulary.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stikg.results import Table
from stikg.server.describe import count
from stikg.server.pages.asking import Row, ask, service_of
from stikg.server.pages.links import DOCUMENT, name_of
from stikg.terms import IRI, PREFIXES, compress

PATH: Final = "/sparql/vocabulary.json"


async def vocabulary(request: Request) -> Response:
    """Give prefixes, classes, properties and graphs, those first that are used most."""
    content = await service_of(request).once("vocabulary", lambda: _content(request))
    return JSONResponse(content)


async def _content(request: Request) -> dict[str, Any]:
    service = service_of(request)
    counts = await service.once("counts", lambda: count(service))
    told: dict[str, dict[str, Row]] = {"class": {}, "property": {}}
    for row in await ask(request, "vocabulary"):
        told[str(row["sort"])].setdefault(str(row["term"]), row)
    return {
        "prefixes": dict(PREFIXES),
        "classes": _words(told["class"], _uses(counts.classes)),
        "properties": _words(told["property"], _uses(counts.properties)),
        "graphs": [
            {"curie": compress(iri), "uses": uses}
            for iri, uses in _ranked(_uses(counts.graphs), ())
            if not iri.startswith(DOCUMENT)
        ],
    }


def _words(told: Mapping[str, Row], uses: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "curie": compress(iri),
            "label": str(told[iri]["termLabel"]) if iri in told else name_of(IRI(iri)),
            "definition": str(told.get(iri, {}).get("definition", "")),
            **{
                end: compress(str(told[iri][end]))
                for end in ("domain", "range")
                if end in told.get(iri, {})
            },
            "uses": number,
        }
        for iri, number in _ranked(uses, told)
    ]


def _uses(table: Table) -> dict[str, int]:
    """Return how often each IRI of the first column is used: the second column."""
    return {str(row[0]): int(str(row[1])) for row in table if isinstance(row[0], IRI)}


def _ranked(uses: Mapping[str, int], more: Iterable[str]) -> list[tuple[str, int]]:
    """Return IRIs with their uses, the most used first, and those that are not used."""
    every = {**dict.fromkeys(more, 0), **uses}
    return sorted(every.items(), key=lambda pair: (-pair[1], pair[0]))
