"""The process that evaluates: one query in, one answer out, a line of JSON each.

It ends with its parent, and by the clock even if the parent has gone: an evaluation cannot be
interrupted, so the process is what is ended. Over a store of this machine it has no network,
where the system lets it be taken away.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stikg.assistants.wire import as_table, write_error, write_table
from stikg.dataset.places import find_place
from stikg.errors import InputError, StikgError
from stikg.results import Table
from stikg.store import LocalStore
from stikg.store.confinement import bound_memory, leave_network
from stikg.store.guard import refuse_dangers

if TYPE_CHECKING:
    from stikg.store import Store

GRACE: Final = 2.0
"""Seconds after the deadline at which the process ends itself."""


def work(place: str, deadline: float, memory: int, results: int) -> None:
    """Answer the queries on standard input until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what prints to standard output must not spoil an answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not _is_far(place):
        leave_network()
    store: Store | None = None
    for line in sys.stdin.buffer:
        _alarm(deadline + GRACE)
        try:
            if store is None:
                store = _open(place)
                bound_memory(memory)
            answer = _answer(store, json.loads(line), results)
        except StikgError as error:
            answer = {"error": write_error(error)}
        except MemoryError:
            answer = {"error": write_error(too_much())}
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()
        _alarm(0)


def too_much() -> InputError:
    """Return the error of a query that needs more memory than it may."""
    return InputError(
        "the query needs more memory than it may take",
        remedy="ask for less: fewer variables, more conditions, or counts",
    )


def _open(place: str) -> Store:
    if not _is_far(place):
        folder = Path(place)
        return find_place(folder).open() if folder.is_dir() else LocalStore.open(folder)
    from stikg.store.profiles import Endpoint

    endpoint = Endpoint.from_json(place) if place.startswith("{") else Endpoint(place)
    return endpoint.open()


def _is_far(place: str) -> bool:
    return place.startswith(("{", "http://", "https://"))


def _answer(store: Store, job: dict[str, Any], results: int) -> dict[str, Any]:
    query, prefixes = job["query"], job["prefixes"]
    refuse_dangers(query)
    if job["form"] == "ask":
        return {"boolean": store.ask(query, prefixes=prefixes)}
    if job["form"] == "construct":
        return write_table(_few(as_table(store.construct(query, prefixes=prefixes)), results))
    return write_table(_few(store.select(query, prefixes=prefixes), results))


def _few(table: Table, results: int) -> Table:
    if len(table) > results:
        raise InputError(
            f"the answer has {len(table)} rows, more than the {results} that are allowed",
            remedy="ask for less: add conditions or LIMIT, or count with COUNT and GROUP BY",
        )
    return table


def _alarm(seconds: float) -> None:
    """Let the system end this process after some seconds, or never for 0."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
