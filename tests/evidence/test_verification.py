"""Verifying a graph's passages against copies of its documents."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stikg.errors import InputError, UnknownName
from stikg.evidence import find_sources, read_passages, verify
from stikg.layout import Layout, find_layout
from stikg.passages import passage_triples
from stikg.serialisation import write_turtle
from stikg.terms import DOCUMENT_PREFIXES
from tests.evidence.lamps import DOCUMENT, TEXT


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    for folder in ("ontology", "queries", f"graph/documents/{DOCUMENT}"):
        (tmp_path / "kg" / folder).mkdir(parents=True)
    (tmp_path / "kg" / "ontology" / "stikg.ttl").touch()
    turtle = write_turtle((*triple, None) for triple in passage_triples(DOCUMENT, TEXT))
    passages = tmp_path / "kg" / "graph" / "documents" / DOCUMENT / "passages.ttl"
    passages.write_text(turtle, encoding="utf-8")
    return find_layout(tmp_path / "kg")


def test_a_good_copy(layout: Layout, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(f"Cover\n\n{TEXT}", encoding="utf-8")
    report = verify(layout, {DOCUMENT: copy})
    [document] = report.documents
    assert (document.document, document.source) == (DOCUMENT, copy)
    assert (len(document.found), document.passages) == (15, 15)
    assert report.complete
    assert report.without_copy == ()
    assert [document.place_of(found) for found in document.found[:3]] == [
        "line 3", "line 5", "line 7",
    ]  # fmt: skip


def test_places_in_a_copy_with_pages(layout: Layout, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.replace("2. What follows", "\f2. What follows"), encoding="utf-8")
    [document] = verify(layout, {DOCUMENT: copy}).documents
    pages = {found.passage.name: document.place_of(found) for found in document.found}
    assert (pages["1-h"], pages["2-h"], pages["2-p2"]) == ("page 1", "page 2", "page 2")


def test_what_is_missing_is_named_with_its_section_and_kind(layout: Layout, tmp_path: Path) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.replace("once a year", "twice a year"), encoding="utf-8")
    report = verify(layout, {DOCUMENT: copy})
    [passage] = report.documents[0].missing
    assert (passage.iri, passage.section, passage.section_title, passage.kind) == (
        "https://w3id.org/stikg/document/lamps-2020/1-l2", "1", "Why lamps", "list-item",
    )  # fmt: skip
    assert not report.complete


def test_documents_without_a_copy_are_told(layout: Layout) -> None:
    report = verify(layout, {})
    assert report.documents == ()
    assert report.without_copy == (DOCUMENT,)


def test_an_unknown_document(layout: Layout, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"no document 'lamp' .*\n.*lamps-2020") as caught:
        verify(layout, {"lamp": tmp_path / "copy.txt"})
    assert caught.value.candidates == (DOCUMENT,)


def test_sources_are_found_beside_the_graph_or_where_the_environment_says(
    layout: Layout, tmp_path: Path
) -> None:
    assert find_sources(layout, {}) == {}
    beside = tmp_path / "shared" / "sources"
    named = tmp_path / "mine"
    for folder, suffix in ((beside, ".txt"), (named, ".html")):
        folder.mkdir(parents=True)
        (folder / f"{DOCUMENT}{suffix}").touch()
    assert find_sources(layout, {}) == {DOCUMENT: beside / "lamps-2020.txt"}
    assert find_sources(layout, {"STIKG_SOURCES": str(named)}) == {
        DOCUMENT: named / "lamps-2020.html"
    }


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("sti:order 1 ;", "", "has 0 values of sti:order"),
        ("sti:order 1 ;", 'sti:order "first" ;', "is 'first', not a count"),
        ("oa:start 0 .", "oa:start 0, 1 .", "has 2 values of oa:start"),
    ],
)
def test_a_damaged_description(old: str, new: str, problem: str, layout: Layout) -> None:
    path = layout.graph / "documents" / DOCUMENT / "passages.ttl"
    turtle = path.read_text(encoding="utf-8")
    assert old in turtle
    path.write_text(turtle.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=f"{problem}(.|\n)*stikg passages") as caught:
        read_passages(path)
    assert caught.value.where == str(path)


def test_the_documents_of_the_graph_are_found_whole(root: Path, sources: Path) -> None:
    layout = find_layout(root)
    copies = find_sources(layout, os.environ)
    if set(copies) != set(DOCUMENT_PREFIXES.values()):
        pytest.skip(f"not all documents are among the texts in {sources.name}/")
    report = verify(layout, copies)
    missing = {document.document: document.missing for document in report.documents}
    assert missing == dict.fromkeys(sorted(copies), ())
    assert {document.document: document.passages for document in report.documents} == {
        "ifm-2021": 466, "jst-strategy": 16, "uuki-2022": 428,
    }  # fmt: skip


def test_one_changed_word_in_a_document_of_the_graph(
    root: Path, sources: Path, tmp_path: Path
) -> None:
    layout = find_layout(root)
    source = sources / "uuki-2022.txt"
    if not source.is_file():
        pytest.skip("no text of uuki-2022 among the sources")
    text = source.read_text(encoding="utf-8").replace("\n\n", "\n\n\n \n")
    path = tmp_path / "copy.txt"
    path.write_text(
        "Copied for study.\n" + text.replace("8.1\t16.5", "8.2\t16.5"), encoding="utf-8"
    )
    [document] = verify(layout, {"uuki-2022": path}).documents
    assert [passage.name for passage in document.missing] == ["t3-r3"]
