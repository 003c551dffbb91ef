"""The page of a network: a picture, and tables that say the same."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from stikg.library import Column, Query
from stikg.library.model import EDGE
from stikg.results import Table, render
from stikg.server.pages.asking import rows, service_of
from stikg.server.pages.drawing import Edge, Node, Picture, draw
from stikg.server.pages.forms import Form, read_form
from stikg.server.pages.links import Ref, address, ref, short
from stikg.server.pages.printing import print_network
from stikg.server.pages.rendering import changed, page, query_string, root_of
from stikg.server.pages.tables import show
from stikg.server.problems import Refusal
from stikg.terms import IRI, Term

if TYPE_CHECKING:
    from stikg.networks import Graph

FORMATS: Final = {
    "csv": ("text/csv; charset=utf-8", "CSV, the ties, for a spreadsheet"),
    "gexf": ("application/gexf+xml", "GEXF, for Gephi"),
    "graphml": ("application/graphml+xml", "GraphML, for yEd and Cytoscape"),
    "net": ("text/plain; charset=utf-8", "Pajek"),
    "svg": ("image/svg+xml", "SVG drawing, for print"),
    "png": ("image/png", "PNG drawing, for slides"),
    "json": ("application/json", "JSON, nodes and edges"),
    "html": ("text/html; charset=utf-8", "one page to explore without a server"),
}
MEASURES: Final = (
    Column("node", "resource", "Thing"),
    Column("kind", "string", "Kind"),
    Column("degree", "integer", "Neighbours"),
    Column("edges", "integer", "Ties"),
    Column("betweenness", "decimal", "Between"),
    Column("rank", "integer", "Rank"),
)
"""What is measured of each node, in plain words."""

MOST: Final = 60
MOST_DRAWN: Final = 400
"""Nodes in a column of the page's picture, and nodes of a drawing for print."""


async def networks(request: Request) -> Response:
    """List the networks; show the only one."""
    known = service_of(request).dataset.queries.of_kind("network")
    return page(request, "networks.html", title="Networks", networks=known)


async def network(request: Request) -> Response:
    """Show a network, or give it in the format that the path ends with.

    :raises Refusal: with 404 if there is no such network.
    """
    name, _, suffix = request.path_params["name"].partition(".")
    library = service_of(request).dataset.queries
    query = library.get(name)
    if query.kind != "network" or (suffix and suffix not in FORMATS):
        raise Refusal(404, f"there is no network {request.path_params['name']!r}")
    names = service_of(request).dataset.names
    offered = await _relations(request, query)
    form = await asyncio.to_thread(
        lambda: read_form(query, request.query_params, names, offered=offered)
    )
    if suffix:
        return await _file(request, query, form, suffix)
    given = {} if form.errors else form.given
    table = await answer_of(request, query, given)
    graph = await asyncio.to_thread(_graph, table, query)
    return await _page(request, query, form, table, graph)


