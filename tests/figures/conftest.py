"""The real graph, and small tables of the shapes that charts are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.dataset import Dataset
from stikg.library import load_library
from stikg.names import Names
from stikg.store import LocalStore


@pytest.fixture(scope="session")
def real(root: Path, real_dataset: Dataset) -> Dataset:
    """Return the real graph in memory, without names."""
    store = LocalStore.open(real_dataset.store_folder).to_memory()  # type: ignore[arg-type]
    dataset = Dataset(None, store=store)
    dataset.queries = load_library(root / "queries")
    dataset.names = Names.in_memory(())
    return dataset
