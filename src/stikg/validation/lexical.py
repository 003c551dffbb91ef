"""Lexical forms of XSD datatypes (XML Schema Definition 1.1, part 2).

Engines store ``"2026-02-30"^^xsd:date`` without a word and then compare it as an error.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from stikg.terms import XSD, Literal

_ZONE: Final = r"(?:Z|[+-]\d\d:\d\d)?"
_FORMS: Final = {
    "integer": (r"[+-]?\d+", "write digits only"),
    "decimal": (r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", "write digits with a point, without exponent"),
    "boolean": (r"true|false|1|0", "write true or false"),
    "gYear": (rf"-?\d{{4,}}{_ZONE}", "write four digits, as in 2021"),
    "gYearMonth": (rf"\d{{4}}-(?:0[1-9]|1[0-2]){_ZONE}", "write year-month, as in 2021-06"),
    "date": (rf"\d{{4}}-\d\d-\d\d{_ZONE}", "write year-month-day of a day that exists"),
    "dateTime": (
        rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?{_ZONE}",
        "write it as in 2021-06-10T12:00:00Z, on a day that exists",
    ),
}


def lexical_problem(literal: Literal) -> str | None:
    """Return how to write a literal whose text is not of its datatype, or None if it is.

    >>> lexical_problem(Literal("2026-02-28", XSD + "date"))
    >>> lexical_problem(Literal("2026-02-30", XSD + "date"))
    'write year-month-day of a day that exists'
    """
    form = _FORMS.get(literal.datatype.removeprefix(XSD))
    if form is None:
        return None
    pattern, remedy = form
    if not re.fullmatch(pattern, literal.value, re.ASCII):
        return remedy
    if literal.datatype in {XSD + "date", XSD + "dateTime"}:
        try:
            date.fromisoformat(literal.value[:10])
        except ValueError:
            return remedy
    return None
