"""Quads as Parquet: what a columnar engine reads is what the file said."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.errors import InputError, OutputError, SyntaxProblem
from stikg.serialisation import columns, parse_file

parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow, of stikg[parquet], is absent")

QUADS = r"""
<urn:s> <urn:p> <urn:o> .
<urn:s> <urn:b> "plain\nline \u00E9" <urn:g> .
_:x <urn:p> "deux"@FR-ca <urn:g> .
<urn:s> <urn:p> _:x <urn:g> .
<urn:s> <urn:p> "007"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:h> .
"""
STRING = "http://www.w3.org/2001/XMLSchema#string"
ROWS = [
    ("urn:s", "urn:b", "plain\nline é", "literal", STRING, None, "urn:g"),
    ("_:x", "urn:p", "deux", "literal", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
     "fr-ca", "urn:g"),
    ("urn:s", "urn:p", "007", "literal", "http://www.w3.org/2001/XMLSchema#integer", None, "urn:h"),
    ("urn:s", "urn:p", "_:x", "blank", None, None, "urn:g"),
    ("urn:s", "urn:p", "urn:o", "iri", None, None, None),
]  # fmt: skip


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "quads.nq"
    path.write_text(QUADS, encoding="utf-8")
    return path


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in parquet.read_table(path).to_pylist()]


def test_rows_are_the_quads_sorted_by_predicate(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "quads.parquet"
    assert columns.convert_nquads([source], path) == 5
    assert tuple(parquet.read_schema(path).names) == columns.COLUMNS
    assert rows_of(path) == ROWS


def test_parts_are_sorted_each(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "ROWS", 2)
    path = tmp_path / "quads.parquet"
    assert columns.convert_nquads([source, source], path) == 10
    assert parquet.ParquetFile(path).metadata.num_row_groups == 5
    assert sorted(map(str, rows_of(path))) == sorted(map(str, ROWS * 2))


def test_quads_of_a_store_give_the_same_rows(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "quads.parquet"
    assert columns.write_parquet(parse_file(source), path) == 5
    assert rows_of(path) == ROWS


def test_lines_give_the_same_rows_as_the_file() -> None:
    (batch,) = columns.batches_of_lines([QUADS.splitlines()])
    found = [tuple(row.values()) for row in batch.to_pylist()]
    assert sorted(map(str, found)) == sorted(map(str, ROWS))


def test_a_bad_line_leaves_nothing(source: Path, tmp_path: Path) -> None:
    source.write_text(QUADS + "<urn:s> <urn:p> oops .\n", encoding="utf-8")
    with pytest.raises(SyntaxProblem, match=r"quads\.nq:7:"):
        columns.convert_nquads([source], tmp_path / "quads.parquet")
    with pytest.raises(SyntaxProblem, match="oops"):
        list(columns.batches_of_lines([["<urn:s> <urn:p> oops ."]]))
    with pytest.raises(InputError, match="cannot be read"):
        columns.convert_nquads([tmp_path / "none.nq"], tmp_path / "quads.parquet")
    with pytest.raises(OutputError, match="cannot be written"):
        columns.convert_nquads([source], tmp_path / "none" / "quads.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["quads.nq"]
