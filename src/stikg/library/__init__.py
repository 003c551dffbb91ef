"""Query files: header, typed parameters, safe binding.

A query file is plain SPARQL 1.1 below a YAML header in ``#+`` comments; docs/writing-queries.md
says how to write one. What answering a query does not need is loaded when first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from stikg.library.binding import bind, without_values, write_term
from stikg.library.collection import Library, load_library
from stikg.library.model import Column, Parameter, Query
from stikg.library.values import check_term, parse_value, read_values, to_term

if TYPE_CHECKING:
    from stikg.library.clauses import missing_prefixes, query_form
    from stikg.library.describe import prefixes_to_shacl, query_iri, to_shacl
    from stikg.library.linting import lint
    from stikg.library.own import read_own_network
    from stikg.library.tokens import Token, tokenise

__all__ = [
    "Column",
    "Library",
    "Parameter",
    "Query",
    "Token",
    "bind",
    "check_term",
    "lint",
    "load_library",
    "missing_prefixes",
    "parse_value",
    "prefixes_to_shacl",
    "query_form",
    "query_iri",
    "read_own_network",
    "read_values",
    "to_shacl",
    "to_term",
    "tokenise",
    "without_values",
    "write_term",
]

_LATER: Final = {
    "Token": "tokens",
    "lint": "linting",
    "missing_prefixes": "clauses",
    "prefixes_to_shacl": "describe",
    "query_form": "clauses",
    "query_iri": "describe",
    "read_own_network": "own",
    "to_shacl": "describe",
    "tokenise": "tokens",
}


def __getattr__(name: str) -> object:
    """Load a public name from the module that defines it."""
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = value
    return value
