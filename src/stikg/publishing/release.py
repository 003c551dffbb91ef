"""Release files: the graph, or what one document says, in every RDF format.

Turtle, N-Triples and RDF/XML have no named graphs: they hold the default graph, each statement
once. TriG, N-Quads and JSON-LD hold the default graph and every named graph, so that the evidence
travels along. The same dataset gives the same bytes on every run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from stikg.errors import UnknownName
from stikg.serialisation import Format, write
from stikg.terms import BASE, IRI, Quad

_MADE_FOR_THE_STORE: Final = (f"{BASE}graph/labels", f"{BASE}graph/provenance")


def export(
    quads: Iterable[Quad],
    rdf_format: Format,
    *,
    document: str | None = None,
    context: Mapping[str, object] | None = None,
) -> bytes:
    """Return the release file of a dataset, or of one document of it.

    What one document says is its passage and reading graphs, its own description, and of every
    thing it names the curated identity.

    :raises UnknownName: if the dataset has no such document.
    """
    chosen = list(quads) if document is None else list(_of_document(list(quads), document))
    if not rdf_format.graphs:
        chosen = [quad for quad in chosen if quad[3] is None]
    return write(chosen, rdf_format, context=context).encode("utf-8")


def _of_document(quads: list[Quad], document: str) -> Iterator[Quad]:
    """Yield the quads of a document's graphs, each also as a triple of the default graph."""
    own = (f"{BASE}document/{document}/", f"{BASE}graph/document/{document}/")
    said = [quad for quad in quads if quad[3] is not None and str(quad[3]).startswith(own)]
    if not said:
        home = f"{BASE}graph/document/"
        graphs = {str(quad[3]) for quad in quads}
        known = {name.removeprefix(home).split("/")[0] for name in graphs if name.startswith(home)}
        raise UnknownName(
            f"the dataset holds no document {document!r}",
            candidates=sorted(known),
            remedy=f"use one of {', '.join(sorted(known))}",
        )
    named = {term for quad in said for term in (*quad[:3], quad[3]) if isinstance(term, IRI)}
    identity = [
        quad for quad in quads
        if quad[3] is not None and quad[0] in named and _describes(str(quad[3]))
    ]  # fmt: skip
    for subject, predicate, value, graph in (*said, *identity):
        yield subject, predicate, value, graph
        yield subject, predicate, value, None


def _describes(graph: str) -> bool:
    """Tell whether a graph says who things are: reference, schemes, labels, provenance."""
    curated = (f"{BASE}graph/reference/", f"{BASE}graph/ontology/")
    return graph.startswith(curated) or graph in _MADE_FOR_THE_STORE
