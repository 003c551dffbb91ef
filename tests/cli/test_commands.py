"""Every other command: what it prints and its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib

import stikg
from stikg.store import LocalStore
from stikg.terms import PREFIXES, Literal, expand
from tests.cli.conftest import Run
from tests.fixtures.folders import CLAIMS, THINGS, Folder

TEXT = "# Rockets\n\nRockets fly far and high above us.\n"


def test_build_says_what_it_made_and_then_that_nothing_changed(tiny: Folder, run: Run) -> None:
    first, second = run(tiny, "build"), run(tiny, "build")
    assert (first.exit_code, first.stdout) == (0, "")
    assert first.stderr.startswith("stikg: compiled ")
    assert second.stderr.startswith("stikg: nothing has changed since version ")


def test_build_by_force_and_in_silence(tiny: Folder, run: Run) -> None:
    run(tiny, "build")
    version = tiny.layout.current()
    assert run(tiny, "build", "--force", "--quiet").output == ""
    assert tiny.layout.current() != version


def test_build_of_a_graph_with_a_misspelt_term(tiny: Folder, run: Run) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear", "sti:startYaer")
    result = run(tiny, "build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{CLAIMS}\n  {line}: error: the ontology has no term sti:startYaer" in result.stderr
    assert "remedy: did you mean sti:startYear?" in result.stderr
    assert list(tiny.layout.build.iterdir()) == []


def test_build_of_a_graph_with_a_broken_file(tiny: Folder, run: Run) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear 1999 .", "sti:startYear 1999 ; , .")
    result = run(tiny, "build")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"stikg: {CLAIMS}:{line}:")
    assert "remedy: " in result.stderr
    assert "Traceback" not in result.stderr


def test_build_where_the_output_cannot_be_written(tiny: Folder, run: Run) -> None:
    (tiny.root / "build").write_text("a file is in the way")
    result = run(tiny, "build")
    assert result.exit_code == 2
    assert "the dataset cannot be written" in result.stderr
    assert (tiny.root / "build").read_text() == "a file is in the way"


def test_debug_shows_the_traceback_and_the_message(tiny: Folder, run: Run) -> None:
    tiny.append(CLAIMS, "}")
    assert "Traceback" in run(tiny, "--debug", "build").stderr


def test_validate_of_a_sound_graph(tiny: Folder, run: Run) -> None:
    result = run(tiny, "validate")
    assert (result.exit_code, result.stdout) == (0, "nothing found\n")


def test_validate_of_a_bad_date(tiny: Folder, run: Run) -> None:
    line = tiny.replace(
        CLAIMS,
        "sti:startYear 1999",
        'sti:accessed "2021-02-30"^^<http://www.w3.org/2001/XMLSchema#date> ; sti:startYear 1999',
    )
    result = run(tiny, "validate")
    assert result.exit_code == 1
    assert f"{CLAIMS}\n  {line}: error: '2021-02-30' is no xsd:date" in result.stdout
    assert "write year-month-day of a day that exists" in result.stdout


@pytest.mark.parametrize("name", ["turtle", "json", "junit"])
def test_validate_in_other_formats(tiny: Folder, run: Run, tmp_path: Path, name: str) -> None:
    tiny.replace(CLAIMS, "sti:startYear 1999", "sti:startYear 1999.5")
    file = tmp_path / "report"
    result = run(tiny, "validate", "--format", name, "-o", str(file))
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", "stikg: 1 error\n")
    text = file.read_text(encoding="utf-8")
    if name == "turtle":
        result_class = rdflib.URIRef(PREFIXES["sh"] + "ValidationResult")
        graph = rdflib.Graph().parse(data=text, format="turtle")
        assert len(list(graph.subjects(rdflib.RDF.type, result_class))) == 1
    elif name == "json":
        assert json.loads(text)["findings"][0]["file"] == CLAIMS
    else:
        assert ElementTree.fromstring(text).get("failures") == "1"


def test_validate_of_warnings_alone_is_fine(tiny: Folder, run: Run) -> None:
    tiny.replace(CLAIMS, "    programme:rockets sti:startYear 1999 .\n", "")
    result = run(tiny, "validate")
    assert result.exit_code == 0
    assert "warning: Programme without a start" in result.stdout


def test_format_check_names_files_and_changes_none(tiny: Folder, run: Run) -> None:
    path = tiny.root / THINGS
    assert run(tiny, "format", str(path)).exit_code == 0
    canonical = path.read_text(encoding="utf-8")
    path.write_text(canonical.replace("\n    ", " "), encoding="utf-8")
    result = run(tiny, "format", "--check", str(path))
    assert (result.exit_code, result.stdout) == (1, f"{path}\n")
    assert path.read_text(encoding="utf-8") != canonical
    result = run(tiny, "format", str(path))
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert path.read_text(encoding="utf-8") == canonical
    assert run(tiny, "format", "--check", str(path)).exit_code == 0


def test_format_without_a_path_goes_through_ontology_and_graph(tiny: Folder, run: Run) -> None:
    result = run(tiny, "format", "--check")
    named = {Path(line).name for line in result.stdout.splitlines()}
    assert {"stikg.ttl", "one.trig"} <= named
    assert "organisations.sssom.tsv" not in named


def test_queries_begin_with_the_name(compiled: Folder, run: Run) -> None:
    result = run(compiled, "queries", "--format", "tsv")
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert [line[0].strip('"') for line in lines[1:]] == ["evidence", "programmes"]


def test_queries_of_another_kind(compiled: Folder, run: Run) -> None:
    result = run(compiled, "queries", "--kind", "check", "--format", "csv")
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == [
        "name",
        "programme-without-start",
        "two-starts",
    ]


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("ASK { agency:acme a sti:Organisation }", "true\n"),
        ("ASK { agency:acme a sti:Territory }", "false\n"),
        (
            "CONSTRUCT { ?s a sti:Programme } WHERE { ?s a sti:Programme }",
            "PREFIX sti: <https://w3id.org/stikg/ontology/>\n"
            "PREFIX programme: <https://w3id.org/stikg/programme/>\n\n"
            "programme:rockets a sti:Programme .\n",
        ),
    ],
)
def test_sparql_knows_the_prefixes(compiled: Folder, run: Run, query: str, answer: str) -> None:
    result = run(compiled, "sparql", query)
    assert (result.exit_code, result.stdout) == (0, answer)


def test_sparql_of_a_file_and_of_standard_input(compiled: Folder, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "query.rq"
    file.write_text("SELECT ?s { ?s a sti:Programme }")
    answer = "s\nhttps://w3id.org/stikg/programme/rockets\n"
    assert run(compiled, "sparql", "-f", str(file), "--format", "csv").stdout == answer
    query = file.read_text()
    assert run(compiled, "sparql", "-f", "-", "--format", "csv", input=query).stdout == answer


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELECT ?s { ?s a }"], "line 1, column"),
        (
            ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"],
            "SERVICE asks another server",
        ),
        (["SELECT * { ?s nosuch:a ?o }"], "the prefix nosuch: is not declared"),
        ([], "Give a QUERY, or a file"),
        (["ASK {}", "-f", "-"], "Give a QUERY, or a file"),
        (["SELECT ?s { ?s ?p ?o }", "--format", "turtle"], "answers with a table, not a graph"),
        (["DESCRIBE agency:acme", "--format", "csv"], "answers with a graph, not a table"),
        (["-f", "nowhere.rq"], "nowhere.rq"),
    ],
)
def test_sparql_that_cannot_be_answered(
    compiled: Folder, run: Run, arguments: list[str], message: str
) -> None:
    result = run(compiled, "sparql", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_search_finds_things_and_headings(compiled: Folder, run: Run) -> None:
    result = run(compiled, "search", "lasers", "--format", "csv")
    assert [line.split(",")[1:3] for line in result.stdout.splitlines()[1:]] == [
        ["Lasers", "Technology"],
        ["Rockets and Lasers", "Passage"],
    ]


def test_search_may_find_nothing(compiled: Folder, run: Run) -> None:
    result = run(compiled, "search", "unheard", "of")
    assert (result.exit_code, result.stderr) == (0, "stikg: nothing has such a name\n")


def test_show_tells_what_is_known_and_where_it_stands(compiled: Folder, run: Run) -> None:
    result = run(compiled, "show", "Rocket Programme", "--format", "csv")
    assert result.exit_code == 0
    assert "stikg: Rocket Programme (programme:rockets), sti:Programme\n" in result.stderr
    stated = [line for line in result.stdout.splitlines() if "startYear" in line]
    assert len(stated) == 1
    assert "1999" in stated[0]
    assert "https://w3id.org/stikg/document/tiny-2020/1-p1" in stated[0]


def test_show_of_nothing(compiled: Folder, run: Run) -> None:
    result = run(compiled, "show", "Nobody")
    assert result.exit_code == 2
    assert "no thing is named 'Nobody'" in result.stderr


def test_prefixes_can_be_pasted_above_a_query(compiled: Folder, run: Run) -> None:
    lines = run(compiled, "prefixes").stdout
    result = run(compiled, "sparql", f"{lines} ASK {{ agency:acme a sti:FundingAgency }}")
    assert result.stdout == "true\n"


def test_passages_are_written_from_the_text(
    tiny: Folder, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny-2020.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("STIKG_SOURCES", str(tmp_path))
    file = tiny.root / "graph/documents/tiny-2020/passages.ttl"
    result = run(tiny, "passages")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "graph/documents/tiny-2020/passages.ttl written\n"
    assert "sti:tokenDigest" in file.read_text(encoding="utf-8")
    assert run(tiny, "passages", "tiny-2020").stdout.endswith("unchanged\n")
    verified = run(tiny, "verify", "--format", "csv")
    assert verified.exit_code == 0
    document, _, passages, found, missing = verified.stdout.splitlines()[1].split(",")
    assert (document, found, missing) == ("tiny-2020", passages, "0")


def test_verify_finds_what_a_copy_lacks(
    tiny: Folder, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tiny-2020.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.setenv("STIKG_SOURCES", str(tmp_path))
    run(tiny, "passages")
    copy = tmp_path / "copy.txt"
    copy.write_text(TEXT.replace("far and high", "high and far"), encoding="utf-8")
    result = run(tiny, "verify", "--source", f"tiny-2020={copy}", "--missing", "--format", "csv")
    assert result.exit_code == 1
    assert [line.split(",")[0] for line in result.stdout.splitlines()] == ["document", "tiny-2020"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["passages", "other-2021"], "no document 'other-2021' in the graph"),
        (["passages", "tiny-2020"], "no text of tiny-2020"),
        (["passages"], "no text of tiny-2020"),
        (["verify", "--source", "copy.txt"], "is not ID=PATH"),
        (["verify", "--source", "other-2021=copy.txt"], "no document 'other-2021'"),
    ],
)
def test_documents_and_copies_that_are_not_there(
    compiled: Folder,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    message: str,
) -> None:
    monkeypatch.setenv("STIKG_SOURCES", str(tmp_path))
    result = run(compiled, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_version(compiled: Folder, run: Run) -> None:
    assert run(compiled, "--version").stdout == f"stikg, version {stikg.__version__}\n"


def test_misspelt_command_says_the_nearest(compiled: Folder, run: Run) -> None:
    result = run(compiled, "qeury")
    assert result.exit_code == 2
    assert "No such command 'qeury'. Did you mean 'query'?" in result.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_script_of_a_shell(compiled: Folder, run: Run, shell: str) -> None:
    result = run(compiled, "completion", shell)
    assert result.exit_code == 0
    assert f"_STIKG_COMPLETE={shell}_complete" in result.stdout


def test_validate_of_a_store_needs_no_files_and_names_none(
    compiled: Folder, run: Run, tmp_path: Path
) -> None:
    quads = [*LocalStore.open(compiled.layout.current() / "store").quads()]
    late = (expand("programme:rockets"), expand("sti:startYear"), Literal("late"), None)
    LocalStore.create(tmp_path / "bare", [*quads, late])
    assert run(compiled, "--store", str(compiled.layout.current()), "validate").exit_code == 0
    result = run(compiled, "--store", str(tmp_path / "bare"), "validate", "--engine", "sparql")
    assert result.exit_code == 1
    assert "error: A start year is a whole number. [sti:ProgrammeShape]" in result.stdout
    assert CLAIMS not in result.stdout
