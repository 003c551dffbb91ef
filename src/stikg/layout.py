"""Where ontology, graph, queries and the compiled dataset are.

Three places can hold them: a folder of the user's own, the checkout this package runs from, and
the installed package itself. All three have the same folders, so the rest of the program never asks
which one it is.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stikg.errors import DatasetError, InputError

POINTER: Final = "current"
"""Name of the file in the build folder that names the version in use."""

MANIFEST: Final = "manifest.json"
"""Name of the file in a version folder that is written last and describes it."""

_SKEW: Final = 60 * 10**9
"""Nanoseconds that the clock of a file server may be ahead."""

_MARKERS: Final = ("ontology/stikg.ttl", "graph", "queries")
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}\Z")


@dataclass(frozen=True)
class Layout:
    """The folders of one knowledge graph; ``editable`` unless it is the installed package."""

    root: Path
    ontology: Path
    graph: Path
    queries: Path
    build: Path
    editable: bool

    def current(self) -> Path:
        """Return the folder of the compiled version in use.

        :raises DatasetError: if nothing is compiled, or the pointer leads nowhere.
        """
        remedy = "compile it with: stikg build" if self.editable else "install stikg again"
        try:
            version = (self.build / POINTER).read_text(encoding="utf-8").strip()
        except OSError as cause:
            raise DatasetError(
                "no compiled dataset", where=str(self.build), remedy=remedy
            ) from cause
        except UnicodeDecodeError:
            version = "?"
        folder = self.build / version
        if not _VERSION.match(version) or not (folder / MANIFEST).is_file():
            raise DatasetError(
                f"the compiled dataset {version!r} is not there",
                where=str(self.build / POINTER),
                remedy=remedy,
            )
        return folder

    def inputs(self) -> Iterator[Path]:
        """Yield the files of ontology, graph and queries in sorted order, without hidden ones."""
        for folder in (self.ontology, self.graph, self.queries):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not _hidden(path.relative_to(folder)):
                    yield path

    def stale(self) -> bool:
        """Tell whether a file changed, came or went since the dataset in use was compiled.

        Only modification times are compared: cheap, and wrong at worst by one needless build,
        which finds equal digests and touches the manifest. Times to come are of a clock that was
        wrong: those of files tell nothing, that of the dataset asks for a build. What is installed
        is never stale.

        :raises DatasetError: if nothing is compiled.
        """
        compiled = (self.current() / MANIFEST).stat().st_mtime_ns
        if not self.editable:
            return False
        now = time.time_ns() + _SKEW
        return compiled > now or any(
            compiled < changed <= now
            for folder in (self.ontology, self.graph, self.queries)
            for changed in _modified(os.fspath(folder))
        )


def find_layout(folder: Path | None = None) -> Layout:
    """Return the layout of a folder; without one, of the nearest place that has one.

    Without a folder the working directory and its parents are tried first, then the checkout this
    package runs from, then the data of the installed package.

    :raises InputError: if the folder lacks ontology/stikg.ttl, graph or queries.
    :raises DatasetError: if no folder is given and none of the places holds a graph.
    """
    if folder is not None:
        return _given(Path(folder))
    here = _working_folder()
    for candidate in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if not _missing(candidate):
            return _layout(candidate, editable=True)
    data = Path(__file__).resolve().parent / "data"
    if not _missing(data):
        return _layout(data, editable=False)
    raise DatasetError(
        "no knowledge graph here, and none is installed with stikg",
        where=str(here),
        remedy="change to a folder that has ontology/stikg.ttl, graph and queries, "
        "or install stikg again",
    )


def _working_folder() -> Path:
    try:
        return Path.cwd()
    except OSError as cause:
        raise DatasetError(
            f"the working folder cannot be found: {cause.strerror}",
            remedy="change to a folder that exists, or name one: --folder /…",
        ) from cause


def _given(folder: Path) -> Layout:
    missing = _missing(folder)
    if missing:
        raise InputError(
            f"not a knowledge graph of stikg: no {', no '.join(missing)}",
            where=str(folder),
            remedy="name the folder that holds ontology, graph and queries",
        )
    installed = folder.resolve() == Path(__file__).resolve().parent / "data"
    return _layout(folder, editable=not installed)


def _missing(folder: Path) -> list[str]:
    return [marker for marker in _MARKERS if not os.path.exists(folder / marker)]


def _layout(root: Path, *, editable: bool) -> Layout:
    root = Path(os.path.realpath(root))
    return Layout(
        root=root,
        ontology=root / "ontology",
        graph=root / "graph",
        queries=root / "queries",
        build=root / "build",
        editable=editable,
    )


def _hidden(relative: Path) -> bool:
    return any(_is_hidden(part) for part in relative.parts)


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "__")) or name.endswith("~")


def _modified(folder: str) -> Iterator[int]:
    """Yield the times of a folder and all in it: that of a folder tells what came and went."""
    yield os.stat(folder).st_mtime_ns
    with os.scandir(folder) as entries:
        for entry in entries:
            if _is_hidden(entry.name):
                continue
            if entry.is_dir():
                yield from _modified(entry.path)
            else:
                yield entry.stat().st_mtime_ns
