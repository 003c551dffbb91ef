"""What the documents contradict, found by checks and written into the dataset as an answer.

A question cannot ask other query files, so the rows of the checks are written down when the dataset
is built; the question ``contradictions`` then reads them like everything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from stikg.building.parsing import problems_of
from stikg.errors import InputError
from stikg.library import Query, query_iri
from stikg.results import Table
from stikg.store import Store
from stikg.terms import BASE, IRI, ONTOLOGY, PREFIXES, Literal, Term, Triple

CONTRADICTION: Final = "contradiction"
"""Tag of the checks whose rows are findings of the documents."""

_COLUMNS: Final[Mapping[str, str]] = {
    "kind": "findingKind",
    "subject": "aboutSubject",
    "property": "aboutProperty",
    "valueA": "valueA",
    "passageA": "passageA",
    "valueB": "valueB",
    "passageB": "passageB",
    "note": "note",
}
"""Column of a check → local name of the property of a finding that holds it."""

_COMPARED: Final = tuple(column for column in _COLUMNS if column != "note")
_TYPE: Final = IRI(PREFIXES["rdf"] + "type")
_LABEL: Final = IRI(PREFIXES["rdfs"] + "label")


def contradictions(store: Store, queries: Iterable[Query]) -> Iterator[Triple]:
    """Yield what describes the findings of each check that is tagged ``contradiction``.

    :raises InputError: if such a check lacks one of the columns that ``findings`` needs.
    """
    for query in queries:
        if query.kind == "check" and CONTRADICTION in query.tags:
            with problems_of(query):
                found = findings(query, store.select(query.text))
            yield from found


def findings(check: Query, table: Table) -> list[Triple]:
    """Return the statements that describe each row of a check, sorted.

    The IRI of a finding is a digest of what its row compares: the same row has the same IRI in
    every build, whatever things are called. Values are kept as text.

    :raises InputError: if the table lacks one of the columns that every such check has.

    >>> findings(Query("two-values", "check", "Two values", ""), Table(("kind",), ()))
    Traceback (most recent call last):
    ...
    stikg.errors.InputError: two-values: no column 'subject'
      remedy: give it the columns kind, subject, property, valueA, passageA, valueB, passageB, note
    """
    missing = [column for column in _COLUMNS if column not in table.columns]
    if missing:
        raise InputError(
            f"no column {missing[0]!r}",
            where=check.name,
            remedy=f"give it the columns {', '.join(_COLUMNS)}",
        )
    found: set[Triple] = set()
    for row in table.rows:
        found.update(_finding(check, dict(zip(table.columns, row, strict=True))))
    return sorted(found, key=lambda triple: tuple(term.n3() for term in triple))


def _finding(check: Query, cells: Mapping[str, Term | None]) -> Iterator[Triple]:
    parts = ["" if (cell := cells[column]) is None else cell.n3() for column in _COMPARED]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
    finding = IRI(f"{BASE}finding/{check.name}-{digest}")
    subject = cells.get("subjectLabel") or cells["subject"]
    yield finding, _TYPE, IRI(ONTOLOGY + "Finding")
    yield finding, _LABEL, Literal(f"{cells['kind']}: {subject}", language="en")
    yield finding, IRI(ONTOLOGY + "severity"), Literal(check.severity)
    yield finding, IRI(ONTOLOGY + "foundBy"), query_iri(check)
    for column, name in _COLUMNS.items():
        value = cells[column]
        if value is not None:
            as_text = column.startswith("value")
            yield finding, IRI(ONTOLOGY + name), Literal(str(value)) if as_text else value
