"""The first page: what there is, in numbers and in a picture, and where to begin."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.server.pages.asking import ask, service_of
from stikg.server.pages.links import ref
from stikg.server.pages.network import answer_of, picture_of
from stikg.server.pages.rendering import page, root_of
from stikg.terms import expand

COUNTED: Final = (
    "sti:Organisation", "sti:Initiative", "sti:Strategy", "sti:Goal", "sti:Target",
    "sti:Technology", "sti:Territory", "sti:Programme",
)  # fmt: skip
"""Classes whose things the page counts, if there are any; at most six."""

_ON_THE_PICTURE: Final = 9


async def home(request: Request) -> Response:
    """Show the first page."""
    service = service_of(request)
    root = root_of(request)
    counts = {row["class"]: row for row in await ask(request, "kinds")}
    wanted = [expand(name) for name in COUNTED]
    kinds = [
        (ref(cls, counts[cls]["classLabel"], root=root), int(str(counts[cls]["things"])))
        for cls in wanted
        if cls in counts
    ]
    networks = service.dataset.queries.of_kind("network")
    picture = None
    if networks:
        table = await answer_of(request, networks[0], {})
        picture = picture_of(table, root=root, most=_ON_THE_PICTURE)
    return page(
        request,
        "home.html",
        title="Home",
        kinds=kinds[:6],
        manifest=service.dataset.manifest,
        network=networks[0] if networks else None,
        picture=picture,
        questions=len(service.dataset.queries.of_kind("question")),
    )
