"""Networks: labels readable in every layout, direction and weight where they tell something."""

from __future__ import annotations

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from stikg.errors import InputError
from stikg.figures import Caption, Options, Picture, draw, draw_graph
from stikg.networks import build
from stikg.results import Table
from stikg.terms import IRI, XSD, Literal
from tests.figures.seeing import outside, overlaps, words

CAPTION = Caption("Who funds what", "data 0123abcd")
COLUMNS = ("source", "sourceLabel", "sourceKindLabel", "target", "targetLabel",
           "targetKindLabel", "relation", "relationLabel", "weight")  # fmt: skip
LAYOUTS = ("bipartite", "layered", "force")


def edge(source: str, target: str, relation: str = "funds", weight: int = 1) -> tuple[object, ...]:
    return (
        IRI(f"urn:{source}"), Literal(source), Literal("agency"),
        IRI(f"urn:{target}"), Literal(target), Literal("programme"),
        IRI(f"urn:{relation}"), Literal(relation), Literal(str(weight), XSD + "integer"),
    )  # fmt: skip


def network(agencies: int, programmes: int) -> Table:
    """Each programme has one funder in turn, and every third a second one that administers it."""
    edges = [(p % agencies, p, "funds") for p in range(programmes)]
    edges += [((p + 1) % agencies, p, "administers") for p in range(0, programmes, 3)]
    rows = tuple(
        edge(f"Agency for Research {a}", f"Programme for International Exchange {p}", relation)
        for a, p, relation in edges
    )
    return Table(COLUMNS, rows)  # type: ignore[arg-type]


def picture(table: Table, layout: str | None = None, width: str = "page") -> Picture:
    return draw(table, CAPTION, kind="network", width=width, options=Options(layout=layout))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("width", ["column", "page"])
def test_labels_lie_apart_and_on_the_sheet(layout: str, width: str) -> None:
    figure = picture(network(5, 17), layout, width).figure
    assert overlaps(figure) == []
    assert outside(figure) == []


letters = st.one_of(
    st.characters(min_codepoint=32, max_codepoint=0x24F), st.sampled_from("科学技術、国際「」Ωж")
)
name = st.text(letters, min_size=1, max_size=90)


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(st.lists(st.tuples(name, name), min_size=1, max_size=9), st.sampled_from(LAYOUTS))
def test_any_labels_lie_apart_and_on_the_sheet(pairs: list[tuple[str, str]], layout: str) -> None:
    rows = tuple(edge(f"a {one}", f"b {two}") for one, two in pairs)
    drawn = picture(Table(COLUMNS, rows), layout, "column")  # type: ignore[arg-type]
    assert overlaps(drawn.figure) == []
    assert outside(drawn.figure) == []
    assert drawn.render("svg") == drawn.render("svg")


def test_a_network_of_two_sides_is_drawn_in_two_columns() -> None:
    figure = picture(network(2, 4)).figure
    texts = {text.get_text(): text for text in figure.axes[0].texts}
    assert texts["Agency for Research 0"].get_horizontalalignment() == "right"
    assert texts["Programme for International Exchange 3"].get_horizontalalignment() == "left"


def test_kinds_and_relations_are_counted() -> None:
    written = words(picture(network(4, 9)).figure).splitlines()
    assert [line for line in written if line.endswith(")")] == [
        "agency (4)", "programme (9)", "funds (9)", "administers (3)",
    ]  # fmt: skip


def test_kinds_differ_in_shape_and_colour_relations_in_colour_and_dash() -> None:
    axes = picture(network(4, 9)).figure.axes[0]
    nodes = {(str(line.get_marker()), line.get_markerfacecolor()) for line in axes.lines
             if line.get_marker() != "None"}  # fmt: skip
    assert nodes == {("o", "#0072B2"), ("s", "#E69F00")}
    edges = {(line.get_color(), line.is_dashed()) for line in axes.lines
             if line.get_alpha() == 0.85}  # fmt: skip
    assert edges == {("#0072B2", False), ("#E69F00", True)}


def test_layers_follow_the_edges() -> None:
    rows = tuple(edge(*pair) for pair in [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")])
    figure = picture(Table(COLUMNS, rows), "layered").figure  # type: ignore[arg-type]
    across = {text.get_text(): text.get_position()[0] for text in figure.axes[0].texts}
    assert across["a"] < across["b"] < across["c"] < across["d"]


def test_nodes_on_both_sides_are_drawn_free_with_arrows() -> None:
    rows = tuple(edge(*pair) for pair in [("a", "b"), ("b", "c")])
    chain = Table(COLUMNS, rows)  # type: ignore[arg-type]
    heads = [line for line in picture(chain).figure.axes[0].lines
             if isinstance(line.get_marker(), tuple)]  # fmt: skip
    assert len(heads) == 2
    with pytest.raises(InputError, match="has not two sides"):
        picture(chain, "bipartite")
    plain = draw_graph(build(chain, directed=False), CAPTION)
    assert not any(isinstance(line.get_marker(), tuple) for line in plain.figure.axes[0].lines)


def test_what_weighs_more_is_wider() -> None:
    rows = (edge("a", "x", weight=1), edge("b", "x", weight=9))
    drawn = picture(Table(COLUMNS, rows))  # type: ignore[arg-type]
    widths = sorted({line.get_linewidth() for line in drawn.figure.axes[0].lines
                     if line.get_alpha() == 0.85})  # fmt: skip
    assert len(widths) == 2
    assert widths[1] > 2 * widths[0]
    assert "The wider a line, the more: weight." in words(drawn.figure)


def test_japanese_labels_are_drawn_or_said_to_be_missing() -> None:
    rows = (edge("科学技術振興機構", "国際交流事業"),)
    figure = picture(Table(COLUMNS, rows)).figure  # type: ignore[arg-type]
    written = words(figure)
    assert ("科学技術振興機構" in written) != ("[…] stands for characters" in written)
    figure.canvas.draw()


def test_an_unknown_layout_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="'spiral' is not a layout"):
        picture(network(2, 3), "spiral")
