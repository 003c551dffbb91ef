"""docs/measures.md explains every measure as the program does."""

from __future__ import annotations

import re
from pathlib import Path

from stikg.networks import MEASURES


def test_each_measure_is_explained_as_the_program_does(root: Path) -> None:
    page = (root / "docs" / "measures.md").read_text(encoding="utf-8")
    sections = {
        title: " ".join(body.split())
        for title, body in re.findall(
            r"^### (\S+)\n(.*?)(?=^##|\Z)", page, re.DOTALL | re.MULTILINE
        )
    }
    assert list(sections) == list(MEASURES)
    for name, item in MEASURES.items():
        assert item.tells in sections[name], f"docs/measures.md: {name}"
        assert item.source in sections[name], f"docs/measures.md: {name}"


def test_the_page_counts_what_needs_counting(root: Path) -> None:
    page = (root / "docs" / "measures.md").read_text(encoding="utf-8")
    before, _, after = page.partition("## Of the whole network")
    for name, item in MEASURES.items():
        assert f"### {name}\n" in (after if item.whole else before)
