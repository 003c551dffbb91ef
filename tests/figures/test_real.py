"""Pictures of the real graph, as they are printed: nothing overlaps, nothing is cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from stikg.cli import application
from stikg.dataset import Answer, Dataset
from stikg.errors import InputError
from stikg.figures import form_of, read_width
from stikg.library.model import CHARTS
from stikg.results import Table
from tests.figures.seeing import outside, overlaps, words

JAPAN = "https://w3id.org/stikg/territory/jp"
UK = "https://w3id.org/stikg/territory/gb"
INDICATOR = "https://w3id.org/stikg/indicator/"
PRINTED: list[tuple[str, str | None, str, dict[str, Any], dict[str, Any]]] = [
    ("agency-programme", None, "page", {}, {}),
    ("agency-programme", None, "column", {"territory": JAPAN}, {}),
    ("agency-programme", "network", "page", {"territory": UK}, {"layout": "force"}),
    ("country-technology", "network", "page", {}, {}),
    ("country-technology", "matrix", "page", {}, {}),
    ("country-technology-links", None, "column", {}, {}),
    ("country-technology-links", "alluvial", "column", {}, {"by": "theme"}),
    ("list-differences", None, "page", {}, {}),
    ("shared-technologies", None, "column", {}, {}),
    ("technology-ranking", None, "column", {}, {}),
    ("strategies", None, "column", {}, {}),
    ("programmes", None, "page", {}, {}),
    ("statistics", None, "column", {"area": UK, "indicator": INDICATOR + "rd-intensity"}, {}),
    ("statistics", "series", "page", {"indicator": INDICATOR + "japanese-students-abroad"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "width", "given", "options"), PRINTED)
def test_nothing_overlaps_or_is_cut_off(
    real: Dataset, name: str, kind: str | None, width: str, given: dict[str, Any],
    options: dict[str, Any],
) -> None:  # fmt: skip
    figure = real.query(name, **given).draw(kind=kind, width=width, **options)
    assert overlaps(figure) == []
    assert outside(figure) == []
    assert figure.get_size_inches()[0] == read_width(width)


def test_every_question_with_a_chart_can_be_drawn(real: Dataset) -> None:
    charts = {query.name: query.chart for query in real.queries if query.chart}
    assert set(charts.values()) <= set(CHARTS)
    for name in charts.keys() - {"statistics"}:
        assert real.query(name).picture().data.rows, name
    with pytest.raises(InputError, match="are more than can be drawn"):
        real.query("statistics").draw()


def test_the_filter_is_printed_by_its_label(real: Dataset) -> None:
    figure = real.query("country-technology-links", territory=JAPAN).draw()
    assert "Territory or group: territory:jp · " in words(figure)


def test_an_answer_is_a_table_that_can_be_drawn(real: Dataset, tmp_path: Path) -> None:
    answer = real.query("territory-ranking")
    plain = Table(answer.columns, answer.rows)
    assert isinstance(answer, Answer)
    assert answer == plain
    assert plain == answer
    assert hash(answer) == hash(plain)
    assert answer != Table(answer.columns, answer.rows[1:])
    assert answer.draw(tmp_path / "r.svg") == tmp_path / "r.svg"
    assert len((tmp_path / "r.data.csv").read_text(encoding="utf-8").splitlines()) == len(plain) + 1
    with pytest.raises(InputError, match="not all are options of a picture"):
        answer.draw(colour="red")


def test_the_command_draws_with_the_parameters_of_the_query(
    real: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stikg.cli.invocation.Invocation.dataset", lambda self: real)
    path = tmp_path / "links.svg"
    arguments = ["draw", "country-technology-links", "--territory", JAPAN, "--as", "alluvial",
                 "--by", "theme", "--width", "column", "-o", str(path)]  # fmt: skip
    run = CliRunner().invoke(application, arguments)
    assert run.exit_code == 0, run.output
    assert run.stdout == ""
    assert f"wrote {path}, with .data.csv and .alt.txt beside it" in run.stderr
    text = (tmp_path / "links.data.csv").read_text(encoding="utf-8")
    assert {line.split(",")[0] for line in text.splitlines()[1:]} == {"Japan"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["strategies", "-o", "x.docx"], "x.docx does not end in .png, .svg, .pdf"),
        (["strategies", "--width", "huge", "-o", "x.png"], "'huge' is not a width"),
        (["strategies", "--as", "network", "-o", "x.png"], "a network needs the columns"),
        (["strategies", "--as", "pie", "-o", "x.png"], "'pie' is not one of"),
        (["strategies", "--territory", "https://w3id.org/stikg/territory/es", "-o", "x.png"],
         "nothing to draw"),
        (["nosuch", "-o", "x.png"], "nosuch"),
        (["dates-reversed", "-o", "x.png"], ""),
    ],
)  # fmt: skip
def test_wrong_use_ends_with_2_and_writes_nothing(
    real: Dataset, arguments: list[str], message: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("stikg.cli.invocation.Invocation.dataset", lambda self: real)
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(application, ["draw", *arguments])
    assert run.exit_code == 2
    assert message in run.stderr
    assert list(tmp_path.iterdir()) == []


def test_suffixes_and_widths_are_read() -> None:
    assert form_of(Path("a.PDF")) == "pdf"
    with pytest.raises(InputError, match="a width of 3 cm is not between 6 and 100 cm"):
        read_width("3cm")
