"""Charts of small tables: what is drawn, said, counted and kept is what was given."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from stikg.errors import InputError, OutputError
from stikg.figures import Caption, Options, Picture, draw, find_kind
from stikg.results import Table, render
from tests.figures.seeing import outside, overlaps, table, words

CAPTION = Caption("Who does what", "Territory: Japan · data 0123abcd")
EDGES = table(
    "source*|sourceKind*|relation*|target*|targetKind*|passage",
    "JST|agency|funds|Alpha|programme|p1",
    "JST|agency|funds|Beta|programme|p1",
    "JST|agency|funds|Beta|programme|p2",
    "MEXT|ministry|launched|Beta|programme|p3",
)
LINKS = table(
    "territory*|technology*|stage*|viaGroup*",
    "Japan|Robots|longlisted|", "Japan|Robots|shortlisted|", "Japan|Lasers|shortlisted|",
    "France|Robots|shortlisted|", "France|Fusion|longlisted|", "France|Lasers|shortlisted|EU",
)  # fmt: skip
PAIRS = table("territory*|partner*|technologies#", "Japan|France|3", "France|Japan|3",
              "Japan|Spain|1", "Spain|Japan|1")  # fmt: skip
RANKED = table("node*|value#|low#|high#", "JST|0.5|0.25|0.75", "MEXT|2|1.5|2.5", "JSPS|0.5|0|1")
FIGURES = table(
    "indicator*|subject*|area*|period|value#|unit|source|qualifier",
    "spending||Japan|2019|2000000|JPY|OECD|", "spending||Japan|2021|3000000|JPY|OECD|over",
    "spending||France|2019|1000000|JPY|INSEE|", "rank|physics|Japan|2016/2021|3|RANK|OECD|",
)  # fmt: skip
PLANS = table(
    "strategy*|issuer*|start|end", "Fifth Plan|Cabinet|2016|2020", "Sixth Plan|Cabinet|2021|",
    "Old Plan|MEXT||2010", "Vague Plan||||".removesuffix("|"),
)  # fmt: skip
TABLES = {
    "network": EDGES, "matrix": LINKS, "ranking": RANKED, "series": FIGURES, "bars": FIGURES,
    "alluvial": LINKS, "timeline": PLANS, "heatmap": PAIRS,
}  # fmt: skip


def picture(kind: str, of: Table | None = None, width: str = "page", **options: object) -> Picture:
    chosen = Options(**options)  # type: ignore[arg-type]
    return draw(TABLES[kind] if of is None else of, CAPTION, kind=kind, width=width, options=chosen)


def data(drawn: Picture) -> list[str]:
    text = render(drawn.data, "csv")
    assert isinstance(text, str)
    return text.splitlines()


@pytest.mark.parametrize("kind", TABLES)
@pytest.mark.parametrize("width", ["column", "slide"])
def test_no_text_lies_on_another_or_off_the_sheet(kind: str, width: str) -> None:
    figure = picture(kind, width=width).figure
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert round(figure.get_size_inches()[0] * 2.54, 1) == {
        "column": 8.5, "slide": 25.4,
    }[width]  # fmt: skip


@pytest.mark.parametrize("kind", TABLES)
def test_title_filter_version_and_licence_are_printed(kind: str) -> None:
    written = words(picture(kind).figure)
    assert written.startswith("Who does what\nTerritory: Japan · data 0123abcd · ")
    assert written.endswith("\nGraph: stikg, CC BY 4.0")


@pytest.mark.parametrize("kind", TABLES)
def test_equal_data_give_equal_bytes(kind: str) -> None:
    assert picture(kind).render("svg") == picture(kind).render("svg")


@pytest.mark.parametrize(("form", "start"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_other_formats_give_equal_bytes_too(form: str, start: bytes) -> None:
    first = picture("bars").render(form, dpi=60)
    assert first == picture("bars").render(form, dpi=60)
    assert first.startswith(start)


def test_the_svg_names_and_describes_itself() -> None:
    root = ElementTree.fromstring(picture("ranking").render("svg"))
    names = {child.tag.rpartition("}")[2]: child for child in root}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == names["title"].get("id")
    assert root.get("aria-describedby") == names["desc"].get("id")
    assert names["title"].text == "Who does what"
    assert names["desc"].text == picture("ranking").alt


SAID = {
    "network": (
        "Who does what. Network of 4 nodes and 3 edges in 1 connected part. "
        "Nodes: 2 programme, 1 agency and 1 ministry. Edges: 2 funds and 1 launched. "
        "Most neighbours: Beta (2), JST (2) and Alpha (1)."
    ),
    "matrix": (
        "Who does what. Matrix of 2 rows and 3 columns with 4 filled cells. "
        "Links: 3 shortlisted and 2 longlisted. "
        "The fullest row is France (2), the fullest column Robots (2)."
    ),
    "ranking": (
        "Who does what. Dot plot by value: MEXT (2 [1.5, 2.5]), JSPS (0.5 [0, 1]) and "
        "JST (0.5 [0.25, 0.75])."
    ),
    "series": (
        "Who does what. Lines over the years of 2 figures: spending (JPY). spending, Japan: "
        "from JPY 2 million (2019) to JPY 3 million (2021)."
    ),
    "bars": (
        "Who does what. Bars of 4 figures: rank (rank) and spending (JPY). First in each: "
        "physics, Japan, 2016–2021: rank 3; Japan, 2021: over JPY 3 million."
    ),
    "alluvial": (
        "Who does what. Alluvial chart from longlist (2) to shortlist (3) through 2 groups. "
        "Of 4 pairs 1 are kept, 1 dropped and 2 added. The largest: France (2) and Japan (2)."
    ),
    "timeline": (
        "Who does what. Timeline of 3 rows, from Old Plan (until 2010) to Sixth Plan (from 2021). "
        "Of 1 no end is stated. Kinds: 2 Cabinet and 1 MEXT."
    ),
    "heatmap": (
        "Who does what. Heat map of 3 rows and 3 columns: technologies from 1 to 3. The most is 3, "
        "of France and Japan. The row with the largest sum is Japan (4)."
    ),
}


@pytest.mark.parametrize("kind", TABLES)
def test_the_alternative_text_tells_what_is_seen(kind: str) -> None:
    assert picture(kind).alt == SAID[kind]


DRAWN = {
    "network": [
        "source,sourceKind,relation,target,targetKind,weight,passages",
        "JST,agency,funds,Alpha,programme,1,1", "JST,agency,funds,Beta,programme,1,2",
        "MEXT,ministry,launched,Beta,programme,1,1",
    ],
    "matrix": [
        "territory,technology,stage", "France,Fusion,longlisted", "France,Robots,shortlisted",
        "Japan,Lasers,shortlisted", "Japan,Robots,longlisted", "Japan,Robots,shortlisted",
    ],
    "ranking": [
        "rank,node,value,low,high", "1,MEXT,2,1.5,2.5", "2,JSPS,0.5,0,1", "2,JST,0.5,0.25,0.75",
    ],
    "series": [
        "indicator,subject,area,period,value,unit,qualifier,source",
        "spending,,Japan,2019,2000000,JPY,,OECD", "spending,,Japan,2021,3000000,JPY,over,OECD",
    ],
    "alluvial": [
        "territory,technology,outcome", "France,Fusion,dropped", "France,Robots,added",
        "Japan,Lasers,added", "Japan,Robots,kept",
    ],
    "timeline": [
        "label,kind,start,end", "Old Plan,MEXT,,2010", "Fifth Plan,Cabinet,2016,2020",
        "Sixth Plan,Cabinet,2021,",
    ],
    "heatmap": [
        "territory,partner,technologies", "Japan,France,3", "Japan,Spain,1", "France,Japan,3",
        "Spain,Japan,1",
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", DRAWN)
def test_the_data_are_those_drawn(kind: str) -> None:
    assert data(picture(kind)) == DRAWN[kind]


LEGENDS = {
    "network": ["agency (1)", "ministry (1)", "programme (2)", "funds (2)", "launched (1)"],
    "matrix": ["shortlisted (3)", "longlisted (2)"],
    "series": ["Japan (2)"],
    "bars": ["Japan (3)", "France (1)"],
    "alluvial": ["kept (1)", "dropped (1)", "added (2)"],
    "timeline": ["Cabinet (2)", "MEXT (1)"],
}


@pytest.mark.parametrize("kind", LEGENDS)
def test_the_legend_counts_what_is_drawn(kind: str) -> None:
    written = words(picture(kind).figure).splitlines()
    entries = [line for line in written if line.endswith(")") and " · " not in line]
    assert [line for line in entries if line in LEGENDS[kind]] == LEGENDS[kind]


def test_rows_and_columns_of_a_matrix_are_ordered_by_their_totals() -> None:
    figure = picture("matrix").figure
    places = {text.get_text(): text.get_position() for text in figure.axes[0].texts}
    assert places["France"][1] < places["Japan"][1]
    assert places["Robots"][0] < places["Fusion"][0] < places["Lasers"][0]


def test_stages_differ_in_colour_and_in_shape() -> None:
    lines = [
        line for line in picture("matrix").figure.axes[0].lines if line.get_marker() in ("o", "s")
    ]
    looks = {(line.get_marker(), line.get_markeredgecolor()) for line in lines[:5]}
    assert looks == {("o", "#0072B2"), ("s", "#D55E00")}


def test_what_has_no_year_is_counted_and_open_ends_have_arrows() -> None:
    figure = picture("timeline").figure
    assert "1 row without a stated year not drawn." in words(figure)
    arrows = sorted(str(line.get_marker()) for line in figure.axes[0].lines
                    if line.get_marker() in ("<", ">"))  # fmt: skip
    assert arrows == ["<", ">"]


def test_bars_say_unit_bound_and_source() -> None:
    written = words(picture("bars").figure).splitlines()
    assert "JPY million" in written
    assert "over 3" in written
    assert "Sources: [1] OECD" in written
    assert "[2] INSEE" in written


def test_a_wide_matrix_is_turned_round_in_a_column() -> None:
    rows = [f"Country {c}|Technology number {t}|listed" for c in range(3) for t in range(22)]
    wide = table("territory*|technology*|stage*", *rows)
    drawn = picture("matrix", wide, "column")
    places = {text.get_text(): text for text in drawn.figure.axes[0].texts}
    assert places["Country 0"].get_rotation() == 90
    assert data(drawn)[1] == "Country 0,Technology number 0,listed"
    assert overlaps(drawn.figure) == []


def test_top_draws_the_first_and_says_so() -> None:
    drawn = picture("ranking", top=1)
    assert data(drawn) == ["rank,node,value,low,high", "1,MEXT,2,1.5,2.5"]
    assert "1 name, 2 more not drawn" in words(drawn.figure)


def test_a_ranking_needs_no_intervals_and_takes_any_column() -> None:
    plain = table("node*|degree#|rank#", "JST|3|1", "MEXT|7|2")
    assert data(picture("ranking", plain, value="degree")) == [
        "rank,node,degree", "1,MEXT,7", "2,JST,3",
    ]  # fmt: skip
    with pytest.raises(InputError, match="betweenness is not a column of numbers"):
        picture("ranking", plain, value="betweenness")


def test_differences_of_lists_are_dropped_and_added() -> None:
    lists = table("territory*|technology*|longlisted?|shortlisted?",
                  "Japan|Robots|true|false", "Japan|Lasers|false|true")  # fmt: skip
    assert find_kind(lists) == "alluvial"
    assert data(picture("alluvial", lists)) == [
        "territory,technology,outcome", "Japan,Lasers,added", "Japan,Robots,dropped",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("of", "kind"),
    [(EDGES, "network"), (LINKS, "matrix"), (PAIRS, "heatmap"), (RANKED, "ranking"),
     (FIGURES, "bars"), (PLANS, "timeline"), (table("name", "x"), None)],
)  # fmt: skip
def test_the_kind_follows_from_the_columns(of: Table, kind: str | None) -> None:
    assert find_kind(of) == kind


@pytest.mark.parametrize("kind", TABLES)
def test_an_empty_table_is_refused(kind: str) -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        picture(kind, Table(TABLES[kind].columns, ()))


@pytest.mark.parametrize("kind", TABLES)
def test_wrong_columns_are_named(kind: str) -> None:
    with pytest.raises(InputError, match="needs") as caught:
        picture(kind, table("name", "x"))
    assert "column" in str(caught.value)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="'pie' is not a kind of picture") as caught:
        draw(PAIRS, CAPTION, kind="pie")
    assert "network, matrix, ranking, series, bars, alluvial, timeline, heatmap" in str(
        caught.value
    )
    with pytest.raises(InputError, match="no kind of picture is made for the columns name"):
        draw(table("name", "x"), CAPTION)


def test_what_has_no_room_is_refused() -> None:
    rows = [f"C{c}|T{t}|listed" for c in range(60) for t in range(60)]
    with pytest.raises(InputError, match=r"60 columns have no room in a width of 8\.5 cm"):
        picture("matrix", table("territory*|technology*|stage*", *rows), "column")
    many = table("a*|n#", *(f"name {number}|{number}" for number in range(200)))
    with pytest.raises(InputError, match="200 names are more than can be drawn"):
        picture("ranking", many)


def test_a_picture_comes_with_its_data_and_its_text(tmp_path: Path) -> None:
    drawn = picture("ranking")
    assert drawn.write(tmp_path / "r.svg") == tmp_path / "r.svg"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.alt.txt", "r.data.csv", "r.svg"]
    assert (tmp_path / "r.alt.txt").read_text(encoding="utf-8") == SAID["ranking"] + "\n"
    assert (tmp_path / "r.data.csv").read_text(encoding="utf-8").splitlines() == DRAWN["ranking"]


def test_a_picture_may_come_alone(tmp_path: Path) -> None:
    picture("ranking").write(tmp_path / "r.png", dpi=60, alone=True)
    assert [path.name for path in tmp_path.iterdir()] == ["r.png"]


def test_nothing_is_written_where_something_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"r\.docx does not end in \.png, \.svg, \.pdf"):
        picture("ranking").write(tmp_path / "r.docx")
    with pytest.raises(OutputError, match="nowhere"):
        picture("ranking").write(tmp_path / "nowhere" / "r.svg")
    assert list(tmp_path.iterdir()) == []


def test_numbers_are_not_lost_in_the_data() -> None:
    exact = table("a*|n#", "x|0.123456789")
    assert picture("ranking", exact).data.records()[0]["n"] == Decimal("0.123456789")
