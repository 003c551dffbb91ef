"""The words of passages, found in the reader's own copies that the server was started with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from starlette.requests import Request

from stikg.errors import StikgError
from stikg.server.pages.asking import service_of, text_of
from stikg.server.service import Service
from stikg.terms import BASE, IRI, Quad

if TYPE_CHECKING:
    from stikg.evidence import Excerpt

_CONTEXT: Final = 240
"""Characters shown on either side of a passage."""

_COPIES: Final[WeakKeyDictionary[Service, dict[str, asyncio.Future[Mapping[str, Excerpt]]]]] = (
    WeakKeyDictionary()
)


async def words_of(request: Request, document: str, passage: IRI) -> Excerpt | None:
    """Return the words of a passage with what stands around them; None without a copy."""
    service = service_of(request)
    path = service.settings.sources.get(document)
    if path is None:
        return None
    copies = _COPIES.setdefault(service, {})
    if document not in copies:
        copies[document] = asyncio.ensure_future(_read(service, document, path))
    try:
        return (await asyncio.shield(copies[document])).get(passage.value)
    except StikgError:
        copies.pop(document, None)
        return None


async def _read(service: Service, document: str, path: Path) -> Mapping[str, Excerpt]:
    graph = IRI(f"{BASE}graph/document/{document}/passages")
    triples = await service.graph(text_of("described", [graph]))
    quads: list[Quad] = [(*triple, graph) for triple in triples]
    return await asyncio.to_thread(_excerpts, quads, path)


def _excerpts(quads: list[Quad], path: Path) -> Mapping[str, Excerpt]:
    from stikg.evidence import Found, described_passages, excerpt_at, find_passages, read_copy

    text = read_copy(path)
    found = find_passages(described_passages(quads), text)
    return {
        item.passage.iri: excerpt_at(item, text, context=_CONTEXT)
        for item in found
        if isinstance(item, Found)
    }
