"""Writing passages.ttl from a document's text."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import InputError
from stikg.evidence import passages_path, read_passages, write_passages
from stikg.layout import Layout, find_layout
from stikg.serialisation import format_file
from tests.evidence.lamps import DOCUMENT, TEXT


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    for folder in ("ontology", "queries", f"graph/documents/{DOCUMENT}"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "ontology" / "stikg.ttl").touch()
    return find_layout(tmp_path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "lamps.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_the_file_is_written_once_and_in_canonical_form(layout: Layout, source: Path) -> None:
    assert not write_passages(layout, DOCUMENT, source)
    path = passages_path(layout, DOCUMENT)
    assert format_file(path, check=True)
    assert [passage.name for passage in read_passages(path)] == [
        "1-h", "1-p1", "fn1", "1-l1", "1-l2", "t1", "t1-r1", "t1-r2", "t1-r3", "t1-r4", "t1-r5",
        "t1-r6", "2-h", "2-p1", "2-p2",
    ]  # fmt: skip
    assert write_passages(layout, DOCUMENT, source)


def test_check_writes_nothing(layout: Layout, source: Path) -> None:
    assert not write_passages(layout, DOCUMENT, source, check=True)
    assert not passages_path(layout, DOCUMENT).exists()


def test_errors(layout: Layout, source: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no document 'lamps'(.|\n)*make the folder"):
        write_passages(layout, "lamps", source)
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n", encoding="utf-8")
    with pytest.raises(InputError, match="no words"):
        write_passages(layout, DOCUMENT, empty)
