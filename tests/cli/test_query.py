"""Questions from the command line: names of things, formats, files, and what goes wrong."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fixtures.folders import THINGS, Folder, copy_tiny

ROCKETS = "https://w3id.org/stikg/programme/rockets"
PASSAGE = "https://w3id.org/stikg/document/tiny-2020/1-p"


@pytest.mark.parametrize(
    "name", ["ACME", "acme agency", "agency:acme", "https://w3id.org/stikg/agency/acme", "acme"]
)
def test_a_thing_is_given_by_any_name_code_or_iri(compiled: Folder, run: Run, name: str) -> None:
    result = run(compiled, "query", "programmes", "--organisation", name, "--format", "csv")
    assert result.exit_code == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [(row["programme"], row["start"], row["passage"]) for row in rows] == [
        (ROCKETS, "1999", f"{PASSAGE}1"),
        (ROCKETS, "1999", f"{PASSAGE}2"),
    ]
    assert result.stderr == ""


def test_no_rows_is_an_answer(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "programmes", "--since", "2005", "--format", "csv")
    header = b"programme,programmeLabel,organisation,organisationLabel,start,origin,passage\r\n"
    assert (result.exit_code, result.stdout_bytes) == (0, header)
    assert result.stderr == "stikg: no passage of the one document states it\n"


def test_help_of_a_question_comes_from_its_header(compiled: Folder, run: Run) -> None:
    text = " ".join(run(compiled, "query", "programmes", "--help").stdout.split())
    assert "Which programmes does an organisation administer, and since when?" in text
    assert "Example: stikg query programmes --organisation ACME --since 1990" in text
    assert "--organisation NAME Organisation; a sti:Organisation; such as ACME" in text
    assert "--since YEAR" in text


def test_questions_are_listed_with_their_titles(compiled: Folder, run: Run) -> None:
    listed = run(compiled, "query", "--help").stdout
    assert "programmes  Programmes of an organisation" in listed
    assert "two-starts" not in listed


def test_unknown_question_says_the_nearest(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "programms")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("stikg: no query is called 'programms'\n  remedy: did you mean")
    assert "programmes" in result.stderr


def test_unknown_name_says_the_nearest(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "programmes", "--organisation", "Acme Agencie")
    assert result.exit_code == 2
    assert "no sti:Organisation is named 'Acme Agencie'" in result.stderr
    assert "did you mean Acme Agency" in result.stderr


def test_name_of_something_of_another_class_is_unknown(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "programmes", "--organisation", "Japan")
    assert result.exit_code == 2
    assert "no sti:Organisation is named 'Japan'" in result.stderr


def test_ambiguous_name_says_its_candidates(tiny: Folder, run: Run) -> None:
    tiny.replace(THINGS, '"Bolt Agency"@en', '"Bolt Agency"@en ;\n    sti:acronym "ACME"')
    run(tiny, "build")
    result = run(tiny, "query", "programmes", "--organisation", "ACME")
    assert result.exit_code == 2
    assert "'ACME' names 2 things" in result.stderr
    assert "agency:acme" in result.stderr
    assert "agency:bolt" in result.stderr


def test_missing_parameter_is_named(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "evidence")
    assert result.exit_code == 2
    assert "Missing option '--resource'" in result.stderr
    assert result.stdout == ""


def test_misspelt_parameter_says_the_nearest(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "programmes", "--organization", "ACME")
    assert result.exit_code == 2
    assert "--organisation" in result.stderr


@pytest.mark.parametrize("year", ["soon", "1850", "1999; DROP ALL"])
def test_value_that_does_not_fit_its_parameter(compiled: Folder, run: Run, year: str) -> None:
    result = run(compiled, "query", "programmes", "--since", year)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("stikg: since: ")


def test_format_follows_the_suffix_of_the_file(compiled: Folder, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    result = run(compiled, "query", "programmes", "-o", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    answer = json.loads(file.read_text(encoding="utf-8"))
    assert ROCKETS in json.dumps(answer)


def test_spreadsheet_is_written_to_a_file(compiled: Folder, run: Run, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = tmp_path / "answer.xlsx"
    assert run(compiled, "query", "programmes", "-o", str(file)).exit_code == 0
    rows = list(load_workbook(file).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert rows[0][0] == "programme"
    assert len(rows) == 3


def test_file_that_cannot_be_written_leaves_nothing_behind(
    compiled: Folder, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    result = run(compiled, "query", "programmes", "-o", str(tmp_path / "file" / "answer.csv"))
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_output_to_a_device_does_not_replace_it(compiled: Folder, run: Run) -> None:
    assert run(compiled, "query", "programmes", "-o", "/dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_a_check_can_be_asked_like_a_question(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "two-starts", "--format", "csv")
    header = (
        b"kind,subject,subjectLabel,property,propertyLabel,valueA,passageA,valueB,passageB,note\r\n"
    )
    assert (result.exit_code, result.stdout_bytes) == (0, header)


def test_a_rule_is_no_question(compiled: Folder, run: Run) -> None:
    result = run(compiled, "query", "types")
    assert result.exit_code == 2
    assert "types is a rule" in result.stderr


def test_without_a_dataset_the_remedy_is_to_build(tiny: Folder, run: Run) -> None:
    result = run(tiny, "query", "programmes")
    assert result.exit_code == 2
    assert "no compiled dataset" in result.stderr
    assert "remedy: compile it with: stikg build" in result.stderr


def test_newer_files_are_mentioned_in_one_line(tmp_path: Path, run: Run) -> None:
    folder = copy_tiny(tmp_path / "tiny")
    run(folder, "build")
    folder.append(THINGS, "\n")
    result = run(folder, "query", "programmes", "--format", "csv")
    assert result.exit_code == 0
    assert result.stderr == "stikg: the graph is newer than the dataset; run: stikg build\n"


def test_folder_that_is_no_graph(run: Run, tmp_path: Path) -> None:
    result = run(Folder(tmp_path), "query", "programmes")
    assert result.exit_code == 2
    assert "not a knowledge graph of stikg" in result.stderr


def test_endpoint_that_does_not_answer_exits_with_3(compiled: Folder, run: Run) -> None:
    url = "http://127.0.0.1:9/sparql"
    result = run(compiled, "--endpoint", url, "query", "programmes")
    assert result.exit_code == 3
    assert url in result.stderr
