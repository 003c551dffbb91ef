"""Checks: queries whose rows are violations, for what SHACL cannot say.

A check tagged ``integrity`` finds a mistake of the encoding, and its rows are problems. Every other
check finds what the documents themselves contradict: that is an answer (``stikg query
contradictions``), not a problem. Columns with these names say where a row belongs: ``subject``,
``property``, ``value`` or ``valueA``, ``passage`` or ``passageA``, ``note``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from stikg.library import Query
from stikg.results import Table
from stikg.store import Store
from stikg.terms import IRI, Term, compress
from stikg.validation.report import Finding, Severity
from stikg.validation.sources import Sources

INTEGRITY: Final = "integrity"
"""Tag of the checks whose rows are problems."""


def integrity_checks(queries: Iterable[Query]) -> list[Query]:
    """Return the checks whose rows are problems, by name."""
    found = (query for query in queries if query.kind == "check" and INTEGRITY in query.tags)
    return sorted(found, key=lambda query: query.name)


def check_findings(
    store: Store, checks: Iterable[Query], sources: Sources | None
) -> Iterator[Finding]:
    """Yield a finding for each row of each check; without sources none says where it stands."""
    for check in checks:
        yield from _findings(check, store.select(check.text), sources)


def _findings(check: Query, table: Table, sources: Sources | None) -> Iterator[Finding]:
    for row in table.rows:
        cells = dict(zip(table.columns, row, strict=True))
        focus = _first(cells, "subject", *table.columns)
        value = _first(cells, "value", "valueA")
        prop = cells.get("property")
        file, line = _place(cells, focus, value, sources)
        note = _first(cells, "note")
        yield Finding(
            check.name,
            f"{check.title}: {note}" if note else check.title,
            Severity(check.severity or Severity.ERROR),
            focus=focus,
            path=compress(str(prop)) if isinstance(prop, IRI) else "",
            value=value,
            file=file,
            line=line,
            remedy=check.explanation,
        )


def _first(cells: dict[str, Term | None], *names: str) -> Term | None:
    return next((cells[name] for name in names if cells.get(name) is not None), None)


def _place(
    cells: dict[str, Term | None], focus: Term | None, value: Term | None, sources: Sources | None
) -> tuple[str, int | None]:
    """Return file and line of the statement in its passage, or wherever the focus is described."""
    if focus is None or sources is None:
        return "", None
    passage = _first(cells, "passage", "passageA")
    if passage is not None:
        found = sources.place_in_graph(passage, focus, cells.get("property"), value)
        if found:
            return found
    return sources.place(focus, cells.get("property"), value)
