"""Everything that a dataset knows of one thing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stikg.library import Parameter, Query, bind
from stikg.results import Table
from stikg.store import Store
from stikg.terms import IRI

_RESOURCE: Final = Parameter("resource", "resource", optional=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing: its name, its classes, and the statements about it with their evidence.

    ``statements`` has the columns subject, property and value, each with its label, and origin and
    passage; ``truncated`` tells that a limit left some out.
    """

    iri: IRI
    label: str
    types: tuple[IRI, ...]
    statements: Table
    truncated: bool = False


def describe(store: Store, iri: IRI, label: str, *, limit: int | None = None) -> Thing | None:
    """Return what a store knows of a thing, or None if that is nothing."""
    text = question_of("statements", iri)
    if limit is not None:
        text += f"LIMIT {limit + 1:d}\n"
    table = store.select(text)
    if not table.rows:
        return None
    types = store.select(question_of("types", iri)).rows
    return Thing(
        iri=iri,
        label=label,
        types=tuple(row[0] for row in types if isinstance(row[0], IRI)),
        statements=Table(table.columns, table.rows[:limit]),
        truncated=limit is not None and len(table) > limit,
    )


def question_of(name: str, iri: IRI) -> str:
    """Return the SPARQL text that asks for the "statements" or the "types" of a thing."""
    text = Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
    query = Query(name, "question", name, text, parameters=(_RESOURCE,))
    return bind(query, {"resource": iri})
