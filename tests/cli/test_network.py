"""Networks from the command line: options of the query, tables, evidence, files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.fixtures.folders import Folder, copy_tiny

NETWORK = """\
#+ title: Who administers what
#+ question: Which organisation administers which programme?
#+ weight: times
#+ parameters:
#+   organisation: {type: resource, class: sti:Organisation, title: Organisation, example: ACME}
#+ columns:
#+   source: {type: resource, class: sti:Organisation, title: Organisation}
#+   target: {type: resource, class: sti:Programme, title: Programme}
#+   relation: {type: resource, class: owl:ObjectProperty, title: Part}
#+   times: {type: integer, title: Times}
#+   origin: {type: string, title: Origin}
#+   passage: {type: passage, title: Passage}
"""
BODY = """\
SELECT ?source ?sourceLabel ?target ?targetLabel ?relation ?relationLabel ?times ?origin ?passage
WHERE {
  VALUES ?relation { sti:administers }
  GRAPH ?graph { ?source ?relation ?target }
  ?graph sti:origin ?origin .
  FILTER(?origin != "inferred")
  OPTIONAL { ?graph sti:evidencePassage ?passage }
  VALUES ?times { 4 }
  ?source sti:label ?sourceLabel .
  ?target sti:label ?targetLabel .
  ?relation sti:label ?relationLabel .
"""
PREFIX = "PREFIX sti: <https://w3id.org/stikg/ontology/>\n"
END = "}\nORDER BY ?source ?target ?relation ?times ?passage ?origin\n"
CHOSEN = "  FILTER(COALESCE(?source = $organisation, true))\n"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a compiled graph with a network of one edge, which two passages state."""
    from stikg.building import build

    folder = copy_tiny(tmp_path_factory.mktemp("network") / "tiny")
    (folder.root / "queries" / "networks").mkdir()
    path = folder.root / "queries" / "networks" / "running.rq"
    path.write_text(NETWORK + PREFIX + BODY + CHOSEN + END, encoding="utf-8")
    build(folder.layout)
    return folder


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_a_name_the_networks_are_listed(known: Folder, run: Run) -> None:
    result = run(known, "network")
    assert result.exit_code == 0, result.stderr
    assert "running  Who administers what  Which organisation administers which" in result.stdout
    assert "--organisation" in result.stdout


def test_counts_go_to_standard_error_and_nodes_to_output(known: Folder, run: Run) -> None:
    result = run(known, "network", "running", "--organisation", "ACME", "--format", "csv")
    assert result.exit_code == 0, result.stderr
    assert "Who administers what (organisation: Acme Agency)" in result.stderr
    assert "2 nodes" in result.stderr
    assert "1 component, density" in result.stderr
    assert "an edge weighs: Times; total 4" in result.stderr
    assert {row["nodeLabel"] for row in records(result.stdout)} == {
        "Acme Agency", "Rocket Programme",
    }  # fmt: skip


def test_edges_have_weight_and_how_many_passages(known: Folder, run: Run) -> None:
    (row,) = records(run(known, "network", "running", "--edges", "--format", "csv").stdout)
    assert (row["sourceLabel"], row["targetLabel"]) == ("Acme Agency", "Rocket Programme")
    assert (row["weight"], row["passages"], row["origins"]) == ("4", "2", "stated")


def test_evidence_is_a_row_for_each_passage(known: Folder, run: Run) -> None:
    rows = records(run(known, "network", "running", "--evidence", "--format", "csv").stdout)
    assert [row["passage"].rpartition("/")[2] for row in rows] == ["1-p1", "1-p2"]
    assert {(row["section"], row["origin"]) for row in rows} == {("1", "stated")}
    assert all(row["document"].endswith("/document/tiny-2020") for row in rows)
    assert len(records(
        run(known, "network", "running", "--evidence", "--top", "1", "--format", "csv").stdout
    )) == 1  # fmt: skip


def test_help_of_a_network_comes_from_its_header(known: Folder, run: Run) -> None:
    text = " ".join(run(known, "network", "running", "--help").stdout.split())
    assert "Which organisation administers which programme?" in text
    assert "Example: stikg network running --organisation ACME" in text
    assert "--export FILE" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["running", "--nosuch", "x"], "--nosuch"),
        (["running", "--organisation", "Nobody"], "no sti:Organisation is named 'Nobody'"),
        (["runing"], "no query is called 'runing'"),
        (["programmes"], "programmes is no network\n  remedy: the networks are: running"),
        (["nosuch.rq"], "nosuch.rq: cannot be read"),
        (["running", "--export", "ties.dot"], "no format of networks ends in .dot"),
    ],
)
def test_wrong_use_is_told(known: Folder, run: Run, arguments: list[str], told: str) -> None:
    result = run(known, "network", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_file_of_ones_own_is_a_network(known: Folder, run: Run, tmp_path: Path) -> None:
    plain, headed = tmp_path / "mine.rq", tmp_path / "headed.rq"
    plain.write_text(BODY + END, encoding="utf-8")
    headed.write_text(NETWORK + PREFIX + BODY + CHOSEN + END, encoding="utf-8")
    for path, arguments in ((plain, ()), (headed, ("--organisation", "acme"))):
        result = run(known, "network", str(path), *arguments, "--edges", "--format", "csv")
        assert result.exit_code == 0, result.stderr
        assert [row["targetLabel"] for row in records(result.stdout)] == ["Rocket Programme"]


def test_a_file_that_answers_no_edges_is_told(known: Folder, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT ?source WHERE { ?source a sti:Programme }", encoding="utf-8")
    result = run(known, "network", str(path))
    assert result.exit_code == 2
    assert "a network needs the columns sourceLabel, target" in result.stderr
    path.write_text("ASK { ?source a sti:Programme }", encoding="utf-8")
    assert "rows of a SELECT query" in run(known, "network", str(path)).stderr


def test_a_network_is_written_and_told(known: Folder, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ties.graphml"
    result = run(known, "network", "running", "--export", str(path))
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"wrote {path}" in result.stderr
    assert path.read_text("utf-8").startswith("<?xml")
