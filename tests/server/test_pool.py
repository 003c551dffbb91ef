"""Who of the workers ends, and who does not."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from stikg.dataset import Dataset
from stikg.errors import Busy, DatasetError, InputError, LimitExceeded, SyntaxProblem
from stikg.server.jobs import Job
from stikg.server.pool import Pool
from stikg.server.settings import Settings
from stikg.store import Wanted
from tests.fixtures.isolation import need_isolation, shares_network
from tests.server.conftest import KILLER

_T = TypeVar("_T")


def job(query: str) -> Job:
    return Job(query, Wanted())


def pooled(
    dataset: Dataset, settings: Settings, work: Callable[[Pool], Awaitable[_T]], **options: bool
) -> _T:
    """Do something with a pool that runs."""

    async def main() -> _T:
        assert dataset.store_folder is not None
        pool = Pool(settings, **options)
        await pool.start(dataset.store_folder)
        try:
            return await work(pool)
        finally:
            await pool.stop()

    return asyncio.run(main())


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


def test_the_deadline_ends_one_worker_and_another_takes_its_place(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        before = {worker.id for worker in pool.workers}
        with pytest.raises(LimitExceeded, match=r"within 0\.5 seconds"):
            await pool.run(job(KILLER))
        await until(lambda: len(pool.workers) == 2)
        assert len(before & {worker.id for worker in pool.workers}) == 1
        assert (await pool.run(job("ASK {}"))).kind == "boolean"

    pooled(dataset, Settings(deadline=0.5), work)


def test_a_clock_that_is_over_ends_nobody(dataset: Dataset) -> None:
    """Who leaves before the deadline must not strike, at the deadline, who came after."""

    async def work(pool: Pool) -> None:
        leaving = asyncio.create_task(pool.run(job(KILLER)))
        await asyncio.sleep(2.0)
        leaving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await leaving
        await until(lambda: len(pool.workers) == 1)
        (worker,) = pool.workers
        later = asyncio.create_task(pool.run(job(KILLER + " # later")))
        await asyncio.sleep(2.5)  # the first deadline passes
        assert not later.done()
        assert pool.workers == (worker,)
        with pytest.raises(LimitExceeded):
            await later

    pooled(dataset, Settings(workers=1, deadline=4), work)


def test_the_others_go_on_while_one_is_held(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        killer = asyncio.create_task(pool.run(job(KILLER)))
        await asyncio.sleep(0.1)
        for number in range(50):
            answer = await pool.run(job(f"SELECT * {{ ?s ?p ?o }} LIMIT {number}"))
            assert answer.body.count(b'"s":{') == number
        assert not killer.done()
        with pytest.raises(LimitExceeded):
            await killer

    pooled(dataset, Settings(deadline=8), work)


def test_the_line_has_an_end_and_who_leaves_it_leaves_a_place(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        killer = asyncio.create_task(pool.run(job(KILLER)))
        await asyncio.sleep(0.1)
        second = asyncio.create_task(pool.run(job("ASK {}")))
        await asyncio.sleep(0.1)
        assert pool.waiting == 1
        with pytest.raises(Busy, match="1 queries are waiting already") as caught:
            await pool.run(job("ASK { ?s ?p ?o }"))
        assert caught.value.seconds >= 1
        second.cancel()
        await asyncio.wait([second])
        assert pool.waiting == 0
        third = asyncio.create_task(pool.run(job("ASK { ?s ?p 1 }")))
        with pytest.raises(LimitExceeded):
            await killer
        assert b"boolean" in (await third).body

    pooled(dataset, Settings(workers=1, deadline=5, queue=1), work)


def test_a_worker_that_dies_is_replaced(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        (worker,) = pool.workers
        os.kill(worker.id, signal.SIGKILL)
        with pytest.raises(LimitExceeded, match="ended the process"):
            await pool.run(job("ASK {}"))
        assert (await pool.run(job("ASK {}"))).body
        assert pool.replaced == 1

    pooled(dataset, Settings(workers=1), work, warm=False)


def test_errors_of_a_query_end_no_worker(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        before = pool.workers
        with pytest.raises(SyntaxProblem) as caught:
            await pool.run(job("ASK {\n"))
        assert caught.value.where == "line 1, column 5"
        with pytest.raises(InputError, match="custom function"):
            await pool.run(job("SELECT (<a:b>(1) AS ?x) {}"))
        assert pool.workers == before

    pooled(dataset, Settings(workers=1), work)


def test_answers_are_remembered_unless_they_change(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        first = await pool.run(job("SELECT * { ?s a ?c }"))
        assert await pool.run(job("SELECT * { ?s a ?c }")) is first
        now = "SELECT (STRUUID() AS ?x) {}"
        assert await pool.run(job(now)) != await pool.run(job(now))

    pooled(dataset, Settings(), work)


def test_workers_answer_from_memory_after_a_while(dataset: Dataset) -> None:
    async def work(pool: Pool) -> None:
        await until(lambda: all(worker.in_memory for worker in pool.workers))
        assert (await pool.run(job("ASK { ?s ?p ?o }"))).body

    pooled(dataset, Settings(), work)


def test_workers_have_no_network(dataset: Dataset) -> None:
    need_isolation()

    async def work(pool: Pool) -> None:
        assert [worker.isolated for worker in pool.workers] == [True, True]
        assert not any(shares_network(worker.id) for worker in pool.workers)

    pooled(dataset, Settings(), work)


def test_no_store_is_told(tmp_path: Path) -> None:
    async def main() -> None:
        pool = Pool(Settings())
        try:
            await pool.start(tmp_path / "none")
        finally:
            await pool.stop()

    with pytest.raises(DatasetError, match="no store here"):
        asyncio.run(main())


def test_nothing_stays_behind(dataset: Dataset) -> None:
    async def work(pool: Pool) -> list[int]:
        asyncio.ensure_future(pool.run(job(KILLER)))  # noqa: RUF006
        await asyncio.sleep(0.2)
        return [worker.id for worker in pool.workers]

    for number in pooled(dataset, Settings(), work):
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
