"""A network in one HTML file: nothing in it can end a tag, and it is whole without its program."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from stikg.errors import InputError
from stikg.networks import build, network_page
from stikg.results import Table
from stikg.terms import IRI, Literal, Term

HOSTILE = '</script><img src=x onerror="alert(1)"><!--'
PASSAGE = "https://w3id.org/stikg/document/almanac/1-p1"
PROGRAM = 'const ends = "</script><!--";'


class Reader(HTMLParser):
    """Collects the texts and attributes of a page, element by element."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.comments: list[str] = []
        self._open = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open = tag
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append((self._open, data))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def whole(self, tag: str) -> list[str]:
        return [data for opened, data in self.texts if opened == tag and data.strip()]


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """Return a folder like that of the built explorer."""
    (tmp_path / "network.js").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "network.css").write_text(".net { color: red }", encoding="utf-8")
    (tmp_path / "network.licences.md").write_text("MIT <of others>", encoding="utf-8")
    return tmp_path


def row(source: str, target: str, relation: str, passage: str | None) -> tuple[Term | None, ...]:
    return (
        IRI(f"https://w3id.org/stikg/agency/{source}"), Literal(f"{source} {HOSTILE}"),
        Literal("agency"), IRI(f"urn:{target}"), Literal(target), Literal("programme"),
        IRI(f"urn:{relation}"), Literal(relation), IRI(passage) if passage else None,
        Literal("stated" if passage else "curated"),
    )  # fmt: skip


ROWS = [row("a", "p", "funds", PASSAGE), row("a", "q", "runs", None), row("b", "p", "funds", None)]


def page_of(rows: list[tuple[Term | None, ...]], bundle: Path) -> str:
    columns = (
        "source", "sourceLabel", "sourceKindLabel", "target", "targetLabel", "targetKindLabel",
        "relation", "relationLabel", "passage", "origin",
    )  # fmt: skip
    filters = {"territory": HOSTILE}
    graph = build(Table(columns, tuple(rows)), name="ties", title="Ties", filters=filters)
    return network_page(graph, bundle=bundle)


def test_texts_of_the_data_stay_texts(bundle: Path) -> None:
    page = Reader(page_of(ROWS, bundle))
    assert [tag for tag, _ in page.found].count("script") == 2
    assert not any(tag == "img" or "onerror" in attributes for tag, attributes in page.found)
    assert page.comments == []
    assert f"a {HOSTILE}" in page.whole("a")
    data, program = page.whole("script")
    assert program == PROGRAM.replace("</", "<\\/").replace("<!", "<\\!")
    nodes = json.loads(data)["nodes"]
    assert [node["label"] for node in nodes] == [f"a {HOSTILE}", f"b {HOSTILE}", "p", "q"]
    assert [node["href"] for node in nodes][2:] == ["", ""]


def test_the_tables_say_all_without_the_program(bundle: Path) -> None:
    text = page_of(ROWS, bundle)
    page = Reader(text)
    links = [attributes["href"] for tag, attributes in page.found if tag == "a"]
    assert links.count(PASSAGE) == 1
    assert links.count("https://w3id.org/stikg/agency/a") == 3
    assert "almanac, passage 1-p1" in page.whole("a")
    assert re.findall(r'data-origin="(\w+)"', text) == ["curated", "curated"]
    assert [tag for tag, _ in page.found].count("tr") == 1 + 3 + 1 + 4


def test_only_its_own_program_and_style_may_run(bundle: Path) -> None:
    page = Reader(page_of(ROWS, bundle))
    policy = next(
        attributes["content"] or "" for tag, attributes in page.found
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )  # fmt: skip
    assert "default-src 'none'" in policy and "unsafe" not in policy
    for tag, content in (("script", page.whole("script")[1]), ("style", page.whole("style")[0])):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    asked = {(tag, name) for tag, attributes in page.found for name in attributes}
    assert not asked & {("script", "src"), ("img", "src"), ("iframe", "src")}
    assert [attributes["href"] for tag, attributes in page.found if tag == "link"] == ["data:,"]


def test_the_same_network_gives_the_same_bytes(bundle: Path) -> None:
    shuffled = ROWS[:]
    random.Random(3).shuffle(shuffled)
    assert shuffled != ROWS
    assert page_of(shuffled, bundle) == page_of(ROWS, bundle)


def test_licences_travel_with_the_programs(bundle: Path) -> None:
    assert "MIT <of others>" in Reader(page_of(ROWS, bundle)).whole("pre")


def test_what_cannot_be_written_is_told(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="empty"):
        page_of([], bundle)
    (tmp_path / "network.js").unlink()
    with pytest.raises(InputError, match="not built") as raised:
        page_of(ROWS, tmp_path)
    assert "make web" in str(raised.value)
