"""A dataset in this process, by pyoxigraph: on disk (read only) or in memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from stikg.errors import DatasetError, EndpointError, InputError, OutputError, StikgError
from stikg.results import Stream, Table
from stikg.store.faults import (
    damaged,
    is_damage,
    need_addresses,
    opening_problem,
    writing_problem,
)
from stikg.store.guard import refuse_dangers
from stikg.store.ordering import ordered, split_order
from stikg.store.seal import check_seal, write_seal
from stikg.store.solutions import read_tsv, sorted_triples
from stikg.terms import Quad, Triple

if TYPE_CHECKING:
    from stikg.store.replies import Graphs, Limits, Reply, Wanted

_Results = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


class LocalStore:
    """A dataset of this machine; queries that would fetch from the network are refused."""

    def __init__(self, store: pyoxigraph.Store, *, on_disk: bool = False) -> None:
        self._store = store
        self._on_disk = on_disk

    @classmethod
    def open(cls, folder: Path) -> LocalStore:
        """Open a store folder for reading, from any number of processes.

        :raises DatasetError: if the folder is missing or damaged, or of another build than the
            manifest.json beside it.
        """
        if not folder.is_dir():
            raise DatasetError("no store here", where=str(folder), remedy="build it: stikg build")
        check_seal(folder)
        return cls._open(folder)

    @classmethod
    def open_bare(cls, folder: Path) -> LocalStore:
        """Open for reading a store folder that no build of stikg made.

        If it has a seal nevertheless, that is checked; without one some damage cannot be seen.

        :raises DatasetError: if the folder is missing or damaged.
        """
        if folder.with_name(f"{folder.name}.json").exists():
            return cls.open(folder)
        return cls._open(folder)

    @classmethod
    def _open(cls, folder: Path) -> LocalStore:
        need_addresses("open")
        try:
            store = pyoxigraph.Store.read_only(str(folder))
        except (OSError, RuntimeError, ValueError) as error:
            raise opening_problem(error, folder) from error
        return cls(store, on_disk=True)

    @classmethod
    def in_memory(cls, quads: Iterable[Quad]) -> LocalStore:
        """Return a store of these quads in memory.

        :raises InputError: if a quad is not valid.

        >>> from stikg.terms import IRI
        >>> store = LocalStore.in_memory([(IRI("e:a"), IRI("e:p"), IRI("e:b"), None)])
        >>> store.select("SELECT ?o { <e:a> ?p ?o }").rows
        ((IRI(value='e:b'),),)
        >>> store.select("SELECT ?o { <e:a> ?p ?o ")
        Traceback (most recent call last):
        ...
        stikg.errors.SyntaxProblem: line 1, column 11: this { is not closed
        """
        store = pyoxigraph.Store()
        store.bulk_extend(_to_engine(quads))
        return cls(store)

    @classmethod
    def create(cls, folder: Path, quads: Iterable[Quad]) -> int:
        """Write a new store folder, its seal beside it, and return the number of its quads.

        :raises OutputError: if the folder exists or cannot be written.
        :raises InputError: if a quad is not valid.
        """
        if folder.exists():
            raise OutputError("there is something here already", where=str(folder))
        need_addresses("write")
        try:
            store = pyoxigraph.Store(str(folder))
            store.bulk_extend(_to_engine(quads))
            store.flush()
            count = len(store)
            del store  # closes it: only then the files have their last sizes
            write_seal(folder, count)
        except (OSError, RuntimeError) as error:
            raise writing_problem(error, folder) from error
        return count

    def to_memory(self) -> LocalStore:
        """Return a copy in memory, which answers canned queries in a fraction of the time.

        Not for more than about a million quads: there the engine in memory walks along hubs.
        """
        store = pyoxigraph.Store()
        try:
            store.bulk_extend(self._store)
        except (OSError, RuntimeError) as error:
            raise damaged(error) from error
        return LocalStore(store)

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads to a store in memory.

        :raises InputError: if a quad is not valid.
        :raises DatasetError: if the store was opened from a folder, where nothing is changed.
        """
        try:
            self._store.extend(_to_engine(quads))
        except RuntimeError as error:
            raise DatasetError(
                "a compiled dataset is only read", remedy="change the files and build it again"
            ) from error

    def select(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Table:
        """Return the solutions of a SELECT query, in the order of the engine.

        :raises SyntaxProblem: if the query does not parse; with line and column.
        :raises InputError: if it is no SELECT query, asks another server, or cannot be run.
        """
        order = split_order(query) if self._on_disk else None
        if order is not None:
            table = ordered(self._table(order.query, prefixes), order)
            if table is not None:
                return table
        return self._table(query, prefixes)

    def _table(self, query: str, prefixes: Mapping[str, str] | None) -> Table:
        results = self._solutions(query, prefixes)
        try:
            text = results.serialize(format=pyoxigraph.QueryResultsFormat.TSV)
        except (RuntimeError, OSError, ValueError) as error:
            raise _problem(error, query) from error
        return read_tsv((text or b"").decode())

    def stream(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Stream:
        """Return the solutions of a SELECT query, found while they are read.

        :raises SyntaxProblem: if the query does not parse; with line and column.
        :raises InputError: if it is no SELECT query, asks another server, or cannot be run; this
            last also from the rows, as when another thread reads them.
        """
        from stikg.store.streaming import read_solutions

        results = self._solutions(query, prefixes)
        columns = tuple(variable.value for variable in results.variables)
        return Stream(columns, read_solutions(results, lambda error: _problem(error, query)))

    def ask(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> bool:
        """Return the answer of an ASK query.

        :raises SyntaxProblem: if the query does not parse; with line and column.
        :raises InputError: if it is no ASK query, asks another server, or cannot be run.
        """
        results = self._evaluate(query, prefixes)
        if not isinstance(results, pyoxigraph.QueryBoolean):
            raise InputError("not an ASK query", remedy="begin it with ASK")
        return bool(results)

    def construct(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, each once, sorted.

        :raises SyntaxProblem: if the query does not parse; with line and column.
        :raises InputError: if it is no such query, asks another server, or cannot be run.
        """
        from stikg.serialisation.engine import triples_from_engine

        results = self._evaluate(query, prefixes)
        if not isinstance(results, pyoxigraph.QueryTriples):
            raise InputError("not a CONSTRUCT query", remedy="begin it with CONSTRUCT or DESCRIBE")
        try:
            triples = set(triples_from_engine(results))
        except (RuntimeError, OSError, ValueError) as error:
            raise _problem(error, query) from error
        return sorted_triples(triples)

    def reply(
        self,
        query: str,
        wanted: Wanted,
        limits: Limits,
        *,
        graphs: Graphs | None = None,
        base: str | None = None,
    ) -> Reply:
        """Return the answer of a query of any form as a document.

        The prefixes of stikg need no declaration. ``graphs`` is what the protocol names as the
        dataset; it takes the place of FROM in the query.

        :raises SyntaxProblem: if the query does not parse; with line and column.
        :raises InputError: if it asks another server, is nested too deeply, or cannot be run.
        :raises LimitExceeded: if the answer is larger than it may be.
        :raises EndpointError: if an endpoint that it may ask does not answer.
        """
        from stikg.store.replies import evaluate, write_reply

        refuse_dangers(query, deepest=limits.nesting, services=limits.services)
        try:
            return write_reply(evaluate(self._store, query, graphs, base), wanted, limits)
        except OSError as error:
            if limits.services:
                raise EndpointError(f"SERVICE has no answer: {error}") from error
            raise _problem(error, query) from error
        except (SyntaxError, RuntimeError, ValueError) as error:
            raise _problem(error, query) from error

    def quads(self) -> Iterator[Quad]:
        """Iterate over all quads, in no order that lasts.

        :raises DatasetError: while iterating, if the files of the store are damaged.
        """
        from stikg.serialisation.engine import quads_from_engine

        try:
            yield from quads_from_engine(self._store)
        except (OSError, RuntimeError) as error:
            raise damaged(error) from error

    def count(self) -> int:
        """Return the number of quads; takes time in proportion to it."""
        return len(self._store)

    def _solutions(
        self, query: str, prefixes: Mapping[str, str] | None
    ) -> pyoxigraph.QuerySolutions:
        results = self._evaluate(query, prefixes)
        if not isinstance(results, pyoxigraph.QuerySolutions):
            raise InputError("not a SELECT query", remedy="begin it with SELECT")
        return results

    def _evaluate(self, query: str, prefixes: Mapping[str, str] | None) -> _Results:
        refuse_dangers(query)
        try:
            return self._store.query(query, prefixes=dict(prefixes) if prefixes else None)
        except (SyntaxError, RuntimeError, OSError, ValueError) as error:
            raise _problem(error, query) from error


def _to_engine(quads: Iterable[Quad]) -> Iterator[pyoxigraph.Quad]:
    from stikg.serialisation.engine import quads_to_engine  # no part of answering a question

    return quads_to_engine(quads)


def _problem(error: Exception, query: str) -> StikgError:
    from stikg.store.problems import query_problem

    return damaged(error) if is_damage(error) else query_problem(error, query)
