"""A store folder written from big files, in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Thread
from typing import IO, Final, cast

import pyoxigraph

from stikg.errors import InputError, OutputError, StikgError
from stikg.serialisation.engine import quads_to_engine
from stikg.serialisation.feeding import Feed, Source
from stikg.serialisation.pipes import Pipe
from stikg.serialisation.reading import ENGINE_FORMATS, syntax_problem
from stikg.store.bulklines import LINE_FORMATS, load_lines, moved
from stikg.store.faults import need_addresses, writing_problem
from stikg.store.seal import write_seal
from stikg.terms import Quad

_TSV: Final = pyoxigraph.QueryResultsFormat.TSV
_NAMED: Final = """SELECT ?s ?p ?o WHERE {{
  GRAPH ?g {{ ?s ?p ?o }}
  FILTER(!STRSTARTS(STR(?g), "{without}") && !isBlank(?s) && !isBlank(?o))
}}"""


class BulkStore:
    """A new store folder while it is being written; nobody reads it before ``close``."""

    def __init__(self, folder: Path) -> None:
        """Make the folder.

        :raises OutputError: if there is one, or it cannot be written.
        """
        if folder.exists():
            raise OutputError("there is something here already", where=str(folder))
        self.folder = folder
        need_addresses("write")
        try:
            self._store: pyoxigraph.Store | None = pyoxigraph.Store(str(folder))
        except (OSError, RuntimeError) as error:
            raise writing_problem(error, folder) from error

    def load(self, feed: Feed, source: Source, *, watch: Callable[[bytes, str], None]) -> bool:
        """Add what a source says, and tell whether ``watch`` was shown all of it, as whole lines.

        ``watch`` gets them with the name of their format.

        :raises SyntaxProblem: if it does not parse, with file, line and column.
        :raises InputError: if it cannot be read.
        :raises OutputError: if the folder cannot be written.
        """
        try:
            if source.format.name in LINE_FORMATS:
                load_lines(self._open, feed, source, watch)
                if not feed.unread:
                    return True
            self._load_stream(feed, source)
            return False
        except SyntaxError as error:
            raise syntax_problem(error, source.name) from error
        except (OSError, RuntimeError, ValueError, EOFError) as error:
            if isinstance(feed.failure, KeyboardInterrupt):
                raise feed.failure from None
            raise self._problem(feed, source, error) from error

    def fill_default_graph(self, *, without: str) -> None:
        """Add to the default graph what named graphs say, but for those that begin ``without``.

        Statements about blank nodes stay where they are.

        :raises OutputError: if the folder cannot be written.
        """
        store, pipe, failures = self._open, Pipe(), list[Exception]()

        def answer() -> None:
            try:
                with pipe.writer() as stream:
                    _solutions(store, _NAMED.format(without=without)).serialize(stream, format=_TSV)
            except (OSError, RuntimeError) as error:
                failures.append(error)

        worker = Thread(target=answer)
        worker.start()
        try:
            store.bulk_load(input=cast("IO[bytes]", pipe), format=pyoxigraph.RdfFormat.TURTLE)
        except (OSError, RuntimeError, SyntaxError) as error:
            raise writing_problem(error, self.folder) from error
        finally:
            pipe.close()
            worker.join()
        if failures:
            raise writing_problem(failures[0], self.folder) from failures[0]

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads.

        :raises OutputError: if the folder cannot be written.
        """
        try:
            self._open.bulk_extend(quads_to_engine(quads))
        except (OSError, RuntimeError) as error:
            raise writing_problem(error, self.folder) from error

    def rows(self, query: str) -> Iterator[list[str]]:
        """Yield the solutions of a SELECT query as the texts of TSV, from a file beside the store.

        :raises OutputError: if that cannot be written.
        """
        path = self.folder.with_name("rows.tsv")
        try:
            _solutions(self._open, query).serialize(str(path), format=_TSV)
            with path.open(encoding="utf-8", newline="\n") as lines:
                next(lines)
                for line in lines:
                    yield line[:-1].split("\t")
        except (OSError, RuntimeError) as error:
            raise writing_problem(error, self.folder) from error
        finally:
            path.unlink(missing_ok=True)

    def ask(self, query: str) -> bool:
        """Return the answer of an ASK query."""
        return bool(self._open.query(query))

    def graphs(self) -> int:
        """Return the number of named graphs."""
        return sum(1 for _ in self._open.named_graphs())

    def close(self) -> int:
        """Finish the folder, write its seal beside it, and return the number of quads.

        :raises OutputError: if something cannot be written.
        """
        try:
            self._open.flush()
            count = len(self._open)
            self._store = None  # closes it: only then the files have their last sizes
            write_seal(self.folder, count)
        except (OSError, RuntimeError) as error:
            raise writing_problem(error, self.folder) from error
        return count

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._store is None:
            raise ValueError("the store is closed")
        return self._store

    def _load_stream(self, feed: Feed, source: Source) -> None:
        before = feed.lines_before_unread
        rdf_format = ENGINE_FORMATS[source.format.name]
        try:
            self._open.bulk_load(input=cast("IO[bytes]", feed), format=rdf_format)
        except SyntaxError as error:
            raise moved(error, before) from None

    def _problem(self, feed: Feed, source: Source, error: Exception) -> StikgError:
        if feed.failure is None:
            return writing_problem(error, self.folder)
        return InputError(
            f"cannot be read: {feed.failure}",
            where=source.name,
            remedy="get the file again: it is cut or damaged" if source.packed else None,
        )


def _solutions(store: pyoxigraph.Store, query: str) -> pyoxigraph.QuerySolutions:
    return cast("pyoxigraph.QuerySolutions", store.query(query))
