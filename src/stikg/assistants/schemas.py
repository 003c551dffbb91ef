"""JSON Schemas of what tools are given and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from stikg.assistants.settings import Settings
from stikg.library import Parameter, Query

_TYPES: Final[Mapping[str, str]] = {
    "year": "integer",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
}

_LABELLED: Final = {
    "type": "object",
    "properties": {"iri": {"type": "string"}, "label": {"type": "string"}},
    "required": ["iri", "label"],
}

ANSWER: Final[Mapping[str, Any]] = {
    "type": "object",
    "properties": {
        "title": {"type": "string"},
        "columns": {"type": "array", "items": {"type": "string"}},
        "rows": {
            "type": "array",
            "description": "Objects by column; an IRI is an object with its label.",
            "items": {"type": "object"},
        },
        "total": {"type": "integer", "description": "Rows of the whole answer."},
        "offset": {"type": "integer"},
        "nextOffset": {"type": "integer", "description": "Where the next page begins, if any."},
        "passages": {
            "type": "array",
            "description": "Where the documents say so; about: the things a passage mentions.",
            "items": {
                "type": "object",
                "properties": {
                    "iri": {"type": "string"},
                    "document": _LABELLED,
                    "section": {"type": "string"},
                    "about": {"type": "array", "items": {"type": "string"}},
                },
                "required": ["iri"],
            },
        },
        "notes": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["title", "columns", "rows", "total", "passages"],
}
"""What every tool answers."""


def paging(settings: Settings) -> dict[str, dict[str, Any]]:
    """Return the parameters that choose a page of the rows."""
    return {
        "limit": {
            "type": "integer",
            "minimum": 1,
            "maximum": settings.most_rows,
            "default": settings.rows,
            "description": "Rows to answer with.",
        },
        "offset": {
            "type": "integer",
            "minimum": 0,
            "default": 0,
            "description": "Rows to leave out at the beginning.",
        },
    }


def arguments(
    properties: Mapping[str, Mapping[str, Any]], required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the schema of the arguments of a tool."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    return {**schema, "required": list(required)} if required else schema


def query_arguments(query: Query, settings: Settings) -> dict[str, Any]:
    """Return the schema of the arguments of a canned query, made from its header.

    A parameter of its own that is called as one of the page takes precedence.
    """
    own = {item.name: parameter_schema(item) for item in query.parameters}
    required = tuple(item.name for item in query.parameters if not item.optional)
    return arguments({**paging(settings), **own}, required)


def parameter_schema(parameter: Parameter) -> dict[str, Any]:
    """Return the schema of a parameter.

    >>> parameter_schema(Parameter("since", "year", title="Since", minimum="1900"))
    {'type': 'integer', 'description': 'Since', 'minimum': 1900}
    """
    schema: dict[str, Any] = {"type": _TYPES.get(parameter.type, "string")}
    description = _description(parameter)
    if description:
        schema["description"] = description
    if parameter.values:
        schema["enum"] = list(parameter.values)
    if parameter.type == "date":
        schema["format"] = "date"
    for key, limit in (("minimum", parameter.minimum), ("maximum", parameter.maximum)):
        if limit and schema["type"] in {"integer", "number"}:
            schema[key] = int(limit) if schema["type"] == "integer" else float(limit)
    if not parameter.multiple:
        return schema
    return {"type": "array", "items": schema, "description": schema.pop("description", "")}


def _description(parameter: Parameter) -> str:
    kind = ""
    if parameter.type == "resource":
        what = f"of a {parameter.cls}" if parameter.cls else "of a thing"
        kind = f"any name or code {what}, its CURIE or IRI"
    example = f"such as {parameter.example}" if parameter.example else ""
    parts = (parameter.title, parameter.description, kind, example)
    return "; ".join(part for part in parts if part)
