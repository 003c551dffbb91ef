"""Help, downloads, and what a reader sees when something went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.library import Query
from stikg.server.downloads import FILES
from stikg.server.explaining import explained_errors
from stikg.server.pages.asking import ask, service_of
from stikg.server.pages.gallery import DOWNLOADS
from stikg.server.pages.links import ref
from stikg.server.pages.network import FORMATS
from stikg.server.pages.rendering import page, root_of

_TITLES: Final = {
    400: "There is a problem with what was asked",
    403: "This is not allowed",
    404: "Page not found",
    405: "This is not possible here",
    406: "There is no answer of that kind",
    413: "What was sent is too large",
    414: "The address is too long",
    500: "Sorry, there is a problem with the server",
    503: "This took too long, or too much is being asked at once",
}


async def help_page(request: Request) -> Response:
    """Explain the words of the pages, the vocabulary of the graph, and the ways for programs."""
    root = root_of(request)
    counts = {row["class"]: int(str(row["things"])) for row in await ask(request, "kinds")}
    terms: dict[str, list[dict[str, object]]] = {"class": [], "property": []}
    seen = set()
    for row in await ask(request, "vocabulary"):
        if row["term"] not in seen:
            seen.add(row["term"])
            terms[str(row["sort"])].append(
                {
                    "ref": ref(row["term"], row["termLabel"], root=root),
                    "definition": str(row.get("definition", "")),
                    "count": counts.get(row["term"]),
                }
            )
    base = service_of(request).settings.base or str(request.base_url)
    return page(request, "help.html", title="Help", terms=terms, base=base.rstrip("/"))


async def downloads(request: Request) -> Response:
    """List the files that can be taken away."""
    library = service_of(request).dataset.queries
    return page(
        request,
        "downloads.html",
        title="Downloads",
        releases=[(name, form.title, form.graphs) for name, form in FILES.items()],
        networks=library.of_kind("network"),
        formats=[(suffix, words) for suffix, (_, words) in FORMATS.items()],
        questions=[query for query in library.of_kind("question") if _asks_nothing(query)],
        tables=DOWNLOADS,
        manifest=service_of(request).dataset.manifest,
    )


async def errors_page(request: Request) -> Response:
    """Explain each type of error under its anchor."""
    found = [
        {
            "anchor": error.anchor,
            "title": error.title,
            "named": list(zip(error.names, error.meanings, strict=True)),
            "status": error.status,
            "exit_code": error.exit_code,
        }
        for error in explained_errors()
    ]
    return page(request, "errors.html", title="Errors", errors=found)


async def problem_page(request: Request, problem: Mapping[str, Any]) -> Response:
    """Tell a reader what went wrong, and what to do next."""
    status = int(problem["status"])
    title = _TITLES.get(status) or str(problem["title"])
    return page(request, "problem.html", title=title, status=status, problem=problem)


def _asks_nothing(query: Query) -> bool:
    return all(parameter.optional for parameter in query.parameters)
