"""The engines: how each is loaded with a graph and opened, and what it takes."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, cast

import stikg
from stikg.dataset import Dataset
from stikg.store import LocalStore, Store

ROOT: Final = Path(__file__).resolve().parents[1]
_BUFFERS: Final = 340_000
"""Pages of 8 KB that Virtuoso holds: what its manual has for 4 GB of memory."""

_JAVA: Final = ("-Xmx4g",)
_ANY: Final = "SELECT ?s { ?s ?p ?o } LIMIT 1"


@dataclass(frozen=True)
class Opened:
    """A dataset on an engine; seconds, and bytes on disk; ``process`` is the server's, or ours."""

    dataset: Dataset
    loading: float | None
    opening: float
    disk: int
    process: int

    def memory(self) -> int:
        """Return the most memory that the process has taken, in bytes."""
        status = Path(f"/proc/{self.process}/status")
        if status.exists():
            for line in status.read_text(encoding="utf-8").splitlines():
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


Start = Callable[[Path, Path, ExitStack], Opened]


@dataclass(frozen=True)
class Engine:
    """An engine; ``most`` is the size beyond which it is not tried on 24 GB.

    One that is ``copied`` holds all in the memory of one thread, so that a fork of it can answer.
    """

    start: Start
    most: float
    copied: bool = False


def _loaded(folder: Path, data: Path) -> tuple[Path, float | None]:
    """Return the folder that ``stikg load`` has made of a graph, and the seconds that it took."""
    store = folder / "loaded"
    if (store / "current").exists():
        return store, None
    from stikg.building.bulk import load
    from stikg.layout import find_layout
    from stikg.library import load_library
    from stikg.serialisation.feeding import find_source

    result = load([find_source(data)], store, load_library(find_layout().queries))
    return store, result.seconds


def _start_disk(folder: Path, data: Path, closing: ExitStack) -> Opened:
    store, seconds = _loaded(folder, data)
    began = time.perf_counter()
    dataset = stikg.open(store=store)
    dataset.store.select(_ANY)
    opening = time.perf_counter() - began
    return Opened(dataset, seconds, opening, _size(store), os.getpid())


def _start_memory(folder: Path, data: Path, closing: ExitStack) -> Opened:
    import pyoxigraph

    began = time.perf_counter()
    engine = pyoxigraph.Store()
    engine.bulk_load(path=str(data), format=pyoxigraph.RdfFormat.N_QUADS)
    seconds = time.perf_counter() - began
    return _named(folder, data, LocalStore(engine), seconds)


def _start_rdflib(folder: Path, data: Path, closing: ExitStack) -> Opened:
    from foreign import RdflibStore

    began = time.perf_counter()
    store = cast("Store", RdflibStore(data))
    return _named(folder, data, store, time.perf_counter() - began)


def _start_server(name: str, folder: Path, data: Path, closing: ExitStack) -> Opened:
    """Start a server of the tests; what it loads is part of its start."""
    from stikg.store import RemoteStore
    from stikg.store.dialects import DIALECTS

    sys.path.append(str(ROOT))
    from tests.engines import servers

    starts = {
        "virtuoso": partial(servers.start_virtuoso, buffers=_BUFFERS),
        "fuseki": partial(servers.start_fuseki, java=_JAVA),
    }
    place = folder / name
    fresh = not (place / servers.LOADED).exists()
    began = time.perf_counter()
    server = closing.enter_context(starts[name](place, data=data))
    seconds = time.perf_counter() - began
    store = RemoteStore(server.query, timeout=3600, dialect=DIALECTS.get(name))
    opened = _named(folder, data, store, seconds, server.process)
    loading = seconds if fresh else None
    return Opened(opened.dataset, loading, opened.opening, _size(place), server.process)


def _named(
    folder: Path, data: Path, store: Store, seconds: float, process: int | None = None
) -> Opened:
    """Return a dataset of a store with the names of the loaded one."""
    version, _ = _loaded(folder, data)
    local = stikg.open(store=version)
    dataset = Dataset(None, store=store)
    dataset.queries, dataset.names = local.queries, local.names
    began = time.perf_counter()
    store.select(_ANY)
    return Opened(dataset, seconds, time.perf_counter() - began, 0, process or os.getpid())


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


ENGINES: Final[Mapping[str, Engine]] = {
    "disk": Engine(_start_disk, 1e9),
    "memory": Engine(_start_memory, 2e7, copied=True),
    "virtuoso": Engine(partial(_start_server, "virtuoso"), 1e8),
    "fuseki": Engine(partial(_start_server, "fuseki"), 1e8),
    "rdflib": Engine(_start_rdflib, 2e6, copied=True),
}
"""The engines, those first whose work the others use."""
