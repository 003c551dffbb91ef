"""Looking for things by their names."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.errors import NameProblem
from stikg.names import Hit
from stikg.server.pages.asking import service_of
from stikg.server.pages.links import Ref, address
from stikg.server.pages.rendering import page, root_of

MOST: Final = 200
LONGEST: Final = 200
"""Things found at most, and characters of what is looked for."""


async def search(request: Request) -> Response:
    """Show the things that have a name with all words that are looked for, kind by kind."""
    names = service_of(request).dataset.names
    text = request.query_params.get("q", "").strip()[:LONGEST]
    hits = await asyncio.to_thread(names.search, text, MOST) if text else []
    near: list[str] = []
    if text and not hits:
        near = await asyncio.to_thread(_near, names.resolve, text)
    kind = request.query_params.get("kind", "")
    root = root_of(request)
    kinds: dict[str, int] = {}
    for hit in hits:
        kinds[hit.kind] = kinds.get(hit.kind, 0) + 1
    found = [_found(hit, root) for hit in hits if not kind or hit.kind == kind]
    return page(
        request,
        "search.html",
        title=f"{text} – search" if text else "Search",
        text=text,
        kind=kind if kind in kinds else "",
        kinds=[(name, kind_words(name), count) for name, count in kinds.items()],
        found=found,
        near=near,
        most=MOST,
        all=len(hits),
    )


def kind_words(kind: str) -> str:
    """Return a kind of thing as words.

    >>> kind_words("FundingAgency")
    'funding agency'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower() or "thing"


def _found(hit: Hit, root: str) -> dict[str, object]:
    href, _ = address(hit.iri, root=root)
    other = hit.matched if hit.matched.casefold() != hit.label.casefold() else ""
    return {"ref": Ref(hit.label, href), "kind": kind_words(hit.kind), "matched": other}


def _near(resolve: object, text: str) -> list[str]:
    try:
        resolve(text)  # type: ignore[operator]
    except NameProblem as problem:
        return list(problem.candidates)
    return []
