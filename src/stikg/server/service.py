"""What every route has at hand: the dataset, the settings, the workers."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from stikg.errors import InputError
from stikg.server.jobs import Answer, Job
from stikg.server.pool import Pool
from stikg.server.settings import Settings
from stikg.store import LocalStore, Wanted

if TYPE_CHECKING:
    from starlette.responses import Response

    from stikg.dataset import Dataset
    from stikg.dataset.opened import Given
    from stikg.library import Query
    from stikg.results import Table
    from stikg.terms import Triple

_Content = TypeVar("_Content")

_MUCH: Final = 64
"""Things that are remembered by ``Service.once``."""

_LARGE: Final = 1 << 18
"""Bytes of an answer from which it is read in a thread, so that others are served meanwhile."""


class Service:
    """A dataset that is served; routes find it as ``request.app.state.service``.

    ``pages`` are the pages that other parts of the server give for browsers: "problem", called
    with a request and the problem, "editor" and others, called with a request alone.
    """

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self.dataset = dataset
        self.settings = settings
        self.pages: dict[str, Callable[..., Awaitable[Response]]] = {}
        self._known: dict[str, object] = {}
        self._learning: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.pool = Pool(settings)
        if dataset.store_folder is None and not isinstance(dataset.store, LocalStore):
            raise InputError(
                "an endpoint far away is not served", remedy="serve the dataset of this machine"
            )

    @cached_property
    def version(self) -> str:
        """The hash of the dataset: equal for equal statements, and for nothing else."""
        known = self.dataset.manifest.get("canonicalHash")
        if known:
            return str(known)
        lines = sorted(" ".join(t.n3() for t in quad if t) for quad in self.dataset.store.quads())
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    async def start(self) -> None:
        """Start the workers.

        :raises DatasetError: if they cannot open the store.
        """
        await self.pool.start(self._store())

    async def stop(self) -> None:
        """End the workers."""
        await self.pool.stop()
        if self._folder is not None:
            self._folder.cleanup()

    async def table(self, sparql: str) -> Table:
        """Return the solutions of a SELECT query.

        :raises InputError: if it is no SELECT query; and as ``Pool.run``.
        """
        from stikg.store.solutions import read_tsv

        answer = await self._ask(sparql, Wanted("tsv", "", ""), "solutions")
        return await _read(read_tsv, answer)

    async def answer(self, query: Query, given: Mapping[str, Given]) -> Table:
        """Return the answer of a query file.

        :raises ParameterError: and errors of names, as ``Dataset.query``; and as ``Pool.run``.
        """
        table = await self.table(self.dataset.bound(query, given))
        return table.with_types(query.column_types)

    async def graph(self, sparql: str) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE query, each once, sorted.

        :raises InputError: if it is no such query; and as ``Pool.run``.
        """
        answer = await self._ask(sparql, Wanted("", "", "ntriples"), "triples")
        return await _read(_read_triples, answer)

    async def once(self, name: str, make: Callable[[], Awaitable[_Content]]) -> _Content:
        """Return what a function gave when it was called first: the dataset never changes.

        What was learnt first is forgotten first, when it becomes much.
        """
        if name not in self._known:
            async with self._learning[name]:
                if name not in self._known:
                    self._known[name] = await make()
                if len(self._known) > _MUCH:
                    oldest = next(iter(self._known))
                    del self._known[oldest], self._learning[oldest]
        return self._known[name]  # type: ignore[return-value]

    async def _ask(self, sparql: str, wanted: Wanted, kind: str) -> Answer:
        answer = await self.pool.run(Job(sparql, wanted))
        if answer.kind != kind:
            raise InputError(f"the query gives no {kind}")
        return answer

    def _store(self) -> Path:
        """Return the folder of the store; a dataset in memory is written to one."""
        if self.dataset.store_folder is not None:
            return self.dataset.store_folder
        self._folder = tempfile.TemporaryDirectory(prefix="stikg-")
        folder = Path(self._folder.name) / "store"
        LocalStore.create(folder, self.dataset.store.quads())
        return folder


async def _read(read: Callable[[str], _Content], answer: Answer) -> _Content:
    if len(answer.body) < _LARGE:
        return read(answer.body.decode())
    return await asyncio.to_thread(lambda: read(answer.body.decode()))


def _read_triples(text: str) -> list[Triple]:
    from stikg.serialisation import get_format, parse
    from stikg.store.solutions import sorted_triples

    return sorted_triples(quad[:3] for quad in parse(text, get_format("ntriples")))
