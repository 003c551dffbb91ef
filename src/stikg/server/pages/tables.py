"""Tables of solutions as HTML shows them: titles, cells that lead somewhere, an order."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from starlette.requests import Request

from stikg.library import Column
from stikg.results import Table
from stikg.results.display import NUMERIC
from stikg.server.pages.facts import ORIGINS
from stikg.server.pages.links import Ref, ref, short
from stikg.server.pages.rendering import changed, root_of
from stikg.terms import IRI, Literal, Term

PAGE: Final = 100
"""Rows on a page."""

_YES_NO: Final = {"true": "Yes", "false": "No"}


class Head(NamedTuple):
    """The head of a column; ``href`` asks for the rows in its order."""

    name: str
    title: str
    numeric: bool
    href: str
    order: str


class Shown(NamedTuple):
    """A page of a table."""

    heads: list[Head]
    rows: list[list[Ref]]
    total: int
    first: int
    previous: str
    next: str


def show(
    request: Request, table: Table, columns: Sequence[Column] = (), *, terms: bool = False
) -> Shown:
    """Return the page of a table that a request asks for with ``sort`` and ``page``.

    With ``terms`` things are shown by their short forms, as in SPARQL.
    """
    titles = {column.name: column.title for column in columns}
    types = {column.name: column.type for column in columns}
    places = {name: index for index, name in enumerate(table.columns)}
    names = [name for name in places if terms or not _is_label(name, places)]
    wanted = request.query_params.get("sort", "")
    rows = _sorted(table, places, wanted)
    number = request.query_params.get("page", "")
    last = max(0, (len(rows) - 1) // PAGE)
    page = min(int(number) - 1, last) if number.isdecimal() and 0 < len(number) < 7 else 0
    page = max(page, 0)
    numeric = {name for name in names if _is_numeric(table, places[name])}
    root = root_of(request)
    return Shown(
        heads=[
            Head(
                name,
                titles.get(name) or name,
                name in numeric and types.get(name) != "year",
                changed(request, sort=f"-{name}" if wanted == name else name, page=None),
                {name: "ascending", f"-{name}": "descending"}.get(wanted, "none"),
            )
            for name in names
        ],
        rows=[
            [
                _term(row[places[name]], root)
                if terms
                else _cell(row, name, places, types.get(name, ""), root)
                for name in names
            ]
            for row in rows[page * PAGE : (page + 1) * PAGE]
        ],
        total=len(rows),
        first=page * PAGE + 1,
        previous=changed(request, page=str(page) if page > 1 else None) if page else "",
        next=changed(request, page=str(page + 2)) if page < last else "",
    )


def _is_label(name: str, places: dict[str, int]) -> bool:
    return name.endswith("Label") and name.removesuffix("Label") in places


def _term(term: Term | None, root: str) -> Ref:
    shown = ref(term, root=root)
    return shown._replace(text=short(term)) if isinstance(term, IRI) else shown


def _cell(
    row: Sequence[Term | None], name: str, places: dict[str, int], kind: str, root: str
) -> Ref:
    term = row[places[name]]
    label = row[places[f"{name}Label"]] if f"{name}Label" in places else None
    if name == "origin" and str(term) in ORIGINS:
        return Ref(ORIGINS[str(term)])
    if kind == "boolean" and str(term) in _YES_NO:
        return Ref(_YES_NO[str(term)])
    return ref(term, label, root=root)


def _sorted(table: Table, places: dict[str, int], wanted: str) -> Sequence[tuple[Term | None, ...]]:
    name = wanted.removeprefix("-")
    if name not in places:
        return table.rows
    shown = places.get(f"{name}Label", places[name])
    there = [row for row in table.rows if row[shown] is not None]
    away = [row for row in table.rows if row[shown] is None]
    there.sort(key=lambda row: _key(row[shown]), reverse=wanted.startswith("-"))
    return [*there, *away]


def _key(term: Term | None) -> tuple[int, Decimal, str]:
    if isinstance(term, Literal) and term.datatype in NUMERIC:
        try:
            return 0, Decimal(term.value), ""
        except ArithmeticError:
            return 1, Decimal(0), term.value
    return 1, Decimal(0), str(term).casefold()


def _is_numeric(table: Table, place: int) -> bool:
    terms = [row[place] for row in table.rows if row[place] is not None]
    return bool(terms) and all(isinstance(t, Literal) and t.datatype in NUMERIC for t in terms)
