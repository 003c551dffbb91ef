"""One worker process, as the server sees it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Final

import stikg
from stikg.errors import DatasetError
from stikg.server.jobs import ANSWER, Answer, Job, Task, pack_question, read_answer

_BUFFER: Final = 1 << 20


class WorkerEnded(Exception):
    """A worker ended before it answered; the exit code tells how."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"exit code {code}")
        self.code = code


class WorkerProcess:
    """A worker that runs: it is asked one thing at a time, and may be killed at any."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.isolated = False
        self.in_memory = False

    @classmethod
    async def start(cls, task: Task) -> WorkerProcess:
        """Start a worker and wait until it can answer.

        :raises DatasetError: if it cannot open its store.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "stikg.server.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=_BUFFER,
            env=_environment(),
            start_new_session=True,
        )  # fmt: skip
        worker = cls(process)
        try:
            ready = await worker._ask(task)
        except WorkerEnded as error:
            raise DatasetError(f"a worker ended while it started ({error})") from error
        except BaseException:
            await worker.kill()
            raise
        worker.isolated = ready.format == "isolated"
        return worker

    @property
    def id(self) -> int:
        """The number of the process."""
        return self._process.pid

    async def ask(self, job: Job) -> Answer:
        """Return the answer of a job.

        :raises StikgError: if the worker says that the query is at fault.
        :raises WorkerEnded: if it ended.
        """
        return await self._ask(job)

    async def warm(self) -> None:
        """Let the worker copy its store into memory, where it answers sooner.

        :raises WorkerEnded: if it ended.
        """
        await self._ask(None)
        self.in_memory = True

    async def kill(self) -> None:
        """End the process, whatever it is doing, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()

    async def _ask(self, content: Job | Task | None) -> Answer:
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise WorkerEnded(None)
        try:
            questions.write(pack_question(content))
            await questions.drain()
            head, body = ANSWER.unpack(await answers.readexactly(ANSWER.size))
            return read_answer(await answers.readexactly(head), await answers.readexactly(body))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerEnded(await self._process.wait()) from error


def _environment() -> dict[str, str]:
    """Return our environment, in which the worker finds this very stikg."""
    here = str(Path(stikg.__file__).resolve().parents[1])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
