"""Tables in each format, against text written by hand."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from stikg.errors import InputError
from stikg.results import FORMATS, Table, render, write
from stikg.results.terminal import display_width, wrap
from stikg.terms import BASE, IRI, XSD, BlankNode, Literal, Term, expand

PASSAGE = IRI(BASE + "document/uuki-2022/2.5.3-p1")


def number(text: str, kind: str = "decimal") -> Literal:
    return Literal(text, XSD + kind)


TABLE = Table(
    ("technology", "technologyLabel", "amount", "passage", "note"),
    (
        (
            expand("technology:ai"),
            Literal("Artificial intelligence and 人工知能"),
            number("19200000000000"),
            PASSAGE,
            Literal('a | b\n"c" =1'),
        ),
        (expand("technology:qc"), None, number("0.93"), None, Literal("=SUM(A1)")),
    ),
)
EMPTY = Table(("a", "aLabel", "b"), ())


def test_terminal() -> None:
    assert render(TABLE, "table") == (
        "technology                                    amount  passage        note\n"
        "────────────────────────────────────  ──────────────  ─────────────  ────────────\n"
        'Artificial intelligence and 人工知能  19200000000000  uuki:2.5.3-p1  a | b "c" =1\n'
        "technology:qc                                   0.93                 =SUM(A1)\n"
    )


def test_a_narrow_terminal_wraps_words_but_no_numbers() -> None:
    assert render(TABLE, "table", width=58) == (
        "technology             amount  passage        note\n"
        "─────────────  ──────────────  ─────────────  ────────────\n"
        "Artificial     19200000000000  uuki:2.5.3-p1  a | b \"c\" =1\n"
        "intelligence\n"
        "and 人工知能\n"
        "technology:qc            0.93                 =SUM(A1)\n"
    )  # fmt: skip


def test_cells_have_three_lines_at_most() -> None:
    table = Table(("a", "b"), ((Literal("one two three four five six seven"), Literal("x")),))
    assert render(table, "table", width=12) == (
        "a          b\n"
        "─────────  ─\n"
        "one two    x\n"
        "three\n"
        "four fiv…\n"
    )  # fmt: skip


def test_a_very_narrow_terminal_lists_rows() -> None:
    assert render(TABLE, "table", width=30) == (
        "technology  Artificial\n"
        "            intelligence and\n"
        "            人工知能\n"
        "amount      19200000000000\n"
        "passage     uuki:2.5.3-p1\n"
        'note        a | b "c" =1\n'
        "\n"
        "technology  technology:qc\n"
        "amount      0.93\n"
        "passage\n"
        "note        =SUM(A1)\n"
    )


def test_empty_tables_have_a_header() -> None:
    assert render(EMPTY, "table") == "a  b\n─  ─\n"
    assert render(EMPTY, "csv") == "a,aLabel,b\r\n"
    assert render(EMPTY, "tsv") == "a\taLabel\tb\n"
    assert render(EMPTY, "markdown") == "| a | b |\n| --- | --- |\n"
    assert render(EMPTY, "json") == '{\n"columns": ["a", "aLabel", "b"],\n"rows": []\n}\n'


def test_data_cannot_steer_a_terminal() -> None:
    table = Table(("a",), ((Literal("\x1b[2Jred\x07\u202e\x9b"),),))
    assert render(table, "table") == "a\n──────────\n\ufffd[2Jred\ufffd\ufffd\ufffd\n"


@pytest.mark.parametrize(
    ("text", "width"), [("JST", 3), ("日本", 4), ("e\u0301", 1), ("ﾊﾟ", 2), ("한", 2), ("", 0)]
)
def test_display_width(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("a b", 3, ["a b"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("ab cd", 2, ["ab", "cd"]),
        ("日本科学", 5, ["日本", "科学"]),
        ("one two three four", 5, ["one", "two", "thre…"]),
    ],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_csv() -> None:
    assert render(TABLE, "csv") == (
        "technology,technologyLabel,amount,passage,note\r\n"
        "https://w3id.org/stikg/technology/ai,Artificial intelligence and 人工知能,"
        "19200000000000,https://w3id.org/stikg/document/uuki-2022/2.5.3-p1,"
        '"a | b\n""c"" =1"\r\n'
        "https://w3id.org/stikg/technology/qc,,0.93,,=SUM(A1)\r\n"
    )


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ("a b", "a b"),
        ("a,b", '"a,b"'),
        ("a\rb", '"a\rb"'),
        ("a\nb", '"a\nb"'),
        ('"', '""""'),
        ("", '""'),
    ],
)
def test_csv_quotes_what_needs_it(value: str, field: str) -> None:
    assert render(Table(("a",), ((Literal(value),),)), "csv") == f"a\r\n{field}\r\n"


