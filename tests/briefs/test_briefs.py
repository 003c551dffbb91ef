"""Briefs of the real graph: what they say, that every line is sourced, and their three formats."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from pdfminer.high_level import extract_text
from pdfminer.pdfpage import PDFPage

from stikg.briefs import Brief, Picture, Row, Section, make_brief, to_markdown, write_brief
from stikg.cli import application
from stikg.dataset import Dataset
from stikg.errors import InputError, UnknownName
from stikg.terms import IRI, expand

THINGS = (
    "Japan", "Singapore", "JST", "UK Research and Innovation",
    "Moonshot Research and Development Program", "Additive manufacturing",
    "Sixth Science and Technology Basic Plan",
)  # fmt: skip


@pytest.fixture(scope="module")
def brief_of(real_dataset: Dataset) -> Callable[..., Brief]:
    """Return what makes a brief of the real graph, each once."""
    made: dict[tuple[str, str | None], Brief] = {}

    def make(name: str, partner: str | None = None) -> Brief:
        if (name, partner) not in made:
            made[name, partner] = make_brief(real_dataset, name, partner=partner)
        return made[name, partner]

    return make


def section(brief: Brief, heading: str) -> Section:
    return next(item for item in brief.sections if item.heading == heading)


def line(found: Section, first: str) -> Row:
    return next(row for row in found.rows if row.cells[0] == first)


@pytest.mark.parametrize("name", THINGS)
def test_every_line_has_a_passage_or_says_where_it_comes_from(
    name: str, brief_of: Callable[..., Brief], real_dataset: Dataset
) -> None:
    brief = brief_of(name)
    assert brief.sections
    rows = [row for item in brief.sections for row in item.rows]
    assert [row for row in rows if not row.passages and not row.origins] == []
    cited = {passage.value for row in rows for passage in row.passages}
    known = real_dataset.sparql("SELECT DISTINCT ?p { ?p a sti:Passage }")
    assert not isinstance(known, bool | list)
    assert cited <= {str(row[0]) for row in known.rows}
    assert {iri.value for iri, _ in brief.documents} == {p.rpartition("/")[0] for p in cited}


def test_a_programme_tells_what_its_section_of_the_document_prints(
    brief_of: Callable[..., Brief],
) -> None:
    brief = brief_of("Moonshot Research and Development Program")
    assert brief.kind == "programme"
    money = section(brief, "Money").rows[0]
    assert money.cells == ("JPY 115 billion", "2021–2030")
    assert money.passages == (expand("uuki:2.5.4-p3"),)
    parts = line(section(brief, "Organisations and their parts"), "Japanese Government")
    assert parts.cells == ("Japanese Government", "announced; funds")
    goals = section(brief, "Goals")
    assert line(goals, "Disease prevention").passages == (expand("uuki:2.5.4-l2"),)
    assert (len(goals.rows), goals.omitted) == (8, 2)


def test_two_countries_show_what_both_are_party_to(brief_of: Callable[..., Brief]) -> None:
    brief = brief_of("Japan", "UK")
    assert brief.title == "Japan with United Kingdom"
    both = section(brief, "Agreements of both")
    assert [row.cells[0] for row in both.rows] == [
        "UK–Japan Comprehensive Economic Partnership Agreement",
        "UK–Japan science, technology and innovation agreement",
    ]
    figures = section(brief, "Figures of the one with the other")
    assert line(figures, "co-authored publications").cells == (
        "co-authored publications", "Japan", "United Kingdom", "2016–2021: 20,342",
    )  # fmt: skip


def test_partners_are_counted_and_say_so(
    brief_of: Callable[..., Brief], real_dataset: Dataset
) -> None:
    found = section(brief_of("Japan"), "Possible partners: considered for the same technologies")
    first = found.rows[0]
    assert first.cells[0] == "Germany"
    assert int(first.cells[1]) == len(first.cells[2].split("; "))
    assert first.origins == ("counted",)
    assert "no document says" in found.note
    shared = real_dataset.query("shared-technologies", territory="Japan").records()
    counted = {str(row["partnerLabel"]): str(row["technologies"]) for row in shared}
    assert {row.cells[0]: row.cells[1] for row in found.rows}.items() <= counted.items()


def test_what_is_no_pair_is_refused(real_dataset: Dataset) -> None:
    with pytest.raises(InputError, match="nothing to compare"):
        make_brief(real_dataset, "Japan", partner="JST")
    with pytest.raises(InputError, match="the thing itself"):
        make_brief(real_dataset, "Japan", partner="JP")
    with pytest.raises(UnknownName):
        make_brief(real_dataset, "Atlantis")


def small(cell: str = "a | *b* <script>alert(1)</script>") -> Brief:
    row = Row(
        (cell, "[2]"), tuple(expand(f"uuki:2.1-p{number}") for number in range(1, 6)), ("read",)
    )
    return Brief(
        title="Thing & <b>",
        kind="organisation",
        iri=IRI("https://w3id.org/stikg/agency/x"),
        sections=(Section("Head", ("One", "Two"), (row,), 3, "stikg show X", "A note."),),
        pictures=(),
        documents=((expand("uuki:2.1-p1"), "Title"),),
        version="abc",
    )


def test_markdown_names_three_passages_and_counts_the_rest() -> None:
    text = to_markdown(small())
    assert "An organisation in the knowledge graph stikg, data abc." in text
    row = next(item for item in text.splitlines() if item.startswith("| a"))
    assert row.count("https://w3id.org/stikg/document/uuki-2022/2.1-p") == 3
    assert row.endswith("+2 (interpreted) |")
    assert r"a \| \*b\* \<script>alert(1)\</script>" in row
    assert "3 more: `stikg show X`" in text


def test_html_is_one_file_that_runs_nothing(tmp_path: Path) -> None:
    picture = Picture("Caption", "Words", lambda form, width: f"<svg>{form} {width}</svg>".encode())
    brief = small()
    with_picture = Brief(**{**{name: getattr(brief, name) for name in Brief.__slots__},
                            "pictures": (picture,)})  # fmt: skip
    write_brief(with_picture, tmp_path / "b.html")
    text = (tmp_path / "b.html").read_text(encoding="utf-8")
    tags: list[tuple[str, dict[str, str | None]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

    Reader().feed(text)
    assert "script" not in {tag for tag, _ in tags}
    images = [attributes for tag, attributes in tags if tag == "img"]
    assert [image["alt"] for image in images] == ["Words"]
    assert str(images[0]["src"]).startswith("data:image/svg+xml;base64,")
    loaded = [a[key] for _, a in tags for key in ("src", "href") if key in a]
    assert all(re.match(r"data:|https://w3id\.org/stikg/", str(value)) for value in loaded)


@pytest.mark.parametrize("name", ["Japan", "Additive manufacturing"])
def test_a_pdf_keeps_to_two_pages_and_to_its_bytes(
    name: str, brief_of: Callable[..., Brief], tmp_path: Path
) -> None:
    brief = brief_of(name)
    for path in (tmp_path / "1.pdf", tmp_path / "2.pdf"):
        write_brief(brief, path)
    content = (tmp_path / "1.pdf").read_bytes()
    assert content == (tmp_path / "2.pdf").read_bytes()
    assert 1 <= len(list(PDFPage.get_pages(io.BytesIO(content)))) <= 2
    text = extract_text(io.BytesIO(content))
    for item in brief.sections:
        assert item.heading in text


def test_japanese_stands_in_a_pdf(tmp_path: Path) -> None:
    write_brief(small("科学技術振興機構"), tmp_path / "j.pdf")
    assert "科学技術振興機構" in extract_text(tmp_path / "j.pdf")


def test_the_command_writes_markdown_with_its_drawings(
    root: Path, real_dataset: Dataset, tmp_path: Path
) -> None:
    del real_dataset
    target = tmp_path / "singapore.md"
    done = CliRunner().invoke(
        application, ["--folder", str(root), "brief", "Singapore", "-o", str(target)]
    )
    assert done.exit_code == 0, done.output
    text = target.read_text(encoding="utf-8")
    names = re.findall(r"\]\((singapore-\d\.svg)\)", text)
    assert names
    assert all((tmp_path / name).read_bytes().lstrip().startswith(b"<?xml") for name in names)


def test_a_suffix_of_no_format_is_refused_before_anything_is_made(
    root: Path, tmp_path: Path
) -> None:
    target = tmp_path / "brief.docx"
    done = CliRunner().invoke(
        application, ["--folder", str(root), "brief", "Japan", "-o", str(target)]
    )
    assert done.exit_code == 2
    assert ".md, .html, .pdf" in done.output
    assert list(tmp_path.iterdir()) == []
