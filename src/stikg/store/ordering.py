"""The order of solutions, made here instead of by the engine.

The engine looks up the text of a term on disk each time that it compares two: to order 60,000
rows takes it longer than to find them. What it would do is done here on the finished table, for
queries that end with ORDER BY of projected variables and nothing behind it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from stikg.results import Table
from stikg.terms import IRI, RDF_LANG_STRING, XSD, XSD_STRING, BlankNode, Term

_CLAUSE: Final = re.compile(
    r"^[ \t]*ORDER[ \t]+BY((?:\s+[?$]\w+|\s*\b(?:ASC|DESC)\s*\(\s*[?$]\w+\s*\))+)\s*\Z",
    re.MULTILINE | re.IGNORECASE,
)
_KEY: Final = re.compile(r"(?:(ASC|DESC)\s*\(\s*)?[?$](\w+)", re.IGNORECASE)
_NUMBERS: Final = frozenset((f"{XSD}integer", f"{XSD}decimal"))
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")
_FORMS: Final = {
    XSD_STRING: re.compile(""),
    RDF_LANG_STRING: re.compile(""),
    f"{XSD}gYear": re.compile(r"[0-9]{4}\Z"),
    f"{XSD}date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
    f"{XSD}boolean": re.compile(r"(true|false)\Z"),
}
"""Datatypes whose values come in the order of their forms, if they have this one.

The engine compares by form also what has no other order, such as a year and a text.
"""

_Key = tuple[int, str | Decimal, str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """A query without its last clause, and the variables of that: name, and whether falling."""

    query: str
    keys: tuple[tuple[str, bool], ...]


class UnlikeValuesError(Exception):
    """A column has values whose order only the engine knows, such as numbers among texts."""


def split_order(query: str) -> Order | None:
    r"""Return what is asked and in which order, or None if that is better left to the engine.

    >>> split_order("SELECT * { ?s ?p ?o }\nORDER BY ?s DESC(?o)").keys
    (('s', False), ('o', True))
    >>> split_order("SELECT * { ?s ?p ?o }\nORDER BY ?s LIMIT 1") is None
    True
    """
    found = _CLAUSE.search(query)
    if found is None:
        return None
    keys = _KEY.findall(found[1])
    return Order(query[: found.start()], tuple((name, way.upper() == "DESC") for way, name in keys))


def ordered(table: Table, order: Order) -> Table | None:
    """Return the rows in the order that the engine gives them, or None if only it knows it.

    Rows that are equal in all keys keep their places.
    """
    places = {name: place for place, name in enumerate(table.columns)}
    if not all(name in places for name, _ in order.keys):
        return None
    rows = table.rows
    groups = [0] * len(rows)
    for name, falling in order.keys:
        sizes = Counter(groups)
        tied = [at for at, group in enumerate(groups) if sizes[group] > 1]
        if not tied:
            break
        try:
            ranks = _ranks([rows[at][places[name]] for at in tied], falling)
        except UnlikeValuesError:
            return None
        pairs = [(group, 0) for group in groups]
        for at, rank in zip(tied, ranks, strict=True):
            pairs[at] = (groups[at], rank)
        numbers = {pair: number for number, pair in enumerate(sorted(set(pairs)))}
        groups = [numbers[pair] for pair in pairs]
    return Table(
        table.columns, tuple(rows[at] for at in sorted(range(len(rows)), key=groups.__getitem__))
    )


def _ranks(column: list[Term | None], falling: bool) -> list[int]:
    """Return a number for each cell, in the order of their values.

    Cells that are equal are mostly one object, so few terms are looked at.
    """
    terms = {id(term): term for term in column}
    keys = {each: _key(term) for each, term in terms.items()}
    if len({kind for kind, _ in keys.values()} - {""}) > 1:
        raise UnlikeValuesError
    values = sorted({key for _, key in keys.values()}, reverse=falling)
    places = {key: place for place, key in enumerate(values)}
    numbers = {each: places[key] for each, (_, key) in keys.items()}
    return [numbers[id(term)] for term in column]


def _key(term: Term | None) -> tuple[str, _Key]:
    """Return what a term is compared by, and the kind of literals that it can be compared with.

    First nothing, then IRIs, literals.

    :raises UnlikeValuesError: if it is a blank node, or a literal of another datatype or form.
    """
    if term is None:
        return "", (0, "", "", "")
    if isinstance(term, BlankNode):
        raise UnlikeValuesError
    if isinstance(term, IRI):
        return "", (2, term.value, "", "")
    if term.datatype in _NUMBERS and _PLAIN.match(term.value):
        return "number", (3, Decimal(term.value), "", "")
    if term.datatype in _FORMS and _FORMS[term.datatype].match(term.value):
        return "text", (3, term.value, term.datatype, term.language)
    raise UnlikeValuesError
