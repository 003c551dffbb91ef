"""Validation: structure of the files, shapes, and checks, in one report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from stikg.library import Query
from stikg.store import Store
from stikg.terms import Triple
from stikg.validation.checks import check_findings, integrity_checks
from stikg.validation.renderings import FORMATS, render
from stikg.validation.report import Finding, Report, Severity
from stikg.validation.shacl import read_shapes, shape_files
from stikg.validation.shapes import Engine, shape_findings
from stikg.validation.sources import GRAPH, READING, Source, Sources, read_sources
from stikg.validation.structure import RULES, structural_findings

__all__ = [
    "FORMATS",
    "GRAPH",
    "READING",
    "Engine",
    "Finding",
    "Report",
    "Severity",
    "Source",
    "Sources",
    "check_structure",
    "read_sources",
    "render",
    "validate",
    "validate_store",
]


def check_structure(sources: Sources) -> Report:
    """Return what is wrong with the files themselves."""
    return Report.of(structural_findings(sources), RULES)


def validate(
    sources: Sources,
    store: Store,
    *,
    triples: Iterable[Triple],
    queries: Iterable[Query],
    shapes: Path,
    engine: Engine = Engine.AUTO,
) -> Report:
    """Return everything that is wrong with a graph.

    ``store`` and ``triples`` hold the compiled dataset and its default graph, ``shapes`` is the
    folder of SHACL files; the sources tell in which file and line a finding stands.

    :raises SyntaxProblem: if a shape or check does not parse, or is more than the engine can do.
    """
    checks = integrity_checks(queries)
    read = read_shapes(shape_files(shapes))
    findings = [
        *structural_findings(sources),
        *shape_findings(store, read, sources, triples=triples, engine=engine),
        *check_findings(store, checks, sources),
    ]
    return Report.of(findings, [*RULES, *read.names(), *(check.name for check in checks)])


def validate_store(
    store: Store, *, queries: Iterable[Query], shapes: Path, engine: Engine = Engine.AUTO
) -> Report:
    """Return what is wrong with a dataset whose files are not at hand.

    Findings have neither file nor line, and nothing is said of what only files can show.

    :raises SyntaxProblem: as ``validate`` does.
    """
    checks = integrity_checks(queries)
    read = read_shapes(shape_files(shapes))
    findings = [
        *shape_findings(store, read, None, engine=engine),
        *check_findings(store, checks, None),
    ]
    return Report.of(findings, [*read.names(), *(check.name for check in checks)])