async def _relations(request: Request, query: Query) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the relations of a network as choices of the parameter that asks for one."""
    classes = {column.name: column.cls for column in query.columns}
    cls = classes.get(query.edge or EDGE["edge"])
    asked = [item for item in query.parameters if cls and item.cls == cls]
    names = service_of(request).dataset.names
    if not asked or names.complete("", cls, limit=1):
        return {}
    found = {
        short(row["relation"]): str(row.get("relationLabel", row["relation"]))
        for row in rows(await answer_of(request, query, {}))
    }
    choices = tuple(sorted(found.items(), key=lambda choice: choice[1]))
    return {item.name: choices for item in asked}


async def answer_of(request: Request, query: Query, given: Mapping[str, tuple[Term, ...]]) -> Table:
    """Return the edges of a network, one row for each edge and passage."""
    from stikg.networks import edges_of

    service = service_of(request)
    return edges_of(await service.answer(query, dict(given)), query)


def picture_of(table: Table, *, root: str, most: int = MOST) -> Picture | None:
    """Return the drawing of the edges of a network; None if there are none."""
    nodes: dict[str, Node] = {}
    edges: dict[Edge, None] = {}
    for row in rows(table):
        ends = []
        for side in ("source", "target"):
            iri, kind = row[side], row.get(f"{side}KindLabel", "")
            shown = ref(iri, row.get(f"{side}Label"), root=root)
            ends.append(str(iri))
            nodes.setdefault(str(iri), Node(str(iri), shown.text, shown.href, str(kind)))
        edges[Edge(ends[0], ends[1], ref(row["relation"], row.get("relationLabel")).text)] = None
    return draw(nodes, list(edges), most=most) if edges else None


async def _page(request: Request, query: Query, form: Form, table: Table, graph: Graph) -> Response:
    from stikg.networks import is_built, measure, summarise

    root = root_of(request)
    summary = await asyncio.to_thread(summarise, graph) if len(graph) else None
    measured = await asyncio.to_thread(measure, graph) if len(graph) else Table((), ())
    fields = query_string(form.pairs)
    return page(
        request,
        "network.html",
        title=query.title,
        status=400 if form.errors else 200,
        query=query,
        form=form,
        summary=summary,
        picture=picture_of(table, root=root),
        nodes=show(request, measured, MEASURES),
        edges=_edges(table, root),
        files=[(f"{root}/networks/{query.name}.{suffix}{fields}", suffix, words)
               for suffix, (_, words) in FORMATS.items() if suffix != "html" or is_built()],
        source=f"{root}/networks/{query.name}.json{fields}",
        plain=changed(request, sort=None, page=None),
        others=service_of(request).dataset.queries.of_kind("network"),
    )  # fmt: skip


def _edges(table: Table, root: str) -> list[dict[str, object]]:
    """Return each edge once, with the passages that say so."""
    found: dict[tuple[Term, Term, Term], dict[str, object]] = {}
    passages: dict[tuple[Term, Term, Term], list[Ref]] = {}
    for row in rows(table):
        key = (row["source"], row["target"], row["relation"])
        found.setdefault(
            key,
            {name: ref(row[name], row.get(f"{name}Label"), root=root)
             for name in ("source", "relation", "target")},
        )  # fmt: skip
        listed = passages.setdefault(key, [])
        passage = row.get("passage")
        if passage is not None and (shown := ref(passage, root=root)) not in listed:
            listed.append(shown)
    return [{**edge, "passages": passages[key]} for key, edge in found.items()]


def _graph(table: Table, query: Query) -> Graph:
    from stikg.networks import network_of

    return network_of(table, query)


async def _file(request: Request, query: Query, form: Form, suffix: str) -> Response:
    if form.errors:
        wrong = form.errors[0]
        raise Refusal(400, f"{wrong.title}: {wrong.error}", field=wrong.name)
    table = await answer_of(request, query, form.given)
    media_type = FORMATS[suffix][0]
    if suffix == "csv":
        return _download(render(table, "csv"), media_type, query, suffix)
    if suffix in {"svg", "png"}:
        subtitle = ", ".join(f"{name}: {value}" for name, value in form.pairs)
        drawn = await print_network(table, suffix, query.title, subtitle, most=MOST_DRAWN)
        return _download(drawn, media_type, query, suffix)
    graph = await asyncio.to_thread(_graph, table, query)
    graph.graph["filters"] = _filters(request, form)
    graph.graph["version"] = service_of(request).version
    if suffix == "json":
        return JSONResponse(_as_json(graph, query, root_of(request)))
    from stikg.networks import render_network

    content = await asyncio.to_thread(render_network, graph, f".{suffix}")
    return _download(content, media_type, query, suffix)


def _filters(request: Request, form: Form) -> dict[str, str]:
    """Return what was given for each parameter as people read it: things by their label."""
    label = service_of(request).dataset.names.label
    return {
        name: ", ".join(
            (label(term) if isinstance(term, IRI) else None) or short(term) for term in terms
        )
        for name, terms in form.given.items() if terms
    }  # fmt: skip


def _download(content: str | bytes, media_type: str, query: Query, suffix: str) -> Response:
    body = content.encode() if isinstance(content, str) else content
    name = f'attachment; filename="{query.name}.{suffix}"'
    return Response(body, media_type=media_type, headers={"Content-Disposition": name})


def _as_json(graph: Graph, query: Query, root: str) -> dict[str, object]:
    """Return the node-link JSON of a network, each node with the address of its page."""
    from stikg.networks import node_link

    values = node_link(graph)
    nodes = [{**node, "href": address(IRI(node["id"]), root=root)[0]} for node in values["nodes"]]
    return {"name": query.name, "title": query.title, **values, "nodes": nodes}
