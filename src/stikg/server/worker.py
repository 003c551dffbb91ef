"""The process that evaluates queries: one store, read only, one query at a time.

It has no network where the system lets it be taken away, no more memory than it may have, and
ends itself if nobody ends it in time. It is started by ``stikg.server.process`` and speaks over
its standard input and output.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
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

_NEW_NETWORK: Final = 0x40000000
_NEW_USER: Final = 0x10000000
_END_WITH_PARENT: Final = 1
"""Numbers of Linux: CLONE_NEWNET, CLONE_NEWUSER, PR_SET_PDEATHSIG."""

_GRACE: Final = 2.0
"""Seconds after the deadline at which a worker ends itself, should the server not have done so."""


def main() -> None:
    """Serve until the standard input ends."""
    questions, answers = _pipes()
    task = Task(**_read(questions))
    isolated = isolate()
    try:
        store = LocalStore.open(Path(task.store))
    except StikgError as error:
        _write(answers, pack_error(error))
        return
    _write(answers, pack_answer(Answer("ready", "isolated" if isolated else "", b"")))
    bound(task.memory)
    limits = Limits(task.rows, task.size, task.nesting)
    while (content := _read(questions)) is not ...:
        if content is None:
            bound(None)
            store = store.to_memory()
            bound(task.memory)
            _write(answers, pack_answer(Answer("ready", "memory", b"")))
            continue
        _alarm(task.seconds + _GRACE)
        _write(answers, _answer(store, content, limits, task.base))
        _alarm(0)


def isolate() -> bool:
    """Take the network away from this process, and tell if it is gone.

    Must come before anything starts a thread.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "linux":
        return False
    import ctypes

    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(_END_WITH_PARENT, signal.SIGKILL)
    return any(system.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def bound(memory: int | None) -> None:
    """Let this process take so many bytes more than it has now, or as many as it likes.

    Counted from what it has: threads and the store take hundreds of MiB of addresses that they
    hardly use, and the engine does not survive an allocation that fails.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        most = resource.RLIM_INFINITY
        if memory is not None:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            most = pages * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


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
