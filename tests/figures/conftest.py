"""The real graph, and small tables of the shapes that charts are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.building.compilation import compile_sources
from stikg.dataset import Dataset
from stikg.layout import find_layout
from stikg.library import load_library
from stikg.names import Names
from stikg.validation import read_sources


@pytest.fixture(scope="session")
def real(root: Path) -> Dataset:
    """Return the real graph, compiled in memory."""
    if not list((root / "graph" / "documents").glob("*/*.trig")):
        pytest.skip("no document is encoded in graph/documents")
    library = load_library(root / "queries")
    compiled = compile_sources(read_sources(find_layout(root)), library.of_kind("rule"))
    dataset = Dataset(None, store=compiled.store)
    dataset.queries = library
    dataset.names = Names.in_memory(())
    return dataset
