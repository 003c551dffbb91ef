"""Drawings: every label readable, every kind in the legend, the same bytes each time."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from stikg.errors import InputError, OutputError
from stikg.figures import Caption, draw_network, make_figure, place_nodes, render_network
from stikg.networks import build
from stikg.results import Table
from stikg.terms import IRI, Literal

if TYPE_CHECKING:
    from stikg.networks import Graph

CAPTION = Caption("Who funds what", "data 0123abcd")


def network(agencies: int, programmes: int) -> Graph:
    """Each programme has one funder in turn, and every third a second one that administers it."""
    edges = [(p % agencies, p, "funds") for p in range(programmes)]
    edges += [((p + 1) % agencies, p, "administers") for p in range(0, programmes, 3)]
    columns = ("source", "sourceLabel", "sourceKindLabel", "target", "targetLabel",
               "targetKindLabel", "relation", "relationLabel")  # fmt: skip
    rows = tuple(
        (
            IRI(f"urn:a{a:03}"), Literal(f"Agency for Research {a}"),
            Literal("ministry" if a % 2 else "funding agency"),
            IRI(f"urn:p{p:03}"), Literal(f"Programme for International Exchange {p}"),
            Literal("programme"), IRI(f"urn:{relation}"), Literal(relation),
        )
        for a, p, relation in edges
    )  # fmt: skip
    return build(Table(columns=columns, rows=rows))


def test_no_label_lies_on_another() -> None:
    figure = make_figure(network(6, 24), CAPTION, dpi=100)
    texts = [text for text in figure.axes[0].texts if text.get_text()]
    boxes = [text.get_window_extent() for text in texts]
    assert len(boxes) == 30
    overlapping = [
        (one.get_text(), two.get_text())
        for (one, a), (two, b) in combinations(zip(texts, boxes, strict=True), 2)
        if a.overlaps(b)
    ]
    assert overlapping == []


def test_every_label_is_inside_the_picture() -> None:
    figure = make_figure(network(6, 24), CAPTION, dpi=100)
    width, height = figure.get_size_inches() * 100
    for text in figure.axes[0].texts:
        box = text.get_window_extent()
        assert box.x0 >= 0, text.get_text()
        assert box.y0 >= 0, text.get_text()
        assert box.x1 <= width, text.get_text()
        assert box.y1 <= height, text.get_text()


def test_the_legend_counts_kinds_and_relations() -> None:
    figure = make_figure(network(4, 9), CAPTION, dpi=100)
    labels = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    assert labels == [
        "funding agency (2)", "ministry (2)", "programme (9)", "funds (9)", "administers (3)",
    ]  # fmt: skip


def test_kinds_of_both_sides_differ_in_shape() -> None:
    figure = make_figure(network(4, 9), CAPTION, dpi=100)
    paths = {str(collection.get_paths()[0].vertices) for collection in figure.axes[0].collections}
    assert len(paths) == 3


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_the_same_network_gives_the_same_bytes(form: str) -> None:
    first = render_network(network(3, 7), form, CAPTION, dpi=60)
    assert first == render_network(network(3, 7), form, CAPTION, dpi=60)
    assert first[:4] in {b"<?xm", b"\x89PNG", b"%PDF"}


def test_components_do_not_overlap() -> None:
    graph = network(2, 4)
    graph.add_edge("urn:x", "urn:y", key="r", relation="r", label="funds", passages=())
    for node in ("urn:x", "urn:y"):
        graph.nodes[node].update(label=node, kind="programme", side="target")
    positions, width, height = place_nodes(graph)
    assert len({(round(x, 3), round(y, 3)) for x, y in positions.values()}) == len(graph)
    assert all(0 <= x <= width and -height <= y <= 0 for x, y in positions.values())


def test_a_picture_is_written_whole(tmp_path: Path) -> None:
    path = draw_network(network(2, 3), tmp_path / "n.svg", CAPTION)
    text = path.read_text(encoding="utf-8")
    assert "Agency for Research 0" in text
    assert "Who funds what" in text
    assert [entry.name for entry in tmp_path.iterdir()] == ["n.svg"]


def test_a_wrong_suffix_names_the_right_ones(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"n\.docx does not end in \.png, \.svg, \.pdf"):
        draw_network(network(2, 3), tmp_path / "n.docx", CAPTION)


def test_an_empty_network_is_refused(tmp_path: Path) -> None:
    empty = network(2, 3)
    empty.clear()
    with pytest.raises(InputError, match="nothing to draw"):
        draw_network(empty, tmp_path / "n.png", CAPTION)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        draw_network(network(2, 3), tmp_path / "nowhere" / "n.svg", CAPTION)
