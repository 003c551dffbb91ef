"""The words of passages in the copies of the documents that the server was started with.

A copy is read and searched when a passage of it is first asked for, beside the event loop; what
was found is kept. The words leave the server only as a page or as JSON, never as statements, and
no page of another origin may read them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.requests import Request

from stikg.evidence import (
    Excerpt,
    Found,
    described_passages,
    excerpt_at,
    find_passages,
    readings_of,
)
from stikg.server.asked import question
from stikg.server.surroundings import WORDS
from stikg.terms import BASE, IRI, Triple

if TYPE_CHECKING:
    from stikg.server.service import Service

CONTEXT: Final = 400
"""Characters on either side of a passage that are shown."""


async def words_of(request: Request, passage: IRI) -> Excerpt | None:
    """Return the words of a passage; None without a copy of its document, or if it lacks them.

    The answer of the request that asked for them is then for pages of this server alone.

    :raises InputError: if the copy cannot be read.
    """
    service: Service = request.app.state.service
    document, _, _ = passage.value.removeprefix(f"{BASE}document/").partition("/")
    path = service.settings.sources.get(document)
    if path is None:
        return None
    located = await service.once(f"copy of {document}", lambda: _locate(service, document, path))
    words = located.get(passage.value)
    if words is not None:
        request.scope[WORDS] = True
    return words


async def _locate(service: Service, document: str, path: Path) -> Mapping[str, Excerpt]:
    triples = await service.graph(question("texts", IRI(f"{BASE}document/{document}")))
    return await asyncio.to_thread(_words_by_passage, triples, path)


def _words_by_passage(triples: list[Triple], path: Path) -> Mapping[str, Excerpt]:
    """Return the words of all passages that are found in the reading that has most of them."""
    passages = described_passages((*triple, None) for triple in triples)
    best: dict[str, Excerpt] = {}
    for text in readings_of(path):
        found = [place for place in find_passages(passages, text) if isinstance(place, Found)]
        if len(found) > len(best):
            best = {place.passage.iri: excerpt_at(place, text, context=CONTEXT) for place in found}
        if len(best) == len(passages):
            break
    return best
