"""The solutions of the engine one by one, as our own terms."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Final

import pyoxigraph

from stikg.errors import InputError, StikgError
from stikg.results import Row
from stikg.serialisation.engine import from_engine
from stikg.terms import IRI, Term

_MOST_SHARED: Final = 1 << 16
"""IRIs of which equal ones share one object, so that memory does not grow with the answer."""


def read_solutions(
    results: pyoxigraph.QuerySolutions, problem: Callable[[Exception], StikgError]
) -> Iterator[Row]:
    """Yield the rows of solutions; ``problem`` gives the error to raise for one of the engine.

    :raises InputError: if another thread than the one that asked reads them, which the engine
        would answer by ending the process.
    """
    return _rows(results, problem, threading.get_ident())


def _rows(
    results: pyoxigraph.QuerySolutions,
    problem: Callable[[Exception], StikgError],
    thread: int,
) -> Iterator[Row]:
    shared: dict[str, IRI] = {}

    def term_of(term: object) -> Term | None:
        if isinstance(term, pyoxigraph.NamedNode):
            value = term.value
            return shared.get(value) or shared.setdefault(value, IRI(value))
        return None if term is None else from_engine(term)

    while True:
        if threading.get_ident() != thread:
            raise InputError(
                "the rows of a stream were read in another thread",
                remedy="read them in the thread that asked, or use select",
            )
        try:
            solution = next(results, None)
        except (RuntimeError, OSError, ValueError) as error:
            raise problem(error) from error
        if solution is None:
            return
        if len(shared) > _MOST_SHARED:
            shared.clear()
        yield tuple([term_of(term) for term in solution])
