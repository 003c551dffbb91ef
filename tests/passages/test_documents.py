"""The committed passages are those that the segmenter makes of the documents' own texts."""

from __future__ import annotations

from pathlib import Path

import pytest

from stikg.passages import KINDS, passage_triples, segment
from stikg.serialisation import parse_file, write_turtle
from stikg.terms import DOCUMENT_PREFIXES, expand

DOCUMENTS = sorted(DOCUMENT_PREFIXES.values())


def text_of(sources: Path, document: str) -> str:
    path = sources / f"{document}.txt"
    if not path.is_file():
        pytest.skip(f"no text of {document} among the sources")
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def test_every_kind_is_a_concept_of_the_scheme(root: Path) -> None:
    quads = parse_file(root / "ontology" / "schemes" / "passage-kinds.ttl")
    kinds = {quad[0] for quad in quads if quad[:3:2] == (quad[0], expand("sti:Kind"))}
    assert {expand(f"kind:{kind}") for kind in KINDS} <= kinds


@pytest.mark.parametrize("document", DOCUMENTS)
def test_committed_passages_are_fresh(document: str, root: Path, sources: Path) -> None:
    triples = passage_triples(document, text_of(sources, document))
    committed = (root / "graph" / "documents" / document / "passages.ttl").read_text("utf-8")
    fresh = write_turtle((*triple, None) for triple in triples)
    assert fresh == committed, "write them again with: stikg passages"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_character_belongs_to_exactly_one_passage(document: str, sources: Path) -> None:
    text = text_of(sources, document)
    left = list(text)
    for passage in segment(text):
        for start, end in passage.parts:
            assert "".join(left[start:end]) == text[start:end], passage.name
            left[start:end] = " " * (end - start)
    assert not "".join(left).strip()


@pytest.mark.parametrize(
    ("document", "counts"),
    [
        ("jst-strategy", {"heading": 4, "paragraph": 3, "list-item": 9}),
        ("uuki-2022", {"footnote": 73, "contents": 9, "caption": 17, "table-row": 49}),
        ("ifm-2021", {"endnote": 39, "contents": 8, "running-header": 1, "figure-text": 2}),
    ],
)
def test_counts_by_kind(document: str, counts: dict[str, int], sources: Path) -> None:
    found = [passage.kind for passage in segment(text_of(sources, document))]
    assert set(found) <= set(KINDS)
    assert {kind: found.count(kind) for kind in counts} == counts


@pytest.mark.parametrize(
    ("document", "name", "parts"),
    [
        ("uuki-2022", "2.1-p4", 2),
        ("uuki-2022", "2.5.2-p1", 2),
        ("uuki-2022", "6.2-p2", 2),
        ("uuki-2022", "fn37", 1),
        ("ifm-2021", "1-p4", 2),
        ("ifm-2021", "implications-selection-funding-l3", 1),
        ("ifm-2021", "t5.2", 1),
    ],
)
def test_broken_passages_are_whole(document: str, name: str, parts: int, sources: Path) -> None:
    text = text_of(sources, document)
    [passage] = [passage for passage in segment(text) if passage.name == name]
    assert len(passage.parts) == parts


def test_rows_of_the_tables(sources: Path) -> None:
    text = text_of(sources, "ifm-2021")
    rows = [passage for passage in segment(text) if passage.kind == "table-row"]
    tables = {table: sum(row.table == table for row in rows) for table in {r.table for r in rows}}
    assert tables == {
        "t1": 17, "t2.1": 3, "t2.2": 5, "t4.1": 37, "t5.1": 2, "t5.2": 2, "t5.3": 72, "t6.1": 15,
        "t7.1": 5, None: 18,
    }  # fmt: skip
