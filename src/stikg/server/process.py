"""One worker process, as the server sees it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import cast

import stikg
from stikg.errors import DatasetError
from stikg.server.jobs import ANSWER, Answer, Job, Task, pack_question, read_answer


class WorkerEnded(Exception):
    """A worker ended before it answered."""


class WorkerProcess(asyncio.SubprocessProtocol):
    """A worker that runs: it is asked one thing at a time, and may be ended at any."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.isolated = False
        self.in_memory = False
        self._gone: asyncio.Future[None] = loop.create_future()
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._heard = bytearray()

    @classmethod
    async def start(cls, task: Task) -> WorkerProcess:
        """Start a worker and wait until it can answer.

        :raises DatasetError: if it cannot open its store.
        """
        _, worker = await asyncio.get_running_loop().subprocess_exec(
            cls,
            sys.executable, "-P", "-m", "stikg.server.worker",
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        )  # fmt: skip
        try:
            ready = await worker._ask(task)
        except WorkerEnded as error:
            raise DatasetError("a worker ended while it started") from error
        except BaseException:
            worker.end()
            await worker.gone()
            raise
        worker.isolated = ready.format == "isolated"
        return worker

    @property
    def id(self) -> int:
        """The number of the process."""
        return self._transport.get_pid()

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

    def end(self) -> None:
        """End the process at once, whatever it is doing."""
        with contextlib.suppress(ProcessLookupError):
            self._transport.kill()
        self._transport.close()

    async def gone(self) -> None:
        """Wait until the process has ended."""
        await asyncio.shield(self._gone)

    async def _ask(self, content: Job | Task | None) -> Answer:
        if self._gone.done() or self._transport.is_closing():
            raise WorkerEnded
        self._answer = asyncio.get_running_loop().create_future()
        self._questions.write(pack_question(content))
        try:
            head, body = await self._answer
        finally:
            self._answer = None
        return read_answer(head, body)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the ends of the pipes."""
        self._transport = cast(asyncio.SubprocessTransport, transport)
        self._questions = cast(asyncio.WriteTransport, self._transport.get_pipe_transport(0))

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Gather an answer until it is whole."""
        self._heard += data
        if len(self._heard) < ANSWER.size:
            return
        head, body = ANSWER.unpack_from(self._heard)
        begin, end = ANSWER.size + head, ANSWER.size + head + body
        if len(self._heard) >= end:
            whole = bytes(self._heard)
            self._heard = bytearray()
            if self._answer is not None and not self._answer.done():
                self._answer.set_result((whole[ANSWER.size : begin], whole[begin:end]))

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Tell who waits for an answer that there will be none."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(WorkerEnded())
        self._transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits for the end."""
        if not self._gone.done():
            self._gone.set_result(None)


def _environment() -> dict[str, str]:
    """Return our environment, in which the worker finds this very stikg."""
    here = str(Path(stikg.__file__).resolve().parents[1])
    paths = [here, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
