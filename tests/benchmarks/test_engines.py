"""The table of engines says what was kept, and compares what engines answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stikg.terms import IRI, XSD, Literal

GOALS = "question:goals"
KEPT: list[dict[str, Any]] = [
    {"size": "1e4", "engine": "disk", "seconds": 0.02, "rows": 3, "digest": "a"},
    {"size": "1e6", "engine": "disk", "seconds": 2.0, "rows": 300, "digest": "b"},
    {"size": "1e6", "engine": "rdflib", "seconds": 8.0, "rows": 299, "digest": "c"},
    {"size": "1e6", "engine": "fuseki", "cut": "more than 60 s"},
]
for _item in KEPT:
    _item["measure"] = GOALS


def test_a_row_has_times_ratios_growth_and_what_differs() -> None:
    from report import tables

    records = {(item["size"], item["engine"], item["measure"]): item for item in KEPT}
    row = next(line for line in tables(records).splitlines() if line.startswith("| goals"))
    assert row == "| goals | 3 / 300 | 20 ms | 2 s | > 60 s | 8 s (4 ×) ≠ | 1.00 |"


def test_the_page_keeps_what_is_written_by_hand(tmp_path: Path) -> None:
    from report import BEGIN, END, write_page

    page = tmp_path / "docs" / "benchmarks.md"
    (tmp_path / "docs" / "images").mkdir(parents=True)
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write_page(tmp_path, KEPT)
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{BEGIN}\n")
    assert text.endswith(f"{END}\nafter\n")
    assert "goals" in text
    assert "old" not in text
    assert (tmp_path / "docs" / "images" / "engines.svg").stat().st_size > 0


def test_rows_are_equal_in_any_order_and_form_of_number() -> None:
    from asking import digest_of

    one: list[list[object]] = [[IRI("urn:a"), Literal("1", XSD + "integer")], [IRI("urn:b"), None]]
    other: list[list[object]] = [
        [IRI("urn:b"), None],
        [IRI("urn:a"), Literal("1.0", XSD + "decimal")],
    ]
    assert digest_of(one) == digest_of(other)
    assert digest_of(one) != digest_of([*one, *one])
