"""A tiny knowledge graph, served in this process and by a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import stikg
from stikg.building import build
from stikg.dataset import Dataset
from stikg.server.app import create_app
from stikg.server.settings import Settings
from tests.fixtures.folders import Folder, copy_tiny

KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
"""A query that no machine answers in time, on however small a graph."""


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a compiled copy of the tiny knowledge graph; no test may change it."""
    folder = copy_tiny(tmp_path_factory.mktemp("served") / "tiny")
    build(folder.layout)
    return folder


@pytest.fixture(scope="session")
def dataset(compiled: Folder) -> Dataset:
    """Return it, opened."""
    return stikg.open(compiled.root)


@pytest.fixture(scope="session")
def client(dataset: Dataset) -> Iterator[TestClient]:
    """Return a client of a server of it in this process."""
    with TestClient(create_app(dataset, Settings(deadline=3.0))) as client:
        yield client


@contextmanager
def serving(
    folder: Folder, *options: str, log: Path | None = None
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run ``stikg serve`` and give its URL and its process.

    What it says goes to a file, ``log`` or one of its own: a pipe that nobody reads fills up, and
    the server would wait for ever behind its access log.
    """
    command = [sys.executable, "-m", "stikg.cli", "--folder", str(folder.root), "serve"]
    source = str(Path(stikg.__file__).parents[1])
    with tempfile.TemporaryDirectory() as own:
        said = log or Path(own) / "log"
        with said.open("wb") as stream:
            process = subprocess.Popen(
                [*command, "--port", "0", *options],
                stderr=stream,
                env={**os.environ, "PYTHONPATH": source},
            )
        try:
            yield _address(said, process), process
        finally:
            process.terminate()
            process.wait(timeout=30)


def _address(said: Path, process: subprocess.Popen[bytes]) -> str:
    """Return the URL that a server says, as soon as it does."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        text = said.read_text(encoding="utf-8")
        if match := re.search(r"serving (http://\S+) ", text):
            return match[1]
        if process.poll() is not None:
            break
        time.sleep(0.02)
    pytest.fail(f"it did not start: {said.read_text(encoding='utf-8')}")
