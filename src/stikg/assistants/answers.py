"""Answers: a page of rows, labels beside IRIs, and the passages they rest on; all of it as text.

An answer is as long as an assistant can read: rows are left out at its end, never silently.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from stikg.assistants.passages import Passage, cited
from stikg.assistants.settings import Settings
from stikg.results import Row, Table, python_value
from stikg.terms import IRI, Literal, Term, compress

LONGEST_CELL: Final = 4_000
"""Characters of a literal that are shown; more are counted."""

_PASSAGE_SIZE: Final = 300
"""Characters that a passage takes, about."""

Label = Callable[[IRI], str]


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows of a table: which, how many there are, and what their cells are called."""

    table: Table
    first: int
    total: int
    cells: tuple[dict[str, Any], ...]

    @property
    def next(self) -> int | None:
        """Return the offset at which the next page begins; None if there is none."""
        end = self.first + len(self.cells)
        return end if end < self.total else None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a tool."""

    title: str
    page: Page
    passages: Sequence[Passage] = ()
    notes: Sequence[str] = ()
    about: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the structured content."""
        page = self.page
        return {
            "title": self.title,
            **self.about,
            "columns": list(page.cells[0]) if page.cells else _shown(page.table.columns),
            "rows": list(page.cells),
            "total": page.total,
            "offset": page.first,
            **({} if page.next is None else {"nextOffset": page.next}),
            "passages": [passage.to_json() for passage in self.passages],
            "notes": list(self.notes),
        }

    def to_text(self) -> str:
        """Return the answer as people read it."""
        page = self.page
        last = page.first + len(page.cells)
        parts = [self.title, *_lines(page)]
        if page.cells and (page.next is not None or page.first):
            more = f"; more with offset={page.next}" if page.next is not None else ""
            parts.append(f"Rows {page.first + 1} to {last} of {page.total}{more}.")
        parts.extend(self.notes)
        if self.passages:
            parts.append("Passages:\n" + "\n".join(map(_cited, self.passages)))
        return "\n\n".join(parts)


def make_page(table: Table, label: Label, settings: Settings, *, first: int, rows: int) -> Page:
    """Return the page of a table that begins at a row, as long as an answer may be."""
    shown: list[dict[str, Any]] = []
    left = settings.characters
    passages: set[IRI] = set()
    for row in table.rows[first : first + rows]:
        cells = _cells(table.columns, row, label)
        new = set(cited([row])) - passages
        left -= len(json.dumps(cells, ensure_ascii=False)) + 2 + _PASSAGE_SIZE * len(new)
        if left < 0 and shown:
            break
        shown.append(cells)
        passages |= new
    part = Table(table.columns, table.rows[first : first + len(shown)], table.types)
    return Page(part, first, len(table), tuple(shown))


def _shown(columns: Sequence[str]) -> list[str]:
    """Return the columns without those that label others."""
    return [name for name in columns if not _labels(name, columns)]


def _labels(name: str, columns: Sequence[str]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in columns


def _cells(columns: Sequence[str], row: Row, label: Label) -> dict[str, Any]:
    """Return a row as an object: an IRI with its label, a literal as its value."""
    values = dict(zip(columns, row, strict=True))
    return {
        name: _cell(values[name], values.get(f"{name}Label"), label) for name in _shown(columns)
    }


def _cell(term: Term | None, named: Term | None, label: Label) -> Any:
    if isinstance(term, IRI):
        return {"iri": term.value, "label": _cut(str(named)) if named else label(term).strip("<>")}
    value = python_value(term)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Decimal):
        near = float(value)
        exact = value.is_finite() and Decimal(repr(near)) == value
        return near if exact else str(term)
    return _cut(str(term))


def _cut(text: str) -> str:
    if len(text) <= LONGEST_CELL:
        return text
    return f"{text[:LONGEST_CELL]}… (cut: {len(text)} characters)"


def _lines(page: Page) -> list[str]:
    """Return the rows as one Markdown table, if there are any."""
    if not page.cells:
        return []
    columns = list(page.cells[0])
    lines = [_line(columns), _line(["---"] * len(columns))]
    lines.extend(_line([_readable(row[name]) for name in columns]) for row in page.cells)
    return ["\n".join(lines)]


def _cited(passage: Passage) -> str:
    short = compress(passage.iri.value)
    name = "" if short.startswith("<") else f"{short}, "
    return f"- {name}{passage.place} <{passage.iri}>"


def _readable(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dict):
        short = compress(cell["iri"]).strip("<>")
        return short if cell["label"] == short else f"{cell['label']} ({short})"
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def _line(cells: Sequence[str]) -> str:
    texts = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(texts)} |"


def truth_table(answer: bool) -> Table:
    """Return the answer of an ASK query as a table."""
    return Table(
        ("answer",),
        ((Literal(str(answer).lower(), "http://www.w3.org/2001/XMLSchema#boolean"),),),
    )
