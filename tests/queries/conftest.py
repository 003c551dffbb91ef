"""The datasets that queries are asked: that of the cases, and the real one, by both engines."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from stikg.building.compilation import Compilation
from stikg.layout import find_layout
from stikg.library import Library, load_library
from stikg.validation import Sources
from tests.queries.cases import ROOT, compile_layout, fixture_layout, n_quads


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the real queries."""
    return load_library(ROOT / "queries")


@pytest.fixture(scope="session")
def fixture(
    tmp_path_factory: pytest.TempPathFactory, library: Library
) -> tuple[Sources, Compilation]:
    """Return the small graph of tests/cases, with the real ontology and rules."""
    return compile_layout(fixture_layout(tmp_path_factory.mktemp("fixture")), library)


@pytest.fixture(scope="session")
def fixture_rdflib(fixture: tuple[Sources, Compilation]) -> rdflib.Dataset:
    """Return the same dataset in the other engine."""
    return to_rdflib(fixture[1])


@pytest.fixture(scope="session")
def real(library: Library) -> Compilation:
    """Return the real graph."""
    if not list((ROOT / "graph" / "documents").glob("*/*.trig")):
        pytest.skip("no document is encoded in graph/documents")
    return compile_layout(find_layout(Path(ROOT)), library)[1]


@pytest.fixture(scope="session")
def real_rdflib(real: Compilation) -> rdflib.Dataset:
    """Return the real graph in the other engine."""
    return to_rdflib(real)


def to_rdflib(compilation: Compilation) -> rdflib.Dataset:
    """Return a dataset in rdflib."""
    dataset = rdflib.Dataset()
    dataset.parse(data="".join(n_quads(compilation)), format="nquads")
    return dataset
