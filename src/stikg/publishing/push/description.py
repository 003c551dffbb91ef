"""The description of a release on its server: DCAT and VoID, and a list of its graphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stikg.publishing.push.content import Digest, Release, line, overall
from stikg.publishing.push.names import RELEASE, short
from stikg.store.dialects import VIRTUOSO_DEFAULT_GRAPH
from stikg.store.writing import CutShort, WritableStore
from stikg.terms import BASE, IRI, ONTOLOGY, PREFIXES, XSD, Literal, Term, expand

DATASET: Final = IRI(f"{BASE}dataset")
LICENCE: Final = IRI("https://creativecommons.org/licenses/by/4.0/")
_SERVICE: Final = "http://www.w3.org/ns/sparql-service-description#"
_NAME: Final = IRI(f"{_SERVICE}name")
_SUM: Final = IRI("http://spdx.org/rdf/terms#checksumValue")
_COUNT: Final = IRI(PREFIXES["void"] + "triples")
_PAGE: Final = 5000


@dataclass(frozen=True)
class Published:
    """The release that a server says it has: version, day, graphs with their digests."""

    version: str
    modified: str
    graphs: dict[str | None, Digest]

    @property
    def quads(self) -> int:
        """The number of all quads."""
        return sum(digest.triples for digest in self.graphs.values())


def describe(release: Release) -> list[str]:
    """Return the description as lines of N-Triples, sorted; the day is no part of it."""
    named = len([graph for graph in release.graphs if graph is not None])
    about: list[tuple[str, Term]] = [
        ("rdf:type", expand("dcat:Dataset")),
        ("rdf:type", expand("void:Dataset")),
        ("dcterms:title", Literal("stikg", language="en")),
        ("dcterms:license", LICENCE),
        ("dcterms:conformsTo", IRI(ONTOLOGY)),
        ("dcat:version", Literal(release.version)),
        ("void:triples", _number(release.quads)),
        ("dcterms:extent", Literal(f"{release.quads} quads, {named} named graphs")),
    ]
    lines = [line(DATASET, expand(name), value) for name, value in about]
    lines.append(line(DATASET, _SUM, Literal(overall(release.graphs))))
    for graph, digest in release.graphs.items():
        node = IRI(f"{RELEASE}#{short(graph)}")
        lines.append(line(node, _NAME, IRI(graph or VIRTUOSO_DEFAULT_GRAPH)))
        lines.append(line(node, _COUNT, _number(digest.triples)))
        lines.append(line(node, _SUM, Literal(digest.sha256)))
    return sorted(lines)


def read_published(store: WritableStore) -> Published | None:
    """Return the release that the server describes, or None.

    :raises EndpointError: if the server does not answer.
    """
    dataset, version, modified = (
        term.n3() for term in (DATASET, expand("dcat:version"), expand("dcterms:modified"))
    )
    about = store.select(
        f"SELECT ?version ?day {{ GRAPH <{RELEASE}> {{ {dataset} {version} ?version"
        f" OPTIONAL {{ {dataset} {modified} ?day }} }} }} ORDER BY ?day"
    ).rows
    if not about:
        return None
    name, day = about[-1]
    return Published(str(name), str(day or ""), read_list(store, RELEASE))


def read_list(store: WritableStore, graph: str) -> dict[str | None, Digest]:
    """Return the graphs that a description in some graph lists.

    :raises EndpointError: if the server does not answer.
    """
    query = (
        f"SELECT ?name ?n ?sum {{ GRAPH <{graph}> {{ ?x {_NAME.n3()} ?name ; {_COUNT.n3()} ?n ;"
        f" {_SUM.n3()} ?sum }} }} ORDER BY ?name ?n ?sum"
    )
    try:
        rows = list(store.select(query).rows)
    except CutShort:
        rows = []
        while len(rows) % _PAGE == 0:
            paged = f"SELECT ?name ?n ?sum {{ {{ {query} }} }} LIMIT {_PAGE} OFFSET {len(rows)}"
            page = store.select(paged).rows
            rows += page
            if not page:
                break
    return {
        None if str(name) == VIRTUOSO_DEFAULT_GRAPH else str(name): Digest(int(str(n)), str(total))
        for name, n, total in rows
    }


def day_triple(day: str) -> str:
    """Return the line that tells when the release was put there."""
    return line(DATASET, expand("dcterms:modified"), Literal(day, XSD + "dateTime"))


def _number(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")
