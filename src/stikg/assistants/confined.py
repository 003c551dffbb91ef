"""A store in a process of its own, which can be ended while it evaluates."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from stikg.assistants.settings import Settings
from stikg.assistants.wire import read_error, read_table
from stikg.assistants.worker import too_much
from stikg.errors import InputError
from stikg.results import Stream, Table
from stikg.terms import Literal, Quad, Triple

_SOURCE: Final = str(Path(__file__).resolve().parents[2])
_PROGRAM: Final = (
    "import sys; sys.path.insert(0, sys.argv[1]); from stikg.assistants.worker import work; "
    "work(sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))"
)
_COUNT: Final = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class ConfinedStore:
    """A store whose queries end at a deadline, together with the process that evaluates them.

    ``place`` is the folder of a store, the URL of an endpoint, or all that is set of one as JSON.
    One query is evaluated at a time; threads may share the store. A process that was ended is
    replaced by the next query.
    """

    def __init__(self, place: str, settings: Settings) -> None:
        self._place = place
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._one_at_a_time = threading.Lock()
        self._state = threading.Lock()
        self._served: int | None = None  # the thread whose query is evaluated
        self._reason = ""
        self._closed = False

    def select(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Table:
        """Return the solutions of a SELECT query.

        :raises InputError: if it takes too long, has too many rows or needs too much memory; else
            as the store itself does.
        """
        return read_table(self._ask("select", query, prefixes))

    def stream(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> Stream:
        """Return the solutions of a SELECT query, all at once: they are bounded here."""
        table = self.select(query, prefixes=prefixes)
        return Stream(table.columns, iter(table.rows))

    def ask(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> bool:
        """Return the answer of an ASK query; errors are those of ``select``."""
        return bool(self._ask("ask", query, prefixes)["boolean"])

    def construct(self, query: str, *, prefixes: Mapping[str, str] | None = None) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query; errors are those of ``select``."""
        table = read_table(self._ask("construct", query, prefixes))
        return [(row[0], row[1], row[2]) for row in table.rows]  # type: ignore[misc]

    def quads(self) -> Iterator[Quad]:
        """Refuse: all quads are more than an answer.

        :raises InputError: always.
        """
        raise InputError("all quads are more than an answer", remedy="use: stikg export")

    def count(self) -> int:
        """Return the number of quads."""
        term = self.select(_COUNT).rows[0][0]
        return int(term.value) if isinstance(term, Literal) else 0

    def cancel(self, thread: int) -> None:
        """End the query of a thread, if it is being evaluated."""
        self._end(thread, "the query was cancelled")

    def close(self) -> None:
        """End the process; no other is started."""
        with self._state:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        with self._one_at_a_time:
            self._forget()

    def _ask(self, form: str, query: str, prefixes: Mapping[str, str] | None) -> dict[str, Any]:
        job = {"form": form, "query": query, "prefixes": dict(prefixes) if prefixes else None}
        with self._one_at_a_time:
            line = self._exchange(json.dumps(job).encode() + b"\n")
            if not line.endswith(b"\n"):
                with self._state:
                    self._forget()
                raise self._ended()
        answer: dict[str, Any] = json.loads(line)
        if "error" in answer:
            raise read_error(answer["error"])
        return answer

    def _exchange(self, line: bytes) -> bytes:
        """Return the line that answers one; cut or empty if the process ended meanwhile."""
        thread = threading.get_ident()
        process = self._serve(thread)
        late = f"the query took longer than {self._settings.deadline:g} seconds"
        timer = threading.Timer(self._settings.deadline, self._end, (thread, late))
        timer.daemon = True
        timer.start()
        try:
            if process.stdin is None or process.stdout is None:
                return b""
            process.stdin.write(line)
            process.stdin.flush()
            return process.stdout.readline()
        except OSError:
            return b""
        finally:
            timer.cancel()
            with self._state:
                self._served = None

    def _serve(self, thread: int) -> subprocess.Popen[bytes]:
        """Return the process, a new one if there is none, and note whom it serves."""
        with self._state:
            if self._closed:
                raise InputError("the store is closed")
            if self._process is None or self._reason or self._process.poll() is not None:
                self._forget()
                self._process = self._start()
            self._served, self._reason = thread, ""
            return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (self._settings.deadline, self._settings.memory, self._settings.results)
        command = [sys.executable, "-P", "-c", _PROGRAM, _SOURCE, self._place, *map(str, limits)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  (ours)

    def _forget(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._process.wait()
        self._process = None

    def _end(self, thread: int, reason: str) -> None:
        with self._state:
            if self._served == thread and self._process is not None:
                self._reason = reason
                self._process.kill()

    def _ended(self) -> InputError:
        if not self._reason:
            return too_much()
        return InputError(
            self._reason, remedy="ask for less: fewer variables, more conditions, or LIMIT"
        )
