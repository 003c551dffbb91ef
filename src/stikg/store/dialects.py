"""What SPARQL servers do otherwise than the standard says, met in one place.

docs/engines.md tells what was measured of each server, and how it is set up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from stikg.store import virtuoso
from stikg.store.answers import read_boolean
from stikg.store.dialect import Dialect
from stikg.terms import XSD, Literal, Term

VIRTUOSO_DEFAULT_GRAPH: Final = virtuoso.DEFAULT_GRAPH
"""The named graph that holds our default graph in Virtuoso, whose own is a bag of all graphs."""

_LARGEST_OF_32_BITS: Final = 2**31 - 1
_TRUTH: Final = {"0": "false", "1": "true"}


def read_virtuoso_term(term: Term) -> Term:
    """Return a term of Virtuoso as it was loaded.

    It writes booleans as 0 and 1, and gives integers beyond 32 bits as decimals.

    >>> read_virtuoso_term(Literal("1", f"{XSD}boolean")).value
    'true'
    >>> read_virtuoso_term(Literal("30000000000000", f"{XSD}decimal")) == Literal(
    ...     "30000000000000", f"{XSD}integer"
    ... )
    True
    >>> read_virtuoso_term(Literal("10", f"{XSD}decimal")) == Literal("10", f"{XSD}decimal")
    True
    """
    if not isinstance(term, Literal):
        return term
    if term.datatype == f"{XSD}boolean":
        return Literal(_TRUTH.get(term.value, term.value), term.datatype)
    whole = term.datatype == f"{XSD}decimal" and term.value.removeprefix("-").isdigit()
    if whole and abs(int(term.value)) > _LARGEST_OF_32_BITS:
        return Literal(term.value, f"{XSD}integer")
    return term


def read_virtuoso_boolean(body: bytes) -> bool:
    """Return the truth value of an answer to ASK, which may be a row with the number 0 or 1.

    :raises ValueError: if the document holds none.

    >>> row = b'{"results": {"bindings": [{"__ASK_RETVAL": {"value": "1"}}]}}'
    >>> read_virtuoso_boolean(row), read_virtuoso_boolean(b'{"boolean": false}')
    (True, False)
    >>> read_virtuoso_boolean(b"{}")
    Traceback (most recent call last):
    ...
    ValueError: it holds no truth value
    """
    try:
        rows = json.loads(body)["results"]["bindings"]
        return bool(rows) and rows[0]["__ASK_RETVAL"]["value"] not in {"0", "false"}
    except (KeyError, IndexError, TypeError):
        return read_boolean(body)


DIALECTS: Final[Mapping[str, Dialect]] = MappingProxyType(
    {
        item.name: item
        for item in (
            Dialect(),
            Dialect(
                "virtuoso",
                default_graph=VIRTUOSO_DEFAULT_GRAPH,
                rewrite=virtuoso.rewrite,
                read_term=read_virtuoso_term,
                read_boolean=read_virtuoso_boolean,
            ),
        )
    }
)
"""The dialects by their name, as profiles have it in ``server``."""

DETECTED: Final = "auto"
"""What profiles have in ``server`` where the server itself tells."""


def recognise_dialect(software: str) -> Dialect:
    """Return the dialect of a server by the header ``Server`` of its answers.

    >>> recognise_dialect("Virtuoso/07.20.3229 (Linux) x86_64-pc-linux-gnu").name
    'virtuoso'
    >>> recognise_dialect("nginx").name
    'standard'
    """
    product = software.partition("/")[0].strip().lower()
    return DIALECTS.get(product, DIALECTS["standard"])
