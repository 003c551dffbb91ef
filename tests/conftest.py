"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import Scheduling

import stikg
from stikg.building import build
from stikg.dataset import Dataset
from stikg.layout import find_layout
from tests.distribution import LongFirst

settings.register_profile("stikg", derandomize=True, deadline=None, database=None)
settings.load_profile("stikg")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling | None:
    """Return who shares the files out; None for every other way of sharing."""
    return LongFirst(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top of the checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def real_dataset(root: Path) -> Dataset:
    """Return the dataset of the checkout, compiled if it is not yet, opened."""
    build(find_layout(root))
    return stikg.open(root)


@pytest.fixture(scope="session")
def sources(root: Path) -> Path:
    """Return the folder of the documents' own texts, which are not part of the repository."""
    folder = Path(os.environ.get("STIKG_SOURCES", root.parent / "shared" / "sources"))
    if not folder.is_dir():
        pytest.skip(f"no texts of the documents: STIKG_SOURCES is unset and {folder.name}/ absent")
    return folder
