"""From the solutions of the engine to tables.

Solutions come as SPARQL TSV: one call into the engine for a whole table, cells that are equal
are parsed once, and no iterator of the engine is left to cross a thread (which ends the process).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from stikg.errors import InputError
from stikg.results import Table
from stikg.terms import IRI, XSD, XSD_STRING, BlankNode, Literal, Term, Triple

_ESCAPED: Final = r"\\(.)"
_UNESCAPED: Final = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f"}
_BARE: Final = (
    (r"(true|false)\Z", XSD + "boolean"),
    (r"[+-]?[0-9]+\Z", XSD + "integer"),
    (r"[+-]?[0-9]*\.[0-9]+\Z", XSD + "decimal"),
    (r"", XSD + "double"),
)
"""Forms of literals without quotes, and their datatypes."""

_MOST_CELLS: Final = 1 << 16


class _Cells(dict[str, Term | None]):
    """The terms of cells; few cells of a table differ, so most are parsed once."""

    def __missing__(self, text: str) -> Term | None:
        term = self[text] = read_term(text)
        return term


_CELLS: Final = _Cells()


def read_tsv(text: str) -> Table:
    r"""Return the table of a SPARQL TSV document.

    >>> read_tsv('?a\t?b\n<a:b>\t"x"@en\n').rows
    ((IRI(value='a:b'), Literal(value='x', datatype='http://www.w3.org/1999/02/22-rdf-syntax-ns#langString', language='en')),)
    """  # noqa: E501
    head, *lines = text.split("\n")
    columns = tuple(name[1:] for name in head.split("\t")) if head else ()
    lines.pop()
    if not columns:
        return Table((), tuple(() for _ in lines))
    if len(_CELLS) > _MOST_CELLS:
        _CELLS.clear()
    cell = _CELLS.__getitem__
    return Table(columns, tuple([tuple(map(cell, line.split("\t"))) for line in lines]))


def read_term(text: str) -> Term | None:
    """Return the term of a cell of TSV, or None for an empty one."""
    if not text:
        return None
    if text.startswith("<<"):
        raise InputError("a triple term is not a term of RDF 1.1", where=text)
    if text.startswith("<"):
        return IRI(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(text[2:])
    return _literal(text)


def _literal(text: str) -> Literal:
    """Return the literal of a cell; neither a language nor a datatype holds a quote."""
    if not text.startswith('"'):
        return Literal(text, next(kind for form, kind in _BARE if re.match(form, text)))
    value, _, kind = text[1:].rpartition('"')
    if "\\" in value:
        value = re.sub(_ESCAPED, lambda m: _UNESCAPED.get(m[1], m[1]), value)
    if kind.startswith("@"):
        return Literal(value, language=kind[1:])
    return Literal(value, kind[3:-1] or XSD_STRING)


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Return triples in an order of their own, for lists whose order means nothing."""
    return sorted(triples, key=lambda triple: [term.n3() for term in triple])
