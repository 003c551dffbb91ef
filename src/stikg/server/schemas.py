"""JSON Schemas of what the interface takes and gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from stikg.library.values import LONGEST
from stikg.server.catalogue import ASKED

if TYPE_CHECKING:
    from stikg.library import Parameter, Query

Json = dict[str, Any]

PRINTABLE: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
"""Text without control characters."""

_DECIMAL: Final = r"^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)$"
_VALUES: Final[dict[str, Json]] = {
    "year": {"type": ["integer", "null"]},
    "integer": {"type": ["integer", "null"]},
    "decimal": {"type": ["number", "null"]},
    "boolean": {"type": ["boolean", "null"]},
    "term": {"type": ["string", "number", "boolean", "null"]},
}
"""Column type → what stands in JSON; in other columns text."""

_TEXT: Final[Json] = {"type": "string"}
_COUNT: Final[Json] = {"type": "integer", "minimum": 0}


def ref(name: str) -> Json:
    """Return a reference to a schema of the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def value_schema(parameter: Parameter) -> Json:
    """Return the schema of one value of a parameter, as it stands in a URL.

    Of a resource the format tells the class: ``name-of:sti:Area``.

    >>> from stikg.library import Parameter
    >>> value_schema(Parameter("since", "year", minimum="1900"))
    {'type': 'integer', 'minimum': 1900, 'maximum': 9999}
    """
    kind = parameter.type
    if kind == "choice":
        return {"type": "string", "enum": list(parameter.values)}
    if kind == "boolean":
        return {"type": "boolean"}
    if kind == "date":
        return {"type": "string", "format": "date"}
    if kind == "resource":
        form = f"name-of:{parameter.cls}" if parameter.cls else "name"
        return {"type": "string", "format": form, "maxLength": LONGEST}
    if kind == "decimal":
        return {"type": "string", "pattern": _DECIMAL, "maxLength": LONGEST}
    if kind in {"year", "integer"}:
        return _whole_number(parameter)
    pattern = f"^(?:{parameter.pattern})$" if parameter.pattern else PRINTABLE
    return {"type": "string", "pattern": pattern, "maxLength": LONGEST}


def _whole_number(parameter: Parameter) -> Json:
    year = parameter.type == "year"
    low = parameter.minimum or ("1000" if year else "")
    high = parameter.maximum or ("9999" if year else "")
    bounds = {"minimum": low, "maximum": high}
    return {"type": "integer", **{key: int(value) for key, value in bounds.items() if value}}


def answer_schema(query: Query) -> Json:
    """Return the schema of the JSON answer of a query."""
    types = {column.name: column.type for column in query.columns}
    row = {name: _VALUES.get(kind, {"type": ["string", "null"]}) for name, kind in types.items()}
    return _object(
        {
            "columns": {"type": "array", "items": _TEXT},
            "rows": {"type": "array", "items": _object(row)},
            "query": {"const": query.name},
            "types": {"type": "object", "additionalProperties": _TEXT},
            "first": _COUNT,
            "total": _COUNT,
            "next": {"type": ["string", "null"]},
        }
    )


def _object(properties: Json, *optional: str) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _list(item: Json) -> Json:
    return {"type": "array", "items": item}


_TERM: Final = _object(
    {
        name: _TEXT for name in ("iri", "label", "url", "value", "language", "datatype")
    },
    "iri", "label", "url", "value", "language", "datatype",
)  # fmt: skip
_STATEMENT: Final = _object(
    {
        "subject": ref("Term"),
        "property": ref("Term"),
        "value": ref("Term"),
        "origin": {"type": "string", "enum": ["stated", "read", "curated", "inferred", ""]},
        "passage": {"anyOf": [ref("Term"), {"type": "null"}]},
    }
)
_EXTENT: Final = {"start": _COUNT, "end": _COUNT, "digest": _TEXT}
_WORDS: Final = _object({"before": _TEXT, "words": _TEXT, "after": _TEXT})
_PASSAGE: Final = _object(
    {
        "iri": _TEXT,
        "curie": _TEXT,
        "url": _TEXT,
        "document": ref("Term"),
        "section": _TEXT,
        "sectionTitle": _TEXT,
        "kind": _TEXT,
        "order": _COUNT,
        "page": _COUNT,
        "tokenCount": _COUNT,
        **_EXTENT,
        "parts": _list(_object(_EXTENT, *_EXTENT)),
        "statements": _list(ref("Statement")),
        "words": {"anyOf": [_WORDS, {"type": "null"}]},
    },
    "section", "sectionTitle", "kind", "order", "page", "tokenCount", *_EXTENT,
)  # fmt: skip
_FACTS: Final = _object(
    {
        "iri": _TEXT,
        "curie": _TEXT,
        "label": _TEXT,
        "url": _TEXT,
        "types": _list(ref("Term")),
        "statements": _list(ref("Statement")),
    }
)
_HIT: Final = _object(
    {name: _TEXT for name in ("iri", "curie", "label", "kind", "matched", "source", "url", "value")}
)
_FILE: Final = _object(
    {
        "name": _TEXT,
        "url": _TEXT,
        "title": _TEXT,
        "mediaType": _TEXT,
        "graphs": {"type": "boolean"},
        "byteSize": _COUNT,
        "sha256": _TEXT,
    },
    "byteSize", "sha256",
)  # fmt: skip
_PROBLEM: Final[Json] = {
    "type": "object",
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": _TEXT,
        "remedy": _TEXT,
        "field": _TEXT,
        "line": _COUNT,
        "column": _COUNT,
        "candidates": _list(_TEXT),
    },
    "required": ["type", "title", "status", "detail"],
}
_ENTRY: Final[Json] = {
    "type": "object",
    "properties": {
        "name": _TEXT,
        "kind": {"type": "string", "enum": list(ASKED)},
        "title": _TEXT,
        "question": _TEXT,
        "description": _TEXT,
        "parameters": _list({"type": "object"}),
        "columns": _list({"type": "object"}),
        "url": _TEXT,
        "iri": _TEXT,
        "formats": {"type": "object", "additionalProperties": _TEXT},
    },
    "required": ["name", "kind", "title", "parameters", "columns", "url", "iri", "formats"],
}
COMPONENTS: Final[Json] = {
    "schemas": {
        "Problem": _PROBLEM,
        "Term": _TERM,
        "Statement": _STATEMENT,
        "Facts": _FACTS,
        "Passage": _PASSAGE,
        "Hits": _object({"q": _TEXT, "hits": _list(_HIT)}),
        "Files": _object({"canonicalHash": _TEXT, "files": _list(_FILE)}),
        "Catalogue": _object({"queries": _list(_ENTRY)}),
    }
}
"""What the description refers to by name."""
