"""Answers of SPARQL endpoints: SPARQL 1.1 Query Results JSON and RDF, to our own terms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

import pyoxigraph

from stikg.results import Row, Stream
from stikg.serialisation.engine import triples_from_engine
from stikg.store.incremental import Scanner
from stikg.terms import IRI, XSD_STRING, BlankNode, Literal, Term, Triple

_MOST_SHARED: Final = 1 << 16
"""IRIs of which equal ones share one object, so that memory does not grow with the answer."""


def read_solutions(pieces: Iterable[bytes]) -> Stream:
    """Return the solutions of a SPARQL JSON document that comes in pieces.

    If its head comes last, as JSON allows, they are all in memory before the first is given.

    :raises ValueError: if the document is not one, or is cut; later also from the rows.

    >>> read_solutions([b'{"head": {"vars": ["x"]}, "results": {"bindings', b'": [{}]}}']).table().rows
    ((None,),)
    """  # noqa: E501
    parts = _parts(Scanner(pieces))
    early: list[Any] = []
    for columns, row in parts:
        if columns is not None:
            rest = (later for _, later in parts if later is not None)
            return Stream(columns, _rows(columns, chain(early, rest)))
        early.append(row)
    raise ValueError("it holds no solutions")


def read_boolean(body: bytes) -> bool:
    """Return the truth value of a SPARQL JSON document.

    :raises ValueError: if the document holds none.
    """
    value = _object(body).get("boolean")
    if not isinstance(value, bool):
        raise ValueError("it holds no truth value")
    return value


def read_triples(body: bytes, media_type: str) -> set[Triple]:
    """Return the triples of an RDF document.

    :raises ValueError: if the media type is not RDF or the document does not parse.
    """
    format = pyoxigraph.RdfFormat.from_media_type(media_type)
    if format is None:
        raise ValueError(f"{media_type} is no format of RDF")
    try:
        quads = pyoxigraph.parse(body, format)
        return set(triples_from_engine(quad.triple for quad in quads))
    except SyntaxError as error:
        raise ValueError(str(error)) from error


def _parts(scanner: Scanner) -> Iterator[tuple[tuple[str, ...] | None, Any]]:
    """Yield the columns when they come, and the bindings of each row, in the document's order."""
    if scanner.peek() != "{":
        raise ValueError("it is no JSON object")
    complete = False
    for key in scanner.keys():
        if key == "head":
            yield _columns(scanner.value()), None
        elif key == "results" and scanner.peek() == "{":
            for inner in scanner.keys():
                if inner != "bindings":
                    scanner.value()
                    continue
                for row in scanner.items():
                    yield None, row
                complete = True
        else:
            scanner.value()
    scanner.finish()
    if not complete:
        raise ValueError("it holds no solutions")


def _columns(head: Any) -> tuple[str, ...]:
    names = head.get("vars") if isinstance(head, dict) else None
    if not isinstance(names, list):
        raise ValueError("it holds no solutions (no list of variables)")
    return tuple(map(_text, names))


def _rows(columns: tuple[str, ...], rows: Iterable[Any]) -> Iterator[Row]:
    shared: dict[str, IRI] = {}
    for row in rows:
        if not isinstance(row, dict):
            raise ValueError("a row of it is no object")
        if len(shared) > _MOST_SHARED:
            shared.clear()
        yield tuple([None if name not in row else _term(row[name], shared) for name in columns])


def _object(body: bytes) -> dict[str, Any]:
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("it is no JSON object")
    return content


def _term(cell: Any, shared: dict[str, IRI]) -> Term:
    if not isinstance(cell, dict):
        raise ValueError("a term of it is no object")
    kind, value = cell.get("type"), _text(cell.get("value"))
    if kind == "uri":
        return shared.get(value) or shared.setdefault(value, IRI(value))
    if kind == "bnode":
        return BlankNode(value)
    if kind not in {"literal", "typed-literal"}:
        raise ValueError(f"a term of it is of an unknown type: {kind}")
    if language := cell.get("xml:lang"):
        return Literal(value, language=_text(language))
    return Literal(value, _text(cell.get("datatype") or XSD_STRING))


def _text(value: Any) -> str:
    """Return what has to be text; half a pair of surrogates, which JSON can escape, is none."""
    if not isinstance(value, str):
        raise ValueError("a value of it is no text")
    if not value.isascii():
        value.encode()
    return value