def test_tsv() -> None:
    assert render(TABLE, "tsv") == (
        "technology\ttechnologyLabel\tamount\tpassage\tnote\n"
        "https://w3id.org/stikg/technology/ai\tArtificial intelligence and 人工知能\t"
        "19200000000000\thttps://w3id.org/stikg/document/uuki-2022/2.5.3-p1\t"
        'a | b "c" =1\n'
        "https://w3id.org/stikg/technology/qc\t\t0.93\t\t=SUM(A1)\n"
    )


def test_json_keeps_numbers_exactly() -> None:
    row: tuple[Term | None, ...] = (
        number("19200000000000"),
        number("0.10"),
        number("1E3", "double"),
        number("INF", "double"),
        number("123456789012345678901", "integer"),
        number("x", "integer"),
        Literal("true", XSD + "boolean"),
        Literal("2024-02-29", XSD + "date"),
        Literal('"é\n'),
        BlankNode("b"),
        None,
    )
    table = Table(tuple("abcdefghijk"), (row, row))
    line = (
        '{"a": 19200000000000, "b": 0.10, "c": 1000, "d": "INF", "e": 123456789012345678901, '
        '"f": "x", "g": true, "h": "2024-02-29", "i": "\\"é\\n", "j": "_:b", "k": null}'
    )
    assert render(table, "json") == (
        '{\n"columns": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"],\n'
        f'"rows": [\n{line},\n{line}\n]\n}}\n'
    )


def test_markdown() -> None:
    assert render(TABLE, "markdown") == (
        "| technology | amount | passage | note |\n"
        "| --- | ---: | --- | --- |\n"
        "| Artificial intelligence and 人工知能 | 19200000000000 | uuki:2.5.3-p1 "
        '| a \\| b "c" =1 |\n'
        "| technology:qc | 0.93 |  | =SUM(A1) |\n"
    )


def test_markdown_holds_no_markup() -> None:
    table = Table(("a_b",), ((Literal("<b>*x*</b> [y](z) `c` \\|"),),))
    assert render(table, "markdown") == (
        "| a\\_b |\n| --- |\n| \\<b\\>\\*x\\*\\</b\\> \\[y\\](z) \\`c\\` \\\\\\| |\n"
    )


def cells_of(content: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_xlsx_holds_numbers_and_no_formulas() -> None:
    table = Table(
        ("=a", "n", "d", "t", "l", "day"),
        (
            (
                Literal("=SUM(A1)"),
                number("19200000000000"),
                number("0.93"),
                Literal("true", XSD + "boolean"),
                number("1234567890123456", "integer"),
                Literal("2024-02-29", XSD + "date"),
            ),
        ),
    )
    content = render(table, "xlsx")
    assert isinstance(content, bytes)
    head, row = cells_of(content)
    assert head == ["=a", "n", "d", "t", "l", "day"]
    assert row[:5] == ["=SUM(A1)", 19200000000000, 0.93, True, "1234567890123456"]
    assert str(row[5]) == "2024-02-29 00:00:00"
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A1"].data_type == "s"
    assert sheet.freeze_panes == "A2"


def test_xlsx_has_the_same_bytes_and_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render(TABLE, "xlsx")
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    assert render(TABLE, "xlsx") == first
    assert isinstance(first, bytes)
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2000-01-01T00:00:00Z") == 2


@pytest.mark.parametrize(
    ("value", "problem"),
    [("a\x0bb", "holds a control character"), ("a" * 32768, "is longer than 32767 characters")],
)
def test_xlsx_refuses_what_it_cannot_hold(value: str, problem: str) -> None:
    with pytest.raises(InputError, match=f"a value of column a {problem}"):
        render(Table(("a",), ((Literal(value),),)), "xlsx")


def test_streams_and_formats() -> None:
    stream = io.StringIO(newline="")
    write(EMPTY, ".csv", stream)
    assert stream.getvalue() == "a,aLabel,b\r\n"
    binary = io.BytesIO()
    write(EMPTY, "xlsx", binary)
    assert cells_of(binary.getvalue()) == [["a", "aLabel", "b"]]
    assert [name for name, item in FORMATS.items() if item.binary] == ["xlsx"]
    with pytest.raises(InputError, match="'pdf' is not a format"):
        render(EMPTY, "pdf")


def test_records_and_columns() -> None:
    assert TABLE.records()[1] == {
        "technology": "https://w3id.org/stikg/technology/qc",
        "technologyLabel": None,
        "amount": Decimal("0.93"),
        "passage": None,
        "note": "=SUM(A1)",
    }
    assert TABLE.column("amount") == (number("19200000000000"), number("0.93"))
    with pytest.raises(KeyError, match="nosuch"):
        TABLE.column("nosuch")
    assert len(TABLE) == 2
    assert list(TABLE) == list(TABLE.rows)
    assert TABLE.with_types({"amount": "decimal"}) == TABLE


def test_pandas() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = TABLE.to_pandas()
    assert list(frame.columns) == list(TABLE.columns)
    assert frame["amount"].sum() == pytest.approx(19200000000000.93)
