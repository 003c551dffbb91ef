"""Terms as text: plain values for machines, names for people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple

from stikg.results.table import Table
from stikg.terms import IRI, XSD, Literal, Term, compress

NUMERIC: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float"))
_FRACTIONAL: Final = NUMERIC - {XSD + "integer"}
_UNPRINTABLE: Final = r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"


class Shown(NamedTuple):
    """A table as people read it: names of columns, cells of text, which columns are numbers."""

    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]


def plain_text(term: Term | None) -> str:
    """Return the value of a term as text; numbers without exponents.

    >>> plain_text(Literal("1.92E13", "http://www.w3.org/2001/XMLSchema#double"))
    '19200000000000'
    >>> plain_text(None)
    ''
    """
    if term is None:
        return ""
    if isinstance(term, Literal) and term.datatype in _FRACTIONAL:
        return plain_number(term.value)
    return str(term)


def plain_number(text: str) -> str:
    """Return a number without an exponent; what is not a number as it is."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return format(number, "f") if number.is_finite() else text


def shown_text(term: Term | None, label: Term | None = None) -> str:
    """Return what people read for a term: its label, its CURIE, or its value.

    >>> shown_text(IRI("https://w3id.org/stikg/territory/jp"))
    'territory:jp'
    >>> shown_text(IRI("https://ror.org/00097mb19"))
    'https://ror.org/00097mb19'
    """
    if label is not None and str(label):
        return _visible(str(label))
    if isinstance(term, IRI):
        return _visible(compress(term.value).strip("<>"))
    return _visible(plain_text(term))


def show(table: Table) -> Shown:
    """Return a table as people read it: ``x`` and ``xLabel`` become one column of labels."""
    pairs = _pairs(table.columns)
    return Shown(
        columns=tuple(table.columns[index] for index, _ in pairs),
        cells=tuple(
            tuple(
                shown_text(row[index], None if label is None else row[label])
                for index, label in pairs
            )
            for row in table.rows
        ),
        numeric=tuple(
            label is None and _is_numeric([row[index] for row in table.rows])
            for index, label in pairs
        ),
    )


def _pairs(columns: Sequence[str]) -> list[tuple[int, int | None]]:
    """Return the index of each shown column and of its label column."""
    place = {name: index for index, name in enumerate(columns)}
    hidden = {f"{name}Label" for name in columns if f"{name}Label" in place}
    return [
        (index, place.get(f"{name}Label"))
        for index, name in enumerate(columns)
        if name not in hidden
    ]


def _is_numeric(terms: Sequence[Term | None]) -> bool:
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(isinstance(t, Literal) and t.datatype in NUMERIC for t in bound)


def _visible(text: str) -> str:
    """Return text on one line that cannot steer a terminal."""
    return re.sub(_UNPRINTABLE, "\ufffd", " ".join(text.split()))
