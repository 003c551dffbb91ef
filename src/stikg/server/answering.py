"""Answers of canned queries: from the parameters of a request to a page of rows."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request

from stikg.errors import NameProblem, ParameterError
from stikg.library.values import LONGEST, get_parameter
from stikg.results import Table
from stikg.server.links import SAFE, root_of
from stikg.server.paging import LIMIT, NEXT, Slice, read_slice, write_mark

if TYPE_CHECKING:
    from stikg.dataset import Dataset
    from stikg.library import Query
    from stikg.server.service import Service

Pairs = Sequence[tuple[str, str]]

USUAL: Final = 1000
"""Rows of a page if the request does not say."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of an answer: ``table`` holds those from ``first`` on, of ``total`` there are.

    ``given`` are the parameters of the query as they were given; ``next`` is the link to the page
    behind this one, None on the last.
    """

    query: Query
    given: tuple[tuple[str, str], ...]
    table: Table
    total: int
    first: int
    next: str | None


async def answer_of(request: Request, query: Query, *, usual: int | None = USUAL) -> Page:
    """Return the answer of a query to the parameters in the URL of a request.

    ``usual`` is the number of rows if the request gives none; None for all of them.

    :raises ParameterError: if a parameter is unknown, missing, or does not fit; it names it.
    :raises StikgError: as ``Pool.run``.
    """
    service: Service = request.app.state.service
    given, control = _parted(query, request.query_params.multi_items())
    text = await _bound(service.dataset, query, given)
    key = f"{service.version} {text}"
    wanted = read_slice(control, key, usual=usual)
    table = (await service.table(text)).with_types(query.column_types)
    if wanted.first and wanted.first >= len(table):
        raise ParameterError(f"{NEXT}: there is no such page", parameter=NEXT)
    return _page(request, query, given, table, wanted, key)


def page_parameters(query: Query) -> frozenset[str]:
    """Return the parameters that choose the rows; a query's own of that name comes first."""
    return frozenset({LIMIT, NEXT} - {parameter.name for parameter in query.parameters})


def _parted(query: Query, pairs: Pairs) -> tuple[Pairs, Pairs]:
    """Return the parameters of the query and those that choose the rows."""
    control = page_parameters(query)
    return (
        [pair for pair in pairs if pair[0] not in control],
        [pair for pair in pairs if pair[0] in control],
    )


async def _bound(dataset: Dataset, query: Query, given: Pairs) -> str:
    """Return the text of a query with its values; names are looked up beside the event loop."""
    values: dict[str, list[str]] = {}
    for name, value in given:
        parameter = get_parameter(query, name)
        if len(value) > LONGEST:
            raise parameter.misfit(f"the value is longer than {LONGEST} characters")
        values.setdefault(name, []).append(value)
    if any(parameter.type == "resource" for parameter in query.parameters):
        await asyncio.to_thread(_check_names, dataset, query, given)
    return dataset.bound(query, values)


def _check_names(dataset: Dataset, query: Query, given: Pairs) -> None:
    """Check that each resource has a name; else say of which parameter it is."""
    for name, value in given:
        parameter = get_parameter(query, name)
        if parameter.type == "resource" and value:
            try:
                dataset.names.resolve(value, parameter.cls)
            except NameProblem as error:
                raise ParameterError(
                    f"{name}: {error.problem}", parameter=name, remedy=error.remedy
                ) from error


def _page(
    request: Request, query: Query, given: Pairs, table: Table, wanted: Slice, key: str
) -> Page:
    following = wanted.next_of(len(table))
    last = len(table) if following is None else following
    link = None
    if following is not None:
        path = quote(request.url.path.lstrip("/"), safe=SAFE)
        rows = [(LIMIT, str(wanted.size)), (NEXT, write_mark(following, key))]
        link = f"{root_of(request)}{path}?{urlencode([*given, *rows])}"
    return Page(
        query=query,
        given=tuple(given),
        table=Table(table.columns, table.rows[wanted.first : last], table.types),
        total=len(table),
        first=wanted.first,
        next=link,
    )
