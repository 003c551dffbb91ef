"""A tiny knowledge graph that each test may break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixtures.folders import Folder, copy_tiny


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    """Return a fresh copy of the tiny knowledge graph."""
    return copy_tiny(tmp_path / "tiny")
