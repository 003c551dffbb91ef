"""Names: every spelling leads to the thing, and what does not says what is near."""

from __future__ import annotations

import gc
import os
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import AmbiguousName, DatasetError, OutputError, UnknownName
from stikg.names import NameRow, Names, build_names, normalise
from stikg.names.normalisation import search_expression
from stikg.terms import IRI, ONTOLOGY, expand


def row(curie: str, label: str, kind: str, source: str, language: str = "") -> NameRow:
    return NameRow(expand(curie).value, label, kind, language, source)


ROWS = [
    row("territory:jp", "Japan", "Territory", "prefLabel", "en"),
    row("territory:jp", "日本", "Territory", "prefLabel", "ja"),
    row("territory:jp", "JP", "Territory", "notation"),
    row("territory:jp", "JPN", "Territory", "notation"),
    row("territory:gb", "United Kingdom", "Territory", "prefLabel", "en"),
    row("territory:gb", "GB", "Territory", "notation"),
    row("agency:jst", "Japan Science and Technology Agency", "FundingAgency", "prefLabel", "en"),
    row("agency:jst", "JST", "FundingAgency", "acronym", "en"),
    row("agency:jst", "科学技術振興機構", "FundingAgency", "prefLabel", "ja"),
    row("agency:fapesp", "Fundação de Amparo à Pesquisa", "FundingAgency", "prefLabel", "pt"),
    row("organisation:cabinet-office-gb", "Cabinet Office", "GovernmentBody", "prefLabel", "en"),
    row("organisation:cabinet-office-jp", "Cabinet Office", "GovernmentBody", "prefLabel", "en"),
    row("technology:quantum", "Quantum technologies", "Technology", "prefLabel", "en"),
    row("theme:quantum", "Quantum technologies", "Theme", "prefLabel", "en"),
    row("programme:tobitate", "Tobitate! (Leap for Tomorrow)", "Programme", "prefLabel", "en"),
    row("sti:territory", "territory", "ObjectProperty", "prefLabel", "en"),
    row("sti:Territory", "territory", "Class", "prefLabel", "en"),
    row("uuki:2.1", "Japan", "Passage", "heading", "en"),
    row("uuki:9", "Further reading", "Passage", "heading", "en"),
]
CLASSES = [
    (ONTOLOGY + name, expand(curie).value)
    for name, curies in {
        "Territory": ["territory:jp", "territory:gb"],
        "FundingAgency": ["agency:jst", "agency:fapesp"],
        "Organisation": [
            "agency:jst", "agency:fapesp",
            "organisation:cabinet-office-gb", "organisation:cabinet-office-jp",
        ],
        "Technology": ["technology:quantum"],
        "Theme": ["theme:quantum"],
    }.items()
    for curie in curies
]  # fmt: skip
CLASSES += [(expand("owl:ObjectProperty").value, expand("sti:territory").value)]


@pytest.fixture(scope="module")
def names() -> Names:
    return Names.in_memory(ROWS, CLASSES)


@pytest.mark.parametrize(
    ("text", "cls", "curie"),
    [
        ("Japan", None, "territory:jp"),
        ("  JAPAN ", "sti:Territory", "territory:jp"),
        ("Ｊａｐａｎ", None, "territory:jp"),
        ("日本", None, "territory:jp"),
        ("jp", "sti:Territory", "territory:jp"),
        ("ＪＰＮ", None, "territory:jp"),
        ("GB", None, "territory:gb"),
        ("territory:jp", "sti:Territory", "territory:jp"),
        ("territory:jp", "", "territory:jp"),
        ("https://w3id.org/stikg/territory/jp", "sti:Territory", "territory:jp"),
        ("<https://w3id.org/stikg/territory/jp>", None, "territory:jp"),
        ("jst", "sti:Organisation", "agency:jst"),
        ("JST", "sti:FundingAgency", "agency:jst"),
        ("科学技術振興機構", None, "agency:jst"),
        ("fundacao de amparo a pesquisa", None, "agency:fapesp"),
        ("cabinet-office-jp", None, "organisation:cabinet-office-jp"),
        ("Cabinet Office JP", "sti:Organisation", "organisation:cabinet-office-jp"),
        ("quantum technologies", "sti:Theme", "theme:quantum"),
        ("quantum", "sti:Technology", "technology:quantum"),
        ("tobitate leap for tomorrow", None, "programme:tobitate"),
        ("uuki:2.5.3-p1", None, "uuki:2.5.3-p1"),
        ("https://example.org/x", None, "https://example.org/x"),
    ],
)
def test_names_resolve(names: Names, text: str, cls: str | None, curie: str) -> None:
    expected = IRI(curie) if curie.startswith("https") else expand(curie)
    assert names.resolve(text, cls) == expected


