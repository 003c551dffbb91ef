"""Checks: each finds what its violating case breaks, and nothing in its conforming case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from stikg.building.compilation import Compilation, compile_sources
from stikg.library import Library, load_library
from stikg.serialisation import get_format, parse
from stikg.terms import BASE, IRI
from stikg.validation import Source, Sources
from tests.queries.cases import CASES, ROOT, cells
from tests.queries.conftest import Loaded
from tests.queries.test_questions import Fixture, rdflib_cells

LIBRARY = load_library(ROOT / "queries")
CHECKS = [check.name for check in LIBRARY.of_kind("check")]
CASE = IRI(f"{BASE}graph/reference/case")
COLUMNS = (
    "kind", "subject", "subjectLabel", "property", "propertyLabel", "valueA", "passageA", "valueB",
    "passageB", "note",
)  # fmt: skip


def compiled(path: Path, fixture: Fixture, library: Library) -> Compilation:
    """Return the dataset of a case: what stands in no graph of the file is curated."""
    quads = parse(path.read_bytes(), get_format("trig"), where=path.name)
    claims = tuple(quad for quad in quads if quad[3] is not None)
    curated = tuple((*quad[:3], CASE) for quad in quads if quad[3] is None)
    ontology = (file for file in fixture[0].files if "ontology" in file.path.parts)
    files = (
        *ontology,
        Source(path.with_suffix(".ttl"), "case.ttl", curated),
        Source(path, path.name, claims, "case"),
    )
    return compile_sources(Sources(files), library)


def expected(name: str) -> list[tuple[str, ...]]:
    lines = (CASES / "checks" / name / "violating.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = (tuple(line.split("\t")) for line in lines)
    assert header == COLUMNS
    return rows


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_has_the_fixed_columns(name: str) -> None:
    assert tuple(column.name for column in LIBRARY.get(name).columns) == COLUMNS


@pytest.fixture(scope="module", params=CHECKS)
def violating(
    request: pytest.FixtureRequest, fixture: Fixture, library: Library
) -> tuple[str, Compilation]:
    """Return a check and the dataset of its violating case."""
    name = request.param
    return name, compiled(CASES / "checks" / name / "violating.trig", fixture, library)


def test_the_violating_case_is_found(violating: tuple[str, Compilation]) -> None:
    name, dataset = violating
    assert cells(dataset.store.select(LIBRARY.get(name).text)) == expected(name)


@pytest.mark.parametrize("name", CHECKS)
def test_the_conforming_case_is_left_alone(name: str, fixture: Fixture, library: Library) -> None:
    dataset = compiled(CASES / "checks" / name / "conforming.trig", fixture, library)
    assert cells(dataset.store.select(library.get(name).text)) == []


@pytest.fixture(scope="module")
def other() -> Loaded:
    """Return a dataset of the other engine, into which a case is loaded for another."""
    return Loaded()


def test_the_other_engine_finds_the_same(violating: tuple[str, Compilation], other: Loaded) -> None:
    name, dataset = violating
    rows = other.hold(dataset).query(LIBRARY.get(name).text)
    assert rdflib_cells(rows) == Counter(expected(name))


def test_contradictions_are_tagged_and_others_are_integrity() -> None:
    for check in LIBRARY.of_kind("check"):
        assert {"contradiction", "integrity"} & set(check.tags), check.name
