"""The words of passages in the copies of the documents that the server was started with.

A copy is read and searched when a passage of it is first asked for, beside the event loop; what
was found is kept. The words leave the server only as a page or as JSON, never as statements.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.evidence import (
    Excerpt,
    Found,
    described_passages,
    excerpt_at,
    find_passages,
    readings_of,
)
from stikg.server.asked import question
from stikg.terms import BASE, IRI, Triple

if TYPE_CHECKING:
    from stikg.server.service import Service

CONTEXT: Final = 400
"""Characters on either side of a passage that are shown."""


async def words_of(service: Service, passage: IRI) -> Excerpt | None:
    """Return the words of a passage; None without a copy of its document, or if it lacks them.

    :raises InputError: if the copy cannot be read.
    """
    document, _, _ = passage.value.removeprefix(f"{BASE}document/").partition("/")
    path = service.settings.sources.get(document)
    if path is None:
        return None
    located = await service.once(f"copy of {document}", lambda: _locate(service, document, path))
    return located.get(passage.value)


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
