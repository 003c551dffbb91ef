"""A tiny knowledge graph, and ways to run commands on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from stikg.building import build
from stikg.cli import application
from tests.fixtures.folders import Folder, copy_tiny

Run = Callable[..., Result]


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    """Return a fresh copy of the tiny knowledge graph, not compiled."""
    return copy_tiny(tmp_path / "tiny")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a compiled copy of the tiny knowledge graph; no test may change it."""
    folder = copy_tiny(tmp_path_factory.mktemp("compiled") / "tiny")
    build(folder.layout)
    return folder


@pytest.fixture
def run() -> Run:
    """Return a function that runs a command on a folder in this process."""

    def run_command(folder: Folder, *arguments: str, **options: str) -> Result:
        command = ["--folder", str(folder.root), *arguments]
        return CliRunner().invoke(application, command, **options)  # type: ignore[arg-type]

    return run_command