@pytest.mark.parametrize(
    ("text", "cls", "candidates"),
    [
        ("cabinet office", None,
         ("organisation:cabinet-office-gb", "organisation:cabinet-office-jp")),
        ("Quantum Technologies", None, ("technology:quantum", "theme:quantum")),
        ("quantum", None, ("technology:quantum", "theme:quantum")),
    ],
)  # fmt: skip
def test_ambiguous_names(
    names: Names, text: str, cls: str | None, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        names.resolve(text, cls)
    assert caught.value.candidates == candidates


def test_an_ambiguous_name_tells_the_classes(names: Names) -> None:
    with pytest.raises(AmbiguousName) as caught:
        names.resolve("quantum")
    assert str(caught.value) == (
        "'quantum' names 2 things: technology:quantum (Technology), theme:quantum (Theme)\n"
        "  remedy: name one of them, as in: technology:quantum"
    )


@pytest.mark.parametrize(
    ("text", "cls", "candidates"),
    [
        ("Japn", None, ("Japan",)),
        ("Untied Kingdom", "sti:Territory", ("United Kingdom",)),
        ("Japan", "sti:FundingAgency", ("Japan Science and Technology Agency",)),
        ("科学技術", None, ("Japan Science and Technology Agency",)),
        ("Further reading", None, ("Further reading",)),
        ("zzzz", None, ()),
        ("", None, ()),
        ("!!!", None, ()),
        ("javascript:alert(1)", None, ()),
        ("territory:jp", "sti:FundingAgency", ()),
        ("https://w3id.org/stikg/territory/xx", "sti:Territory", ()),
    ],
)
def test_unknown_names(
    names: Names, text: str, cls: str | None, candidates: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownName) as caught:
        names.resolve(text, cls)
    assert caught.value.candidates == candidates
    assert caught.value.remedy


def test_an_index_without_classes_cannot_tell(names: Names) -> None:
    assert Names.in_memory(()).resolve("territory:jp", "sti:Agency") == expand("territory:jp")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("japan", ["Japan", "2.1", "Japan Science and Technology Agency"]),
        ("tech sci", ["Japan Science and Technology Agency"]),
        ("技術", ["Japan Science and Technology Agency"]),
        ("術技", []),
        ("read", ["Further reading"]),
        ("jst", ["Japan Science and Technology Agency"]),
        ('"', []),
        ("a OR b NEAR(", []),
        ("*", []),
        ("", []),
    ],
)
def test_search(names: Names, text: str, found: list[str]) -> None:
    labels = [hit.label if hit.iri != expand("uuki:2.1") else "2.1" for hit in names.search(text)]
    assert sorted(labels) == sorted(found)


def test_hits_tell_what_matched(names: Names) -> None:
    (hit,) = names.search("技術")
    assert (hit.iri, hit.label, hit.kind, hit.matched, hit.source) == (
        expand("agency:jst"),
        "Japan Science and Technology Agency",
        "FundingAgency",
        "科学技術振興機構",
        "prefLabel",
    )
    assert names.search("japan", cls="sti:Territory")[0].iri == expand("territory:jp")
    assert len(names.search("japan", 1)) == 1
    assert names.search("japan")[0].matched == "Japan"


def test_names_that_begin_with_the_text_come_first() -> None:
    told = ("Act of Ja", "Japan Foundation", "Japan", "Ja", "Cabinet Office (Japan)")
    rows = [row(f"sti:T{n}", name, "Thing", "prefLabel", "en") for n, name in enumerate(told)]
    found = [hit.label for hit in Names.in_memory(rows).search("JA")]
    assert found[:3] == ["Ja", "Japan", "Japan Foundation"]
    assert sorted(found[3:]) == ["Act of Ja", "Cabinet Office (Japan)"]


