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
from stikg.validation.shapes import shape_files, shape_findings
from stikg.validation.sources import GRAPH, READING, Source, Sources, read_sources
from stikg.validation.structure import RULES, structural_findings

__all__ = [
    "FORMATS",
    "GRAPH",
    "READING",
    "Finding",
    "Report",
    "Severity",
    "Source",
    "Sources",
    "check_structure",
    "read_sources",
    "render",
    "validate",
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
) -> Report:
    """Return everything that is wrong with a graph.

    ``store`` and ``triples`` hold the compiled dataset and its default graph, ``shapes`` is the
    folder of SHACL files; the sources tell in which file and line a finding stands.

    :raises SyntaxProblem: if a shape or check does not parse.
    """
    checks = integrity_checks(queries)
    found, names = shape_findings(triples, shape_files(shapes), sources)
    findings = [
        *structural_findings(sources),
        *found,
        *check_findings(store, checks, sources),
    ]
    return Report.of(findings, [*RULES, *names, *(check.name for check in checks)])
