"""The questions one can ask: a gallery, and a page with a form and a table for each."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stikg.library import Query
from stikg.server.pages.asking import service_of
from stikg.server.pages.forms import Form, read_form
from stikg.server.pages.rendering import page, query_string, root_of
from stikg.server.pages.tables import Shown, show
from stikg.server.problems import Refusal

CHARTS: Final = frozenset({"ranking", "bars", "series"})
"""Kinds of charts that the explorer draws from the table of an answer."""

DOWNLOADS: Final = (
    ("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"), ("tsv", "TSV"), ("md", "Markdown"),
)  # fmt: skip
_SHOWN: Final = (
    ("question", "Questions"),
    ("check", "Checks of the documents and of the graph"),
)


async def queries(request: Request) -> Response:
    """List the questions and checks; ``tag`` and ``q`` narrow the list."""
    library = service_of(request).dataset.queries
    tag, text = (request.query_params.get(name, "").strip() for name in ("tag", "q"))
    listed = [query for query in library.queries if query.kind in dict(_SHOWN)]
    tags = Counter(tag for query in listed for tag in query.tags)
    kept = [query for query in listed if _fits(query, tag, text)]
    return page(
        request,
        "queries.html",
        title="Questions",
        tags=sorted(tags.items()),
        tag=tag if tag in tags else "",
        text=text,
        count=len(kept),
        sections=[
            (kind, title, [query for query in kept if query.kind == kind]) for kind, title in _SHOWN
        ],
        networks=library.of_kind("network"),
    )


async def query(request: Request) -> Response:
    """Show a question with its form and, once it is filled in, its answer.

    :raises Refusal: with 404 if the query is none that is asked.
    """
    service = service_of(request)
    name = request.scope["path"].rpartition("/")[2].removesuffix(".html")
    found = service.dataset.queries.get(name)
    if found.kind == "rule":
        raise Refusal(404, f"{found.name} is a rule, not a question")
    names = service.dataset.names
    form = await asyncio.to_thread(read_form, found, request.query_params, names)
    shown: Shown | None = None
    if not form.errors and not form.missing:
        table = await service.answer(found, dict(form.given))
        shown = show(request, table, found.columns)
    root = root_of(request)
    fields = query_string(form.pairs)
    return page(
        request,
        "query.html",
        title=found.title,
        status=400 if form.errors else 200,
        query=found,
        charts=CHARTS,
        form=form,
        shown=shown,
        action=f"{root}/queries/{found.name}",
        permalink=f"{root}/queries/{found.name}{fields}",
        files=[(f"{root}/queries/{found.name}.{suffix}{fields}", words)
               for suffix, words in DOWNLOADS],
        example=_example(found, form, root),
    )  # fmt: skip


def _example(found: Query, form: Form, root: str) -> tuple[str, str] | None:
    """Return words and URL of an example for a form in which something is missing."""
    pairs = [(p.name, p.example) for p in found.parameters if p.example and not p.optional]
    if not form.missing or not pairs:
        return None
    return pairs[0][1], f"{root}/queries/{found.name}{query_string(pairs)}"


def _fits(query: Query, tag: str, text: str) -> bool:
    words = f"{query.name} {query.title} {query.question} {query.description}".casefold()
    return (not tag or tag in query.tags) and all(w in words for w in text.casefold().split())
