"""Where a server takes queries, updates and graphs: as told, else as its kind has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import urlencode

from stikg.errors import EndpointError, InputError
from stikg.store.writing.connection import Connection, split_url

Protocol = Literal["auto", "update", "gsp"]

JSON: Final = "application/sparql-results+json"
UPDATE: Final = "application/sparql-update"
NOTHING: Final = "urn:x-stikg:nothing"
"""A graph that no server has."""


@dataclass(frozen=True)
class Places:
    """The URLs of a server; ``update`` or ``graphs`` is empty where it offers no such protocol.

    ``kind`` is the name that it gives itself in the header Server.
    """

    query: str
    update: str = ""
    graphs: str = ""
    kind: str = ""

    @property
    def virtuoso(self) -> bool:
        """Tell whether it is Virtuoso, which differs in several ways (docs/engines.md)."""
        return "virtuoso" in self.kind.lower()


def guess_places(url: str) -> list[Places]:
    """Return the places where servers of the known kinds have their protocols, the likeliest first.

    >>> [place.update for place in guess_places("http://localhost:3030/ds")]
    ['http://localhost:3030/ds/update', 'http://localhost:3030/ds/update']
    >>> guess_places("http://localhost:8890/sparql")[0].graphs
    'http://localhost:8890/sparql-graph-crud-auth'
    """
    base = url.partition("?")[0].rstrip("/")
    if "/repositories/" in base:  # RDF4J, GraphDB
        base = base.removesuffix("/statements")
        return [Places(base, f"{base}/statements")]
    for end in ("/sparql-auth", "/sparql-graph-crud-auth", "/sparql"):
        if base.endswith(end):
            return [_virtuoso(base.removesuffix(end))]
    for end in ("/update", "/query", "/data", "/store"):
        base = base.removesuffix(end)
    oxigraph = Places(f"{base}/query", f"{base}/update", f"{base}/store")
    fuseki = replace(oxigraph, graphs=f"{base}/data")
    return [fuseki, oxigraph] if split_url(base).path else [oxigraph, _virtuoso(base)]


def find_places(
    connection: Connection,
    *,
    protocol: Protocol = "auto",
    query: str | None = None,
    update: str | None = None,
    graphs: str | None = None,
) -> Places:
    """Return where the server of a connection takes queries and what is written.

    What is not told is guessed by the URL and asked for; nothing is written. With ``auto`` Update
    is taken if there is one, because it alone can change many graphs at once.

    :raises EndpointError: if nothing there answers queries, or nothing can be written there.
    :raises InputError: if a URL is of another server than that of the connection.
    """
    told = {"query": query, "update": update, "graphs": graphs}
    given = {name: url for name, url in told.items() if url}
    for url in given.values():
        if split_url(url)[:2] != split_url(connection.url)[:2]:
            raise InputError(
                "is of another server", where=url, remedy="name URLs of one server, or push twice"
            )
    places = _answering(
        connection, [replace(guess, **given) for guess in guess_places(connection.url)]
    )
    if protocol != "gsp" and _takes_updates(connection, places, sure=protocol == "update"):
        return replace(places, graphs="")
    if protocol != "update" and _takes_graphs(connection, places):
        return replace(places, update="")
    raise connection.error(
        f"nothing can be written there by {_NAMES[protocol]}",
        remedy="let the server allow it, or name its URL with --update-url or --graph-store-url",
    )


_NAMES: Final = {
    "auto": "SPARQL Update or the Graph Store Protocol",
    "update": "SPARQL Update",
    "gsp": "the Graph Store Protocol",
}


def _virtuoso(base: str) -> Places:
    return Places(f"{base}/sparql", f"{base}/sparql-auth", f"{base}/sparql-graph-crud-auth")


def _answering(connection: Connection, guesses: list[Places]) -> Places:
    said = []
    for guess in guesses:
        reply = connection.request(
            "GET", f"{guess.query}?{urlencode({'query': 'ASK { }'})}", headers={"Accept": JSON}
        )
        if reply.status in {401, 403}:
            raise refused(connection, guess.query, reply.status)
        if reply.well and b'"head"' in reply.body:
            return replace(guess, kind=reply.headers.get("server", ""))
        said.append(f"{guess.query} answered {reply.status}")
    raise connection.error(
        f"no SPARQL queries are answered there ({', '.join(said)})",
        remedy="name the URL for queries with --query-url",
    )


def _takes_updates(connection: Connection, places: Places, *, sure: bool) -> bool:
    """Tell whether updates are taken, by one that changes nothing."""
    reply = connection.request(
        "POST", places.update, body=b"INSERT DATA { }", headers={"Content-Type": UPDATE}
    )
    if reply.status in {401, 403} and (sure or connection.credentials or reply.status == 401):
        raise refused(connection, places.update, reply.status)
    return reply.well


def _takes_graphs(connection: Connection, places: Places) -> bool:
    """Tell whether graphs are taken, by asking for one that is not there."""
    if not places.graphs:
        return False
    url = f"{places.graphs}?{urlencode({'graph': NOTHING})}"
    reply = connection.request("GET", url, headers={"Accept": "application/n-triples"})
    if reply.status in {401, 403}:
        raise refused(connection, places.graphs, reply.status)
    return reply.status in {200, 204, 404}


def refused(connection: Connection, url: str, status: int) -> EndpointError:
    """Return the error of a server that does not let us in."""
    if connection.credentials is None:
        problem = f"it asks who writes ({status})"
        remedy = "set STIKG_USER and STIKG_PASSWORD, or add the server to netrc"
    elif status == 401:
        problem, remedy = "it does not know this name or password (401)", "look at them again"
    else:
        problem, remedy = "it does not let this user do that (403)", "ask who runs it for the right"
    return connection.error(problem, where=url, remedy=remedy)
