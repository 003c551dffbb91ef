"""JSON: the columns, and the rows as objects; numbers exactly as they are."""

from __future__ import annotations

import json
from decimal import Decimal

from stikg.results.table import Table, python_value
from stikg.terms import Term


def write_json(table: Table) -> str:
    """Return the table as JSON: ``columns`` by name and ``rows`` as objects, one a line.

    Numbers and truth values are JSON's own, decimals exact and without exponents; an unbound
    variable is null; everything else is text.

    >>> print(write_json(Table(("a",), ((None,),))), end="")
    {
    "columns": ["a"],
    "rows": [
    {"a": null}
    ]
    }
    """
    names = [_text(name) for name in table.columns]
    rows = [
        "{" + ", ".join(f"{n}: {_value(t)}" for n, t in zip(names, row, strict=True)) + "}"
        for row in table.rows
    ]
    body = "[\n" + ",\n".join(rows) + "\n]" if rows else "[]"
    return f'{{\n"columns": [{", ".join(names)}],\n"rows": {body}\n}}\n'


def _value(term: Term | None) -> str:
    value = python_value(term)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    return _text(str(term))


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
