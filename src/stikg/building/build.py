"""Files → validated, inferred, compiled dataset."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stikg.building.digest import digest_inputs, version_of
from stikg.errors import DatasetError, InputError, ShapesViolated
from stikg.layout import MANIFEST, Layout

if TYPE_CHECKING:
    from stikg.building.compilation import Compilation
    from stikg.library import Library
    from stikg.validation import Report, Sources

Progress = Callable[[str, int, int], None]
"""Is told each step: its name, its number, and the number of all."""

STEPS: Final = ("read files", "apply rules", "check shapes", "write dataset")

MOST_SHOWN: Final = 20
"""Findings that the refusal of a build shows."""


@dataclass(frozen=True)
class BuildResult:
    """What a build made; ``report`` is None if the inputs had not changed."""

    version: str
    folder: Path
    quads: int
    report: Report | None = None

    @property
    def summary(self) -> str:
        """What happened, in one line for people."""
        if self.report is None:
            return f"nothing has changed since version {self.version}"
        return f"compiled {self.quads} quads as version {self.version}; {self.report.summary}"


def build(layout: Layout, *, force: bool = False, progress: Progress | None = None) -> BuildResult:
    """Compile the dataset, or return at once if no input has changed.

    The new version takes the place of the old one as a whole; whatever goes wrong, the old one
    stays in use.

    :raises SyntaxProblem: if a file does not parse.
    :raises ShapesViolated: if the graph breaks its structure, a shape or an integrity check.
    :raises InputError: if a file changes while it is compiled.
    :raises OutputError: if the build folder cannot be written.
    """
    began = time.time_ns()
    inputs = digest_inputs(layout)
    version = version_of(inputs)
    unchanged = None if force else _find_unchanged(layout, version, began)
    if unchanged is not None:
        return unchanged
    from stikg.building.publication import publish, unfinished_version
    from stikg.building.writing import write_version

    tell = progress or _silent
    with unfinished_version(layout.build) as folder:
        sources, library, compilation = _compile(layout, tell, version)
        report = _check(layout, sources, library, compilation, tell)
        if not report.conforms:
            raise _refusal(report)
        tell(STEPS[3], 4, len(STEPS))
        quads = write_version(
            folder,
            compilation,
            library,
            version=version,
            inputs=inputs,
            documents=len(sources.documents()),
        )
        if digest_inputs(layout) != inputs:
            raise _moving(layout)
        published = publish(folder, layout.build, version)
    return BuildResult(version, published, quads, report)


def validate(layout: Layout, *, engine: str = "auto", progress: Progress | None = None) -> Report:
    """Return everything that is wrong with the files, their shapes and their integrity checks.

    ``engine`` is what checks the shapes: "sparql", "pyshacl", or "auto", which is the quicker one
    that can.

    :raises SyntaxProblem: if a file does not parse, or a shape is more than the engine can do.
    """
    tell = progress or _silent
    sources, library, compilation = _compile(layout, tell, version_of(digest_inputs(layout)))
    return _check(layout, sources, library, compilation, tell, engine=engine)


def _compile(layout: Layout, tell: Progress, version: str) -> tuple[Sources, Library, Compilation]:
    from stikg.building.compilation import compile_sources
    from stikg.building.parsing import refuse_unreadable
    from stikg.library import load_library, prefixes_to_shacl, to_shacl
    from stikg.validation import read_sources

    tell(STEPS[0], 1, len(STEPS))
    sources = read_sources(layout)
    library = load_library(layout.queries)
    refuse_unreadable(library)
    tell(STEPS[1], 2, len(STEPS))
    described = [triple for query in library for triple in to_shacl(query)]
    described += prefixes_to_shacl()
    return sources, library, compile_sources(sources, library, described, version=version)


def _check(
    layout: Layout,
    sources: Sources,
    library: Library,
    compilation: Compilation,
    tell: Progress,
    *,
    engine: str = "auto",
) -> Report:
    from stikg.validation import Engine
    from stikg.validation import validate as validate_dataset

    tell(STEPS[2], 3, len(STEPS))
    return validate_dataset(
        sources,
        compilation.store,
        triples=compilation.default,
        queries=library,
        shapes=layout.ontology / "shapes",
        engine=Engine(engine),
    )


def _find_unchanged(layout: Layout, version: str, began: int) -> BuildResult | None:
    """Return the current version if it was made of these inputs, and mark it as up to date."""
    import json

    try:
        folder = layout.current()
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["version"] != version:
            return None
    except (DatasetError, OSError, ValueError, KeyError):
        return None
    from stikg.building.publication import sweep_unfinished

    with suppress(OSError):  # an installed dataset may be read only
        os.utime(folder / MANIFEST, ns=(began, began))
        sweep_unfinished(layout.build)
    return BuildResult(version, folder, int(manifest["quads"]))


def _moving(layout: Layout) -> InputError:
    return InputError(
        "files were changed while they were compiled; the dataset before stays in use",
        where=str(layout.root),
        remedy="build it again: stikg build",
    )


def _refusal(report: Report) -> ShapesViolated:
    from stikg.validation import Report, Severity, render

    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    shown = render(Report(tuple(errors[:MOST_SHOWN])), "text").rpartition("\n\n")[0]
    return ShapesViolated(
        f"the dataset was not built: {report.summary}\n\n{shown}\n",
        remedy="mend these; all findings are listed by: stikg validate",
    )


def _silent(step: str, number: int, total: int) -> None:
    """Tell nobody."""
