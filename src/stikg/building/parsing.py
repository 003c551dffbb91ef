"""The queries of a build: all are parsed before one is asked; problems have file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from stikg.errors import InputError, SyntaxProblem
from stikg.library import Query, without_values
from stikg.store import LocalStore

_PLACE: Final = re.compile(r"line (\d+), column (\d+)\Z")


def refuse_unreadable(queries: Iterable[Query]) -> None:
    """Ask every query of an empty store, which tells whether the engine can read it.

    :raises SyntaxProblem: if one does not parse, or does not project a column of its header.
    :raises InputError: if one is of another form, as a rule that is no CONSTRUCT query.
    """
    empty = LocalStore.in_memory([])
    for query in queries:
        with problems_of(query):
            if query.kind == "rule":
                empty.construct(query.text)
            else:
                _refuse_columns(query, empty.select(without_values(query)).columns)


@contextmanager
def problems_of(query: Query) -> Iterator[None]:
    """Give the problems of a query the place in its file.

    :raises InputError: as whatever is asked inside raises it, with file, line and remedy.
    """
    try:
        yield
    except InputError as problem:
        kind = SyntaxProblem if isinstance(problem, SyntaxProblem) else InputError
        raise kind(
            problem.problem,
            where=_place(query, problem.where),
            remedy=problem.remedy or "mend the query there",
        ) from problem


def _place(query: Query, where: str | None) -> str:
    found = _PLACE.match(where or "")
    if found is None:
        return f"queries/{query.path}:{query.line}"
    return f"queries/{query.path}:{query.line + int(found[1]) - 1}:{found[2]}"


def _refuse_columns(query: Query, projected: tuple[str, ...]) -> None:
    for column in query.columns:
        if column.name not in projected and not column.name.endswith("Label"):
            raise SyntaxProblem(
                f"the header has the column {column.name}, which the query does not project",
                remedy=f"name ?{column.name} behind SELECT, or take it from the header",
            )