@pytest.mark.parametrize(
    ("curie", "cls", "written"),
    [
        ("territory:jp", "sti:Territory", "Japan"),
        ("technology:quantum", "sti:Technology", "Quantum technologies"),
        ("technology:quantum", None, "technology:quantum"),
        ("theme:quantum", None, "theme:quantum"),
        ("uuki:2.1", None, "uuki:2.1"),
        ("territory:jp", "sti:FundingAgency", "territory:jp"),
    ],
)
def test_what_to_write_for_a_thing(names: Names, curie: str, cls: str | None, written: str) -> None:
    assert names.designation(expand(curie), cls) == written


def test_completion(names: Names) -> None:
    assert [hit.matched for hit in names.complete("ja")] == [
        "Japan", "Japan Science and Technology Agency",
    ]  # fmt: skip
    assert [hit.matched for hit in names.complete("J", "sti:FundingAgency")] == [
        "Japan Science and Technology Agency"
    ]
    assert len(names.complete("", limit=3)) == 3


def test_a_relation_is_meant_only_where_one_is_asked_for(names: Names) -> None:
    assert names.resolve("territory") == expand("sti:Territory")
    assert names.resolve("territory", "owl:ObjectProperty") == expand("sti:territory")
    assert [hit.iri for hit in names.search("territory")] == [expand("sti:Territory")]
    with pytest.raises(UnknownName):
        names.resolve("Japan", "owl:ObjectProperty")


def test_labels(names: Names) -> None:
    assert names.label(expand("agency:jst")) == "Japan Science and Technology Agency"
    assert names.label(expand("agency:fapesp")) == "Fundação de Amparo à Pesquisa"
    assert names.label(expand("agency:none")) == "agency:none"


def test_a_file_is_read_by_many_and_never_written(tmp_path: Path) -> None:
    path = tmp_path / "a b?#%" / "names.sqlite"
    path.parent.mkdir()
    build_names(path, ROWS, CLASSES)
    before = path.read_bytes()
    path.chmod(stat.S_IRUSR)
    path.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        names = Names.open(path)
        with ThreadPoolExecutor(4) as pool:
            found = set(pool.map(names.resolve, ["Japan", "jp", "日本"] * 50))
        names.close()
        assert found == {expand("territory:jp")}
        assert sorted(os.listdir(path.parent)) == ["names.sqlite"]
    finally:
        path.parent.chmod(stat.S_IRWXU)
    assert path.read_bytes() == before


def test_an_index_that_nobody_holds_is_closed(tmp_path: Path) -> None:
    build_names(tmp_path / "names.sqlite", ROWS)
    names = Names.open(tmp_path / "names.sqlite")
    closing = names.close
    assert closing.alive
    del names
    gc.collect()
    assert not closing.alive


def test_the_same_names_make_the_same_file(tmp_path: Path) -> None:
    build_names(tmp_path / "a", ROWS, CLASSES)
    build_names(tmp_path / "b", [*reversed(ROWS), ROWS[0]], list(reversed(CLASSES)))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cannot be read"):
        Names.open(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "text").write_text("no database " * 100)
    with pytest.raises(DatasetError, match="cannot be read"):
        Names.open(tmp_path / "text")
    sqlite3.connect(tmp_path / "empty").close()
    (tmp_path / "empty").touch()
    with pytest.raises(DatasetError, match="cannot be read"):
        Names.open(tmp_path / "empty")
    with pytest.raises(OutputError, match="there is something here"):
        build_names(tmp_path / "text", ROWS)
    with pytest.raises(OutputError, match="cannot be written"):
        build_names(tmp_path / "no" / "folder", ROWS)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("R&D", "r d"),
        ("Japan’s", "japans"),
        ("Straße", "strasse"),
        ("ÉCOLE", "ecole"),
        ("ﾊﾟﾘ", "パリ"),
        ("がぎ", "がぎ"),
        ("科学・技術", "科学 技術"),
        ("データ", "データ"),
        ("①", "1"),
        ("हिन्दी", "हिन्दी"),
        (" \u3000a\u00a0b\t", "a b"),
    ],
)
def test_normal_forms(name: str, form: str) -> None:
    assert normalise(name) == form


@given(st.text())
def test_a_normal_form_is_its_own(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_search_breaks(text: str) -> None:
    names = Names.in_memory(ROWS, CLASSES)
    assert isinstance(names.search(text), list)
    assert search_expression(text).count('"') % 2 == 0
