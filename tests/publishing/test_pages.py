"""The committed pages are those of the graph as it is, and their links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from stikg.cli.pages import write_pages
from stikg.dataset import Dataset
from stikg.layout import find_layout

FOLDERS = ("ontology", "graph", "queries")
PAGES = ("ontology.md", "questions.md", "checks.md", "documents.md", "networks.md")
MADE = (*(f"docs/{name}" for name in (*PAGES, "commands.md")), "ontology/context.jsonld")
LONGEST_CELL = 150
"""Characters of a cell of rows, escapes included; what describes may be longer."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, root: Path, real_dataset: Dataset) -> Path:
    """Return a copy of the graph, of its ontology and queries, with the pages written afresh."""
    copy = tmp_path_factory.mktemp("made")
    for name in FOLDERS:
        shutil.copytree(root / name, copy / name)
    version = real_dataset.manifest["version"]
    shutil.copytree(root / "build" / version, copy / "build" / version)
    shutil.copy(root / "build" / "current", copy / "build" / "current")
    (copy / "docs").mkdir()
    write_pages(find_layout(copy))
    return copy


@pytest.mark.parametrize("name", MADE)
def test_a_committed_page_is_fresh(name: str, made: Path, root: Path) -> None:
    committed = (root / name).read_text(encoding="utf-8") if (root / name).exists() else ""
    # not compared by assert, whose account of two long texts takes minutes
    fresh = committed == (made / name).read_text(encoding="utf-8")
    assert fresh, f"{name} is stale; run: make docs"


def test_nothing_else_is_written(made: Path) -> None:
    assert {path.name for path in (made / "docs").iterdir()} == {*PAGES, "commands.md"}


def anchors(page: str) -> set[str]:
    """Return the names of the places on a page as GitHub makes them."""
    titles = re.findall(r"^#+ (?!<a )(.+)$", page, re.MULTILINE)
    by_title = {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}
    return by_title | set(re.findall(r'<a id="([^"]+)">', page))


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str, made: Path) -> None:
    texts = {page: (made / "docs" / page).read_text(encoding="utf-8") for page in PAGES}
    places = {f"{page}#{place}" for page in PAGES for place in anchors(texts[page])}
    targets = re.findall(r"\]\(([^)]*)\)", texts[name])
    assert targets
    wanted = {name + target if target.startswith("#") else target for target in targets}
    assert wanted - places == set()


@pytest.mark.parametrize("name", PAGES)
def test_no_place_has_the_name_of_another(name: str, made: Path) -> None:
    page = (made / "docs" / name).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    assert len(titles) == len(set(titles))
    ids = re.findall(r'<a id="([^"]+)">', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", PAGES)
def test_every_row_of_a_table_has_the_cells_of_its_head(name: str, made: Path) -> None:
    page = (made / "docs" / name).read_text(encoding="utf-8")
    for block in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(counts) == 1, block[:200]


@pytest.mark.parametrize("name", ["checks.md", "documents.md", "networks.md"])
def test_no_row_holds_a_long_text(name: str, made: Path) -> None:
    page = (made / "docs" / name).read_text(encoding="utf-8")
    cells = [cell for line in page.splitlines() if line.startswith("|") for cell in line.split("|")]
    assert [cell for cell in cells if len(cell) > LONGEST_CELL] == []
