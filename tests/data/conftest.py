"""The real graph, and the real documents where their texts are at hand."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from stikg.evidence import DescribedPassage, passages_path, read_passages
from stikg.layout import Layout, find_layout
from stikg.terms import DOCUMENT_PREFIXES
from stikg.validation import read_sources
from tests.data.support import Graph


@pytest.fixture(scope="session")
def layout(root: Path) -> Layout:
    return find_layout(root)


@pytest.fixture(scope="session")
def graph(layout: Layout) -> Graph:
    """Return everything that the files of the checkout say."""
    return Graph(read_sources(layout))


@pytest.fixture(scope="session")
def passages(layout: Layout) -> list[DescribedPassage]:
    """Return the passages of all documents, in reading order."""
    documents = sorted(DOCUMENT_PREFIXES.values())
    return [passage for name in documents for passage in read_passages(passages_path(layout, name))]


@pytest.fixture(scope="session")
def texts(passages: list[DescribedPassage], sources: Path) -> dict[str, str]:
    """Return the words of each passage by its IRI; skips without the documents' texts."""
    found = {}
    for passage in passages:
        text = text_of(sources / f"{passage.iri.split('/')[-2]}.txt")
        extents = passage.parts or (passage.whole,)
        found[passage.iri] = " ".join(text[extent.start : extent.end] for extent in extents)
    return found


@pytest.fixture(scope="session")
def shared(root: Path) -> Path:
    """Return the folder of the verified identifiers and codes, which is not in the repository."""
    folder = root.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("no table of verified identifiers: ../shared/data is absent")
    return folder


@lru_cache
def text_of(path: Path) -> str:
    """Return the text of a document with its own line ends."""
    if not path.is_file():
        pytest.skip(f"no text of {path.stem} among the sources")
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()
