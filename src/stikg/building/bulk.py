"""Files of any size → a compiled dataset, without holding them in memory.

No rule is applied and no shape is checked: what the files say is loaded as it is.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from stikg.building.bulkgathering import NameGathering
from stikg.building.bulklabels import add_labels
from stikg.building.bulknames import write_names
from stikg.building.digest import FORMAT, version_of
from stikg.building.publication import publish, unfinished_version
from stikg.building.writing import SEALED, describe_tools
from stikg.errors import InputError, OutputError
from stikg.layout import MANIFEST, POINTER
from stikg.library import Library
from stikg.serialisation.feeding import Source, open_feed
from stikg.store.bulk import BulkStore
from stikg.store.seal import seal_manifest
from stikg.terms import BASE, ONTOLOGY

MEASURES: Final = BASE + "measures/"
"""Beginning of the graphs whose statements the default graph never has."""

DefaultGraph = Literal["given", "union"]

_LEFT: Final = (".building-", ".stikg-")
"""Beginnings of the names of what a load that was killed has left."""

_DOCUMENTS: Final = f"SELECT (COUNT(?d) AS ?n) {{ ?d a <{ONTOLOGY}SourceDocument> }}"
_TRIPLES: Final = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: what it does, the share of the input taken, lines, and seconds."""

    step: str
    share: float | None = None
    lines: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What a load made."""

    version: str
    folder: Path
    quads: int
    seconds: float

    @property
    def summary(self) -> str:
        """What happened, in one line for people."""
        rate = self.quads / max(self.seconds, 1e-9)
        return (
            f"loaded {self.quads} quads as version {self.version} in {self.seconds:.1f} s "
            f"({rate:,.0f} quads/s)"
        )


def load(
    sources: Sequence[Source],
    target: Path,
    library: Library,
    *,
    default_graph: DefaultGraph = "given",
    progress: Callable[[Progress], None] | None = None,
) -> LoadResult:
    """Load files into a folder of versions, as the one in use.

    The default graph is what the files say without a graph, or also the ``union`` of the named
    graphs, each statement once, but for the measures of networks. Whatever goes wrong, nothing is
    left behind and the version that was in use stays so.

    :raises SyntaxProblem: if a file does not parse, with file, line and column.
    :raises InputError: if a file cannot be read, or the default graph would be empty.
    :raises OutputError: if the folder is something else or cannot be written.
    """
    began = time.monotonic()
    tell = progress or _silent
    _refuse_foreign(target)
    with unfinished_version(target) as folder:
        store = BulkStore(folder / "store")
        names = folder / "names.sqlite"
        with _gathering(names, default_graph) as gathering:
            inputs = _load(store, sources, tell, gathering)
            tell(Progress("default graph"))
            _complete(store, default_graph)
            tell(Progress("names"))
            if not gathering.finish():
                write_names(names, store)
        version = version_of({**inputs, "default graph": default_graph})
        manifest = {"version": version, **_described(store, inputs), "inputs": inputs}
        tell(Progress("store"))
        manifest["quads"] = quads = store.close()
        (folder / "queries.json").write_text(library.to_json(), encoding="utf-8")
        text = seal_manifest(folder, manifest, SEALED)
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        published = publish(folder, target, version)
    return LoadResult(version, published, quads, time.monotonic() - began)


@contextmanager
def _gathering(path: Path, default_graph: DefaultGraph) -> Iterator[NameGathering]:
    """Give what makes the label index of the lines that are loaded, if these are all there is."""
    gathering = NameGathering(path)
    if default_graph != "given":
        gathering.give_up()
    try:
        yield gathering
    finally:
        gathering.give_up()


def _load(
    store: BulkStore,
    sources: Sequence[Source],
    tell: Callable[[Progress], None],
    gathering: NameGathering,
) -> dict[str, str]:
    """Load each source; return the SHA-256 of each, unpacked."""
    inputs: dict[str, str] = {}
    for number, source in enumerate(sources, 1):
        size, began = source.size, time.monotonic()

        def taken(length: int, lines: int, size: int | None = size, began: float = began) -> None:
            share = min(1.0, length / size) if size else None
            tell(Progress("load", share, lines, time.monotonic() - began))

        with open_feed(source, taken) as feed:
            if not store.load(feed, source, watch=gathering.show):
                gathering.give_up()
            name = source.path.name if source.size is not None else "-"
            inputs[f"{number} {name}"] = feed.digest.hexdigest()
    return inputs


def _complete(store: BulkStore, default_graph: DefaultGraph) -> None:
    """Fill the default graph if that is wanted, and name what has no display label."""
    if default_graph == "union":
        store.fill_default_graph(without=MEASURES)
    elif not store.ask("ASK { ?s ?p ?o }") and store.ask("ASK { GRAPH ?g { ?s ?p ?o } }"):
        raise InputError(
            "the files say nothing outside named graphs, and questions are asked of the default "
            "graph",
            remedy="let it be made of the named graphs: --default-graph union",
        )
    add_labels(store)


def _described(store: BulkStore, inputs: Mapping[str, str]) -> dict[str, Any]:
    """Return what the manifest says.

    To sort all quads, of which a build takes its hash, is too much here: the hash is of the files,
    so that another order of lines is another hash.
    """
    return {
        "format": FORMAT,
        "quads": 0,
        "triples": _count(store, _TRIPLES),
        "graphs": store.graphs(),
        "documents": _count(store, _DOCUMENTS),
        "canonicalHash": f"of-files-{_hash(inputs)}",
        "tools": describe_tools(),
    }


def _count(store: BulkStore, query: str) -> int:
    return next(int(cell) for (cell,) in store.rows(query))


def _hash(inputs: Mapping[str, str]) -> str:
    return hashlib.sha256("".join(inputs.values()).encode()).hexdigest()


def _refuse_foreign(target: Path) -> None:
    """Refuse a folder that holds anything but versions: old versions are removed from it."""
    if not target.exists():
        return
    if target.is_dir():
        found = [path for path in target.iterdir() if not path.name.startswith(_LEFT)]
        if not found or (target / POINTER).is_file():
            return
    raise OutputError(
        "this is no folder of compiled datasets",
        where=str(target),
        remedy="name a new or empty folder, or one that stikg has loaded into before",
    )


def _silent(progress: Progress) -> None:
    """Tell nobody."""
