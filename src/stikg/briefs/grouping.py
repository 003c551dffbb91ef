"""Rows of a question brought together: one line for what is equal, with all its passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stikg.briefs.model import Row
from stikg.results import Table
from stikg.results.display import shown_text
from stikg.terms import IRI, XSD, Literal, Term

_BOOLEAN: Final = XSD + "boolean"

Record = Mapping[str, Term | None]


@dataclass(slots=True)
class _Line:
    """A line while it is gathered; values keep the order in which they came."""

    cells: tuple[str, ...]
    items: dict[str, dict[str, None]] = field(default_factory=dict)
    passages: set[str] = field(default_factory=set)
    origins: set[str] = field(default_factory=set)


def records(table: Table) -> list[dict[str, Term | None]]:
    """Return the rows of a table by the names of its columns."""
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def cell(record: Record, column: str) -> str:
    """Return what people read in a column of a row: its label, its value, or nothing."""
    term = record.get(column)
    if term is None:
        return ""
    text = shown_text(term, record.get(f"{column}Label"))
    if isinstance(term, Literal) and term.datatype == _BOOLEAN:
        return "yes" if text == "true" else "no"
    return text.replace("/", "–") if column == "period" else text


def fill(pattern: str, record: Record) -> str:
    """Return a pattern such as "{organisation} ({role})" filled from a row; "" if a name lacks.

    A part in square brackets falls away if what it names is not there.

    >>> fill("{a}[ ({b})]", {"a": Literal("JST"), "b": None})
    'JST'
    """
    text = ""
    for number, part in enumerate(_parts(pattern)):
        names = [name for name in record if f"{{{name}}}" in part]
        values = {name: cell(record, name) for name in names}
        if not all(values.values()):
            if number % 2 == 0 and names:
                return ""
            continue
        for name, value in values.items():
            part = part.replace(f"{{{name}}}", value)
        text += part
    return text


def _parts(pattern: str) -> list[str]:
    """Cut a pattern at its brackets: parts at odd places are those inside."""
    return pattern.replace("]", "[").split("[")


def gather(rows: Iterable[Record], keys: Sequence[str], joined: str = "") -> list[Row]:
    """Bring rows together whose keys fill alike; what ``joined`` fills stands in a last cell.

    ``joined`` may have two patterns, "{organisation}|{role}": the second is listed in brackets
    after the first. Lines come in the order in which their first row came.
    """
    head, _, tail = joined.partition("|")
    lines: dict[tuple[str, ...], _Line] = {}
    for record in rows:
        cells = tuple(fill(key, record) for key in keys)
        if not cells[0]:
            continue
        line = lines.setdefault(cells, _Line(cells))
        if item := fill(head, record):
            inner = line.items.setdefault(item, {})
            inner.update({text: None} if (text := fill(tail, record)) else {})
        line.passages |= {term.value for name, term in record.items()
                          if name.startswith("passage") and isinstance(term, IRI)}  # fmt: skip
        if isinstance(origin := record.get("origin"), Literal):
            line.origins.add(origin.value)
    return [
        Row(
            cells=(*line.cells, _listed(line.items)) if joined else line.cells,
            passages=tuple(IRI(value) for value in sorted(line.passages)),
            origins=tuple(sorted(line.origins)) or (() if line.passages else ("curated",)),
        )
        for line in lines.values()
    ]


def _listed(items: Mapping[str, Iterable[str]]) -> str:
    return "; ".join(
        f"{head} ({', '.join(inner)})" if inner else head
        for head, inner in ((head, list(inner)) for head, inner in items.items())
    )
