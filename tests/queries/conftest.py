"""The datasets that queries are asked: that of the cases, and the real one, by both engines."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
import rdflib

from stikg.building.compilation import Compilation
from stikg.dataset import Dataset
from stikg.library import Library, load_library
from stikg.store import LocalStore
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
def real(real_dataset: Dataset) -> Compilation:
    """Return the real graph as it is compiled, in memory."""
    store = LocalStore.open(real_dataset.store_folder).to_memory()  # type: ignore[arg-type]
    quads = tuple(store.quads())
    named = tuple(quad for quad in quads if quad[3] is not None)
    return Compilation(named, frozenset(quad[:3] for quad in quads if quad[3] is None), store)


@pytest.fixture(scope="session")
def real_rdflib(real: Compilation) -> rdflib.Dataset:
    """Return the real graph in the other engine."""
    return to_rdflib(real)


def to_rdflib(compilation: Compilation) -> rdflib.Dataset:
    """Return a dataset in rdflib."""
    return _read(n_quads(compilation))


class Loaded:
    """A dataset in rdflib that holds one compilation after the other.

    The ontology is most of each: what the next has too stays, since rdflib reads it in a second.
    """

    def __init__(self) -> None:
        self._dataset = rdflib.Dataset()
        self._lines: frozenset[str] = frozenset()

    def hold(self, compilation: Compilation) -> rdflib.Dataset:
        """Return the dataset with just the quads of a compilation."""
        lines = frozenset(n_quads(compilation))
        for graph in _read(self._lines - lines).graphs():
            for triple in graph:
                self._dataset.get_context(graph.identifier).remove(triple)
        for graph in _read(lines - self._lines).graphs():
            for triple in graph:
                self._dataset.get_context(graph.identifier).add(triple)
        self._lines = lines
        return self._dataset


def _read(lines: Iterable[str]) -> rdflib.Dataset:
    # rdflib empties the default graph of a dataset that it reads into
    dataset = rdflib.Dataset()
    dataset.parse(data="".join(lines), format="nquads")
    return dataset
