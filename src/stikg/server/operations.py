"""Operations and parameters, as OpenAPI 3.1 describes them."""

from __future__ import annotations

from typing import Any, Final

from stikg.server import paging
from stikg.server.problems import MEDIA_TYPE
from stikg.server.schemas import ref

Json = dict[str, Any]

_REFUSED: Final = {
    "400": "A parameter is unknown, missing or does not fit; `field` names it.",
    "404": "There is nothing at this address.",
    "406": "There is no form that the header Accept names.",
    "414": "The URL is too long.",
    "503": "It takes more time or room than it may have, or too many ask at once.",
}


def make_operation(
    name: str, summary: str, tag: str, forms: Json, parameters: list[Json] | None = None
) -> Json:
    """Return an operation that gives one of some media types, or refuses.

    ``forms`` are media types with the schema of what they hold; an empty one says nothing of it.
    """
    content = {form: {"schema": schema} if schema else {} for form, schema in forms.items()}
    refusals = {
        status: {"description": text, "content": {MEDIA_TYPE: {"schema": ref("Problem")}}}
        for status, text in _REFUSED.items()
    }
    return {
        "operationId": name,
        "summary": summary,
        "tags": [tag],
        "parameters": parameters or [],
        "responses": {"200": {"description": summary, "content": content}, **refusals},
    }


def query_parameter(name: str, schema: Json, description: str, *, required: bool = False) -> Json:
    """Return a parameter in the query of a URL; one that is not required may be empty."""
    found: Json = {
        "name": name,
        "in": "query",
        "description": description or name,
        "required": required,
        "schema": schema,
    }
    if not required:
        found["allowEmptyValue"] = True
    return found


def limit_parameter(most: int, usual: int) -> Json:
    """Return the parameter that says how many are wanted."""
    return query_parameter(
        paging.LIMIT,
        {"type": "integer", "minimum": 1, "maximum": most},
        f"How many at most; {usual} if not given. What follows is behind the link `next`.",
    )


def path_parameter(name: str, schema: Json) -> Json:
    """Return a parameter that is a part of the path."""
    return {"name": name, "in": "path", "required": True, "schema": schema}
