"""Answers of SPARQL endpoints: SPARQL 1.1 Query Results JSON and RDF, to our own terms."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph

from stikg.results import Table
from stikg.serialisation.engine import triples_from_engine
from stikg.terms import IRI, XSD_STRING, BlankNode, Literal, Term, Triple


def read_solutions(body: bytes) -> Table:
    """Return the table of a SPARQL JSON document.

    :raises ValueError: if the document is not one, or is cut.

    >>> read_solutions(b'{"head": {"vars": ["x"]}, "results": {"bindings": [{}]}}').rows
    ((None,),)
    """
    content = _object(body)
    try:
        columns = tuple(map(str, content["head"]["vars"]))
        rows = tuple(
            tuple(_term(row[name]) if name in row else None for name in columns)
            for row in content["results"]["bindings"]
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"it holds no solutions ({error})") from error
    return Table(columns, rows)


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


def _object(body: bytes) -> dict[str, Any]:
    content = json.loads(body)
    if not isinstance(content, dict):
        raise ValueError("it is no JSON object")
    return content


def _term(cell: dict[str, str]) -> Term:
    kind, value = cell["type"], cell["value"]
    if kind == "uri":
        return IRI(value)
    if kind == "bnode":
        return BlankNode(value)
    if kind not in {"literal", "typed-literal"}:
        raise KeyError(kind)
    return Literal(value, cell.get("datatype", XSD_STRING), cell.get("xml:lang", ""))
