"""Commands on the matrix of territories and technologies, on the graph of the cases.

Shortlisted there: Northern Union for glass, the territories xa for kites and moss, xb for kites;
longlisted: xa for kites, xb for moss; xc is on the shortlist for glass through the union.
"""

from __future__ import annotations

import json

import pytest

from stikg.building.publication import publish, unfinished_version
from stikg.building.writing import write_version
from stikg.library import load_library
from stikg.terms import PREFIXES
from tests.cli.conftest import Run
from tests.fixtures.folders import Folder
from tests.queries.cases import compile_layout, fixture_layout

JSON = ("--format", "json")


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return the compiled graph of the cases, whose shapes are not whole; no test may change it."""
    layout = fixture_layout(tmp_path_factory.mktemp("cases"))
    library = load_library(layout.queries)
    sources, compilation = compile_layout(layout, library)
    documents = len(sources.documents())
    with unfinished_version(layout.build) as folder:
        write_version(folder, compilation, library, version="cases", inputs={}, documents=documents)
        publish(folder, layout.build, "cases")
    return Folder(layout.root)


def rows(text: str) -> list[dict[str, object]]:
    return list(json.loads(text)["rows"])


def test_complexity_ranks_both_kinds(cases: Folder, run: Run) -> None:
    result = run(cases, "complexity", *JSON)
    assert result.exit_code == 0
    found = rows(result.stdout)
    links = {str(row["thing"]).rsplit("/", 1)[1]: row["links"] for row in found}
    assert links == {"xa": 2, "xb": 1, "northern-union": 1, "kites": 2, "moss": 1, "glass": 1}
    assert [row["kind"] for row in found] == ["territory"] * 3 + ["technology"] * 3
    # Glass and the union are a component of their own, smaller than the other.
    assert {row["fitness"] for row in found if row["links"] == 1} >= {None}
    assert "3 territories, 3 technologies, 4 pairs" in result.stderr
    assert "computed from the lists of few documents" in result.stderr
    assert len(rows(run(cases, "complexity", "--top", "1", *JSON).stdout)) == 2


def test_complexity_of_a_stage_without_pairs_and_of_no_stage(cases: Folder, run: Run) -> None:
    result = run(cases, "complexity", "--stage", "selected")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no pair of territory and technology is selected" in result.stderr
    result = run(cases, "complexity", "--stage", "shortlistd")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean shortlisted" in result.stderr


def test_nestedness_has_a_row_for_each_null_model(cases: Folder, run: Run) -> None:
    arguments = ("nestedness", "--samples", "20", *JSON)
    result = run(cases, *arguments)
    assert result.exit_code == 0
    found = rows(result.stdout)
    assert [row["model"] for row in found] == ["equiprobable", "curveball"]
    # xa has xb's only technology, nobody the union's: 1 of 3 pairs, of rows and of columns alike.
    assert {row["observed"] for row in found} == {33.33}
    assert run(cases, *arguments).stdout == result.stdout


def test_suggestions_leave_out_what_a_group_gives(cases: Folder, run: Run) -> None:
    result = run(cases, "suggest", *JSON)
    assert result.exit_code == 0
    pairs = {(str(r["territory"])[-2:], str(r["technology"])[-5:]) for r in rows(result.stdout)}
    assert pairs == {
        ("xa", "glass"),
        ("xb", "glass"),
        ("xb", "/moss"),
        ("on", "/moss"),
        ("on", "kites"),
    }
    assert "5 of 5 suggestions, ranked among 5 pairs" in result.stderr
    assert "stated by no document" in result.stderr
    (first,) = rows(run(cases, "suggest", "--top", "1", *JSON).stdout)
    # Both territories have kites, one has moss as well, and xb is longlisted for it.
    assert str(first["territory"]) + str(first["technology"]) == (
        PREFIXES["territory"] + "xb" + PREFIXES["technology"] + "moss"
    )
    assert first["listed"] == "longlisted"
    assert "almanac/t1-r" in str(first["passages"])


def test_suggestions_for_one_territory_or_technology(cases: Folder, run: Run) -> None:
    result = run(cases, "suggest", "--territory", "territory:xb", "--technology", "moss", *JSON)
    assert [row["rank"] for row in rows(result.stdout)] == [1]
    result = run(cases, "suggest", "--territory", "territory:xb", "--explain", *JSON)
    reasons = {row["reason"] for row in rows(result.stdout)}
    assert {"is listed for a related technology", "is on another list"} <= reasons
    assert all(row["passage"] for row in rows(result.stdout))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("territory:xc", "is on no list, so there is nothing to compute from"),
        ("territory:xa", "1 of 1 suggestions"),
    ],
)
def test_suggestions_say_what_they_are(cases: Folder, run: Run, name: str, message: str) -> None:
    result = run(cases, "suggest", "--territory", name)
    assert result.exit_code == 0
    assert message in result.stderr


def test_an_unknown_territory_is_an_error_with_the_nearest(cases: Folder, run: Run) -> None:
    result = run(cases, "suggest", "--territory", "Nothern Unoin")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_backtest_of_too_little_is_refused(cases: Folder, run: Run) -> None:
    result = run(cases, "suggest", "--backtest")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "too short for a backtest" in result.stderr
