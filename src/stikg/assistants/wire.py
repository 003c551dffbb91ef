"""Terms, tables and errors as JSON, between this process and the one that evaluates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from stikg import errors
from stikg.errors import InputError, StikgError
from stikg.results import Table
from stikg.terms import IRI, BlankNode, Literal, Term, Triple


def write_table(table: Table) -> dict[str, Any]:
    """Return a table as JSON values.

    >>> table = Table(("a", "b"), ((IRI("e:a"), None),))
    >>> read_table(write_table(table)) == table
    True
    """
    return {"columns": table.columns, "rows": [list(map(_write, row)) for row in table.rows]}


def read_table(content: dict[str, Any]) -> Table:
    """Return the table that ``write_table`` wrote."""
    rows = (tuple(map(_read, row)) for row in content["rows"])
    return Table(tuple(content["columns"]), tuple(rows))


def as_table(triples: Sequence[Triple]) -> Table:
    """Return triples as a table of subject, property and value."""
    return Table(("subject", "property", "value"), tuple(triples))


def write_error(error: StikgError) -> dict[str, str | None]:
    """Return an error as JSON values; of its kind, and its three texts.

    >>> print(read_error(write_error(InputError("bad", where="line 1", remedy="mend it"))))
    line 1: bad
      remedy: mend it
    """
    return {
        "kind": type(error).__name__,
        "problem": error.problem,
        "where": error.where,
        "remedy": error.remedy,
    }


def read_error(content: dict[str, str | None]) -> StikgError:
    """Return the error that ``write_error`` wrote."""
    kind = getattr(errors, content["kind"] or "", InputError)
    made: StikgError = kind(
        content["problem"] or "", where=content["where"], remedy=content["remedy"]
    )
    return made


def _write(term: Term | None) -> list[str] | None:
    if term is None:
        return None
    if isinstance(term, Literal):
        return ["literal", term.value, term.datatype, term.language]
    return ["iri", term.value] if isinstance(term, IRI) else ["blank", term.label]


def _read(content: list[str] | None) -> Term | None:
    if content is None:
        return None
    kind, value, *more = content
    if kind == "literal":
        return Literal(value, *more)
    return IRI(value) if kind == "iri" else BlankNode(value)
