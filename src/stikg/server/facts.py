"""What is known of a thing or a passage as JSON values: terms with their names and links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from stikg.dataset.thing import question_of
from stikg.server.asked import question
from stikg.server.links import href
from stikg.terms import IRI, XSD_STRING, Literal, Term, compress, expand

if TYPE_CHECKING:
    from stikg.results import Table
    from stikg.server.service import Service

Json = dict[str, Any]

_PLACE: Final = {
    "section": "sti:section",
    "sectionTitle": "sti:sectionTitle",
    "kind": "sti:passageKind",
    "order": "sti:order",
    "page": "sti:page",
    "digest": "sti:tokenDigest",
    "tokenCount": "sti:tokenCount",
}
"""What is told of the place of a passage, and the property that says it."""


def term_json(term: Term | None, label: Term | None = None, root: str = "/") -> Json | None:
    """Return a term as JSON; only what may be followed has a ``url``.

    >>> term_json(IRI("javascript:alert(1)"))
    {'iri': 'javascript:alert(1)'}
    >>> term_json(Literal("a", language="en"))
    {'value': 'a', 'language': 'en'}
    """
    if term is None:
        return None
    if isinstance(term, Literal):
        kind = "" if term.language or term.datatype == XSD_STRING else term.datatype
        parts = {"value": term.value, "language": term.language, "datatype": kind}
    else:
        link = href(term.value, root) if isinstance(term, IRI) else None
        parts = {"iri": str(term), "label": str(label or ""), "url": link or ""}
    return {key: value for key, value in parts.items() if value or key == "value"}


async def facts_of(service: Service, iri: IRI, root: str = "/") -> Json | None:
    """Return what is known of a thing, or None if that is nothing.

    :raises StikgError: as ``Pool.run``.
    """
    statements = await service.table(question_of("statements", iri))
    if not statements.rows:
        return None
    types = await service.table(question_of("types", iri))
    names = service.dataset.names
    return {
        "iri": iri.value,
        "curie": compress(iri.value),
        "label": names.label(iri),
        "url": href(iri.value, root),
        "types": [
            term_json(kind, Literal(names.label(kind)), root)
            for (kind,) in types
            if isinstance(kind, IRI)
        ],
        "statements": statements_json(statements, root),
    }


async def passage_of(service: Service, iri: IRI, root: str = "/") -> Json | None:
    """Return the place, the digest and the statements of a passage; None if it is none.

    :raises StikgError: as ``Pool.run``.
    """
    described = await service.table(question("place", iri))
    if not described.rows:
        return None
    nodes = _by_node(described)
    own = nodes[iri]
    extents = [nodes.get(node, {}) for node in own.get(expand("oa:hasSelector"), ())]
    parts = [nodes.get(node, {}) for node in own.get(expand("sti:part"), ())]
    claims = await service.table(question("claims", iri))
    document = _first(own, "dcterms:isPartOf")
    return {
        "iri": iri.value,
        "curie": compress(iri.value),
        "url": href(iri.value, root),
        "document": term_json(document, _label(service, document), root),
        **_without_nothing({name: _plain(_first(own, curie)) for name, curie in _PLACE.items()}),
        **(_extent(extents[0]) if extents else {}),
        "parts": sorted(map(_extent, parts), key=lambda part: part.get("start", 0)),
        "statements": statements_json(claims, root),
    }


def statements_json(table: Table, root: str = "/") -> list[Json]:
    """Return statements with their origin and passage as JSON."""
    found = []
    for row in table:
        cell = dict(zip(table.columns, row, strict=True))
        found.append(
            {
                "subject": term_json(cell["subject"], cell["subjectLabel"], root),
                "property": term_json(cell["property"], cell["propertyLabel"], root),
                "value": term_json(cell["value"], cell["valueLabel"], root),
                "origin": str(cell["origin"] or ""),
                "passage": term_json(cell["passage"], root=root),
            }
        )
    return found


_Node = Mapping[Term, Sequence[Term]]


def _by_node(table: Table) -> dict[Term | None, dict[Term, list[Term]]]:
    nodes: dict[Term | None, dict[Term, list[Term]]] = {}
    for node, prop, value in table:
        if prop is not None and value is not None:
            nodes.setdefault(node, {}).setdefault(prop, []).append(value)
    return nodes


def _extent(node: _Node) -> Json:
    curies = {"start": "oa:start", "end": "oa:end", "digest": "sti:tokenDigest"}
    return _without_nothing({name: _plain(_first(node, curie)) for name, curie in curies.items()})


def _first(node: _Node, curie: str) -> Term | None:
    return next(iter(node.get(expand(curie), ())), None)


def _label(service: Service, term: Term | None) -> Literal | None:
    return Literal(service.dataset.names.label(term)) if isinstance(term, IRI) else None


def _plain(term: Term | None) -> object:
    """Return a value as JSON has it; of a concept its name."""
    if isinstance(term, Literal):
        value = term.to_python()
        return value if isinstance(value, int) else term.value
    return None if term is None else str(term).rpartition("/")[2]


def _without_nothing(values: Mapping[str, object]) -> Json:
    return {key: value for key, value in values.items() if value is not None}
