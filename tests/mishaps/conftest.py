"""What the tests of mishaps share: commands that may be killed, and a compiled graph."""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from stikg.building import build
from tests.fixtures.folders import Folder, copy_tiny
from tests.mishaps.forker import Forker

NETWORK = """PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?source ?sourceLabel ?relation ?relationLabel ?target ?targetLabel {
  ?source a sti:Programme ; sti:label ?sourceLabel .
  ?target a sti:FundingAgency ; sti:label ?targetLabel .
  BIND(rdf:type AS ?relation) BIND("of" AS ?relationLabel)
}
"""


@pytest.fixture(scope="session")
def forker() -> Iterator[Forker]:
    """Return what runs commands and kills them."""
    if sys.platform != "linux":
        pytest.skip("only Linux has what tells that a process ended, or after some time")
    forker = Forker()
    yield forker
    forker.close()


@pytest.fixture(scope="session")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a compiled copy of the tiny graph; no test may change it."""
    folder = copy_tiny(tmp_path_factory.mktemp("whole") / "tiny")
    (folder.root / "mine.rq").write_text(NETWORK, encoding="utf-8")
    shutil.copy(root / "ontology" / "context.jsonld", folder.root / "ontology")
    build(folder.layout)
    return folder


@pytest.fixture
def tiny(whole: Folder, tmp_path: Path) -> Folder:
    """Return a compiled copy of the tiny graph, to break."""
    shutil.copytree(whole.root, tmp_path / "tiny")
    return Folder(tmp_path / "tiny")


@pytest.fixture(scope="session")
def tally() -> Iterator[Counter[str]]:
    """Return what counts the mishaps; STIKG_TALLY names the file to write the counts to."""
    counted: Counter[str] = Counter()
    yield counted
    if "STIKG_TALLY" in os.environ:
        lines = "".join(f"{name}: {number}\n" for name, number in sorted(counted.items()))
        Path(os.environ["STIKG_TALLY"]).write_text(lines, encoding="utf-8")
