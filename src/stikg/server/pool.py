"""The workers: who of them evaluates what, and who of them must end.

A worker belongs to one job from the moment it is taken until it answered. Only that job's
deadline, or the leaving of who asked it, ends the worker; a clock of a job that is over ends none.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections import deque
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Final

from stikg.errors import Busy, LimitExceeded, StikgError
from stikg.server.cache import AnswerCache
from stikg.server.jobs import Answer, Job, Task
from stikg.server.process import WorkerEnded, WorkerProcess
from stikg.server.settings import Settings
from stikg.terms import BASE

_LOG: Final = logging.getLogger("stikg.server")
_LESS: Final = "ask for less: fewer rows, more of a pattern given, no cross product"
_NO_MEMORY: Final = ("memory allocation", "bad_alloc", "MemoryError")
"""Words of one who ended for want of memory."""

_START: Final = 2.0
"""Seconds behind the deadline in which the worker that it ended is replaced for who waits."""

_PAUSE: Final = 5.0
"""Seconds at most between two tries to start a worker."""


class Pool:
    """A number of workers over one store, and the line of those who wait for one.

    With ``warm`` the workers copy the store into memory when they have nothing else to do.

    >>> Pool(Settings(workers=1)).waiting
    0
    """

    def __init__(self, settings: Settings, *, warm: bool = True) -> None:
        self._settings = settings
        self._warm = warm
        self._task = Task(
            store="",
            memory=settings.memory,
            seconds=settings.deadline,
            rows=settings.rows,
            size=settings.result_bytes,
            nesting=settings.nesting,
            base=BASE,
            services=settings.services,
        )
        self._cache = AnswerCache(settings.cache_bytes)
        self._idle: deque[WorkerProcess] = deque()
        self._waiting: deque[asyncio.Future[WorkerProcess]] = deque()
        self._live: set[WorkerProcess] = set()
        self._known: set[WorkerProcess] = set()
        self._stopping = False
        self._errands: set[asyncio.Task[None]] = set()
        self.replaced = 0

    @property
    def waiting(self) -> int:
        """The number of queries that wait for a worker."""
        return len(self._waiting)

    @property
    def workers(self) -> tuple[WorkerProcess, ...]:
        """The workers that run, busy or not."""
        return tuple(self._live)

    async def start(self, store: Path) -> None:
        """Start all workers over a store folder.

        :raises DatasetError: if they cannot open the store.
        """
        self._task = replace(self._task, store=str(store))
        started = await asyncio.gather(
            *(WorkerProcess.start(self._task) for _ in range(self._settings.workers)),
            return_exceptions=True,
        )
        for worker in started:
            if isinstance(worker, WorkerProcess):
                self._admit(worker)
        for failure in started:
            if isinstance(failure, BaseException):
                raise failure

    async def stop(self) -> None:
        """End all workers; who waits for one is told that it is over."""
        self._stopping = True
        errands = list(self._errands)
        for errand in errands:
            errand.cancel()
        await asyncio.gather(*errands, return_exceptions=True)
        while self._waiting:
            self._waiting.popleft().cancel()
        self._idle.clear()
        for worker in self._known:
            worker.end()
        await asyncio.gather(*(worker.gone() for worker in self._known))
        self._known.clear()
        self._live.clear()

    async def run(self, job: Job) -> Answer:
        """Return the answer of a job; to be cancelled when nobody waits for it any more.

        :raises Busy: if too many wait, or a worker was waited for too long.
        :raises LimitExceeded: if it takes more time, memory or room than it may.
        :raises StikgError: if the query is at fault.
        """
        answer = self._cache.find(job)
        if answer is None:
            answer = await self._evaluate(job, await self._take())
            self._cache.keep(job, answer)
        return answer

    async def _evaluate(self, job: Job, worker: WorkerProcess) -> Answer:
        try:
            async with asyncio.timeout(self._settings.deadline):
                answer = await worker.ask(job)
        except StikgError:  # the worker's own word: it is well
            self._give(worker)
            raise
        except TimeoutError as error:
            self._replace(worker)
            raise LimitExceeded(
                f"no answer within {self._settings.deadline:g} seconds", remedy=_LESS
            ) from error
        except WorkerEnded as error:
            self._replace(worker)
            _LOG.warning("a worker ended: %s", error)
            raise LimitExceeded(self._cause(str(error)), remedy=_LESS) from error
        except BaseException:  # who asked has left
            self._replace(worker)
            raise
        self._give(worker)
        return answer

    async def _take(self) -> WorkerProcess:
        """Return a worker that is free, the first in the line first."""
        if self._idle:
            return self._idle.popleft()
        if len(self._waiting) >= self._settings.queue:
            raise self._busy(f"{len(self._waiting)} queries are waiting already")
        place: asyncio.Future[WorkerProcess] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            async with asyncio.timeout(self._settings.deadline + _START):
                return await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self._give(place.result())
            elif place in self._waiting:
                self._waiting.remove(place)
            if isinstance(error, TimeoutError):
                raise self._busy("no worker was free in time") from error
            raise

    def _give(self, worker: WorkerProcess) -> None:
        """Hand a worker to the first who waits, or let it rest."""
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(worker)
                return
        self._idle.append(worker)

    def _admit(self, worker: WorkerProcess) -> None:
        self._known.add(worker)
        self._live.add(worker)
        self._give(worker)
        if self._warm:
            self._send(self._to_memory(worker))

    def _replace(self, worker: WorkerProcess) -> None:
        """End a worker and start another in its place."""
        self._live.discard(worker)
        worker.end()
        if not self._stopping:
            self.replaced += 1
            self._send(self._start_another(worker))

    async def _start_another(self, worker: WorkerProcess) -> None:
        await worker.gone()
        self._known.discard(worker)
        pause = 0.1
        while True:
            try:
                self._admit(await WorkerProcess.start(self._task))
                return
            except (StikgError, OSError) as error:
                _LOG.error("a worker does not start: %s", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _PAUSE)

    async def _to_memory(self, worker: WorkerProcess) -> None:
        """Let a worker copy its store into memory when nothing else is to be done."""
        while worker in self._live and not (worker in self._idle and len(self._idle) > 1):
            if worker in self._idle and self._settings.workers == 1:
                break
            await asyncio.sleep(0.05)
        if worker not in self._live:
            return
        self._idle.remove(worker)
        try:
            await worker.warm()
        except WorkerEnded:
            self._replace(worker)
        else:
            self._give(worker)

    def _send(self, errand: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    def _cause(self, words: str) -> str:
        """Return why a worker ended, as far as its last words tell."""
        if any(word in words for word in _NO_MEMORY):
            return f"the query takes more than {self._settings.memory >> 20} MiB of memory"
        if "overflow" in words:
            return "the query is nested too deeply"
        return "the query ended the process that evaluated it"

    def _busy(self, problem: str) -> Busy:
        seconds = max(1, math.ceil(self._settings.deadline / 2))
        return Busy(problem, seconds=seconds, remedy=f"try again in {seconds} seconds")
