"""The queries of the pages: files beside this one, asked for things by their IRIs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from starlette.requests import Request

from stikg.library import Parameter, Query, bind
from stikg.results import Table
from stikg.server.service import Service
from stikg.terms import IRI, Term

MOST_ASKED: Final = 200
"""Things that one query is asked for at most."""

Row = dict[str, Term]


def service_of(request: Request) -> Service:
    """Return the service that a request is made to."""
    service: Service = request.app.state.service
    return service


def text_of(name: str, resources: Sequence[IRI] = ()) -> str:
    """Return the SPARQL text of a query of the pages, asked for some things.

    >>> "SELECT" in text_of("kinds")
    True
    """
    query = _query(name, asks=bool(resources))
    return bind(query, {"resource": tuple(resources)} if resources else {})


async def ask(request: Request, name: str, *resources: IRI) -> list[Row]:
    """Return the solutions of a query of the pages, each without what is unbound."""
    chosen = tuple(dict.fromkeys(resources))[:MOST_ASKED]
    return rows(await service_of(request).table(text_of(name, chosen)))


def rows(table: Table) -> list[Row]:
    """Return the rows of a table by the names of their columns, without what is unbound."""
    return [
        {name: term for name, term in zip(table.columns, row, strict=True) if term is not None}
        for row in table.rows
    ]


@cache
def _query(name: str, *, asks: bool) -> Query:
    text = Path(__file__).with_name(f"{name}.rq").read_text(encoding="utf-8")
    asked = Parameter("resource", "resource", optional=False, multiple=True)
    return Query(name, "question", name, text, parameters=(asked,) if asks else ())
