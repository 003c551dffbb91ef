"""What is asked of an engine, and what it answered, in a form that compares."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from stikg.dataset import Dataset
from stikg.errors import NameProblem
from stikg.library import Query
from stikg.validation import validate_store


@dataclass(frozen=True)
class Asked:
    """A measure by name, and the call that takes it and returns rows."""

    name: str
    ask: Callable[[], Sequence[Iterable[object]]]


def measures(dataset: Dataset) -> Iterator[Asked]:
    """Yield each question as its page shows it and as a whole, each network and check."""
    for kind in ("question", "network", "check"):
        for query in sorted(dataset.queries.of_kind(kind), key=lambda query: query.name):
            shown = _bound(dataset, query, only_needed=False)
            if shown is not None:
                yield Asked(f"{kind}:{query.name}", _asker(dataset, shown))
            whole = _bound(dataset, query, only_needed=True)
            if whole is not None and whole != shown:
                yield Asked(f"whole:{query.name}", _asker(dataset, whole))
    yield Asked("validation", lambda: _violations(dataset))


def digest_of(rows: Iterable[Iterable[object]]) -> str:
    """Return a digest of rows in any order, equal where numbers are."""
    lines = sorted("\t".join(map(_text, row)) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _asker(dataset: Dataset, text: str) -> Callable[[], Sequence[Iterable[object]]]:
    return lambda: dataset.store.select(text).rows


def _bound(dataset: Dataset, query: Query, *, only_needed: bool) -> str | None:
    """Return the text of a query with its examples, or None if the graph lacks one it needs."""
    values = {}
    for item in query.parameters:
        if not item.example or (only_needed and item.optional):
            continue
        try:
            dataset.read(query, {item.name: item.example})
        except NameProblem:
            if not item.optional:
                return None
        except Exception:
            values[item.name] = item.example
            continue
        else:
            values[item.name] = item.example
    try:
        return dataset.bound(query, values)
    except NameProblem:
        return None


def _violations(dataset: Dataset) -> Sequence[Iterable[object]]:
    from stikg.layout import find_layout

    shapes = find_layout().ontology / "shapes"
    report = validate_store(dataset.store, queries=dataset.queries, shapes=shapes)
    return [(finding.check, finding.focus) for finding in report.findings]


def _text(term: Any) -> str:
    if term is None:
        return ""
    try:
        return format(Decimal(str(term)).normalize(), ".6e")
    except InvalidOperation:
        return str(term)
