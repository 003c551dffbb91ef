"""What every route has at hand: the dataset, the settings, the workers."""

from __future__ import annotations

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from functools import cached_property
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from stikg.dataset import Dataset
from stikg.dataset.places import STORE, find_place
from stikg.errors import InputError
from stikg.server.cache import Remembered
from stikg.server.jobs import Answer, Job
from stikg.server.pool import Pool
from stikg.server.settings import Settings
from stikg.store import LocalStore, Wanted
from stikg.store.seal import write_seal
from stikg.store.snapshot import PrivateFolder, take_folder, take_snapshot

if TYPE_CHECKING:
    from starlette.responses import Response

    from stikg.dataset.opened import Given
    from stikg.library import Query
    from stikg.results import Table
    from stikg.terms import Triple

_Content = TypeVar("_Content")


class Written(NamedTuple):
    """An answer as it was sent: its bytes and its headers."""

    body: bytes
    headers: Mapping[str, str]


_DATASET: Final = "dataset"
"""Name of what is served in the folder of the server."""

_MUCH: Final = 64
"""Things that are remembered by ``Service.once``."""

_LARGE: Final = 1 << 18
"""Bytes of an answer from which it is read in a thread, so that others are served meanwhile."""


class Service:
    """A dataset that is served; routes find it as ``request.app.state.service``.

    ``pages`` are the pages that other parts of the server give for browsers: "problem", called
    with a request and the problem, "editor" and others, called with a request alone. ``written``
    are answers that were sent before, as the dataset never changes.
    """

    def __init__(self, dataset: Dataset, settings: Settings) -> None:
        self.dataset = self._given = dataset
        self.settings = settings
        self.pages: dict[str, Callable[..., Awaitable[Response]]] = {}
        self._known: dict[str, object] = {}
        self._learning: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._private: PrivateFolder | None = None
        self.pool = Pool(settings)
        self.written: Remembered[Hashable, Written] = Remembered(settings.cache_bytes)
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

    @property
    def folder(self) -> Path:
        """The folder that the server has for itself while it runs.

        :raises RuntimeError: if it does not run.
        """
        if self._private is None:
            raise RuntimeError("the service has not been started")
        return self._private.path

    @property
    def store_folder(self) -> Path:
        """The folder of the store that is served, which no build removes."""
        return self.folder / _DATASET / STORE

    async def start(self) -> None:
        """Take a snapshot of the dataset, and start the workers over it.

        :raises DatasetError: if a file of the dataset is missing, or the store cannot be opened.
        """
        await asyncio.to_thread(self._hold)
        await self.pool.start(self.store_folder)

    async def stop(self) -> None:
        """End the workers."""
        await self.pool.stop()
        if self._private is not None:
            self._private.remove()
            self._private = None

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

    def _hold(self) -> None:
        """Keep the dataset as it is now, whatever is built later; one in memory is written."""
        store = self._given.store_folder
        if store is None:
            self._private = take_folder(Path(gettempdir()))
            (held := self.folder / _DATASET).mkdir()
            LocalStore.create(held / STORE, self._given.store.quads())
            return
        place = find_place(store)
        self._private = take_folder((place.version or store).parent)
        held = self.folder / _DATASET
        if place.version is None:  # names and queries are those of another dataset
            take_snapshot(store, held / STORE)
            write_seal(held / STORE, self._given.store.count())
            return
        take_snapshot(place.version, held)
        self.dataset = Dataset(held)


async def _read(read: Callable[[str], _Content], answer: Answer) -> _Content:
    if len(answer.body) < _LARGE:
        return read(answer.body.decode())
    return await asyncio.to_thread(lambda: read(answer.body.decode()))


def _read_triples(text: str) -> list[Triple]:
    from stikg.serialisation import get_format, parse
    from stikg.store.solutions import sorted_triples

    return sorted_triples(quad[:3] for quad in parse(text, get_format("ntriples")))
