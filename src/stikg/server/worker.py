"""The process that evaluates queries: one store, read only, one query at a time.

It has no network where the system lets it be taken away, unless queries may ask others; no more
memory than it may have, and ends itself if nobody ends it in time. It is started by
``stikg.server.process`` and speaks over its standard input and output.
"""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import IO, Any, Final

from stikg.errors import LimitExceeded, StikgError
from stikg.server.jobs import (
    QUESTION,
    Answer,
    Task,
    pack_answer,
    pack_error,
    read_job,
)
from stikg.store import Limits, LocalStore
from stikg.store.confinement import bound_memory, end_with_parent, leave_network

_GRACE: Final = 2.0
"""Seconds after the deadline at which a worker ends itself, should the server not have done so."""


def main() -> None:
    """Serve until the standard input ends."""
    questions, answers = _pipes()
    task = Task(**_read(questions))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    isolated = not task.services and leave_network()
    try:
        store = LocalStore.open(Path(task.store))
    except StikgError as error:
        _write(answers, pack_error(error))
        return
    _write(answers, pack_answer(Answer("ready", "isolated" if isolated else "", b"")))
    bound_memory(task.memory)
    limits = Limits(task.rows, task.size, task.nesting, tuple(task.services))
    while (content := _read(questions)) is not ...:
        if content is None:
            bound_memory(None)
            store = store.to_memory()
            bound_memory(task.memory)
            _write(answers, pack_answer(Answer("ready", "memory", b"")))
            continue
        _alarm(task.seconds + _GRACE)
        _write(answers, _answer(store, content, limits, task.base))
        _alarm(0)


def _answer(store: LocalStore, content: Any, limits: Limits, base: str) -> bytes:
    job = read_job(content)
    try:
        reply = store.reply(job.query, job.wanted, limits, graphs=job.graphs, base=base)
    except StikgError as error:
        return pack_error(error)
    except MemoryError:
        return pack_error(LimitExceeded("the answer takes more memory than a query may have"))
    return pack_answer(Answer(*reply))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the two ends of the conversation; what anything prints goes to standard error."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return questions, answers


def _read(questions: IO[bytes]) -> Any:
    """Return the next question; an ellipsis at the end of all."""
    head = questions.read(QUESTION.size)
    if len(head) < QUESTION.size:
        return ...
    return json.loads(questions.read(*QUESTION.unpack(head)))


def _write(answers: IO[bytes], content: bytes) -> None:
    answers.write(content)
    answers.flush()


def _alarm(seconds: float) -> None:
    """End this process in some seconds, whatever it is doing then; zero: never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    main()
