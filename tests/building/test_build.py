"""A build from files to the dataset: what it makes, when it does nothing, what stops it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from stikg.building import build
from stikg.errors import OutputError, ShapesViolated, SyntaxProblem
from stikg.library import Library
from stikg.names import Names
from stikg.store import LocalStore
from stikg.terms import expand
from tests.fixtures.folders import CLAIMS, THINGS, Folder

PREFIXES = """
PREFIX sti: <https://w3id.org/stikg/ontology/>
PREFIX agency: <https://w3id.org/stikg/agency/>
PREFIX programme: <https://w3id.org/stikg/programme/>
PREFIX territory: <https://w3id.org/stikg/territory/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
BUILD = "import sys; from stikg.cli import main; main(['--folder', sys.argv[1], 'build'])"


def ask(store: LocalStore, query: str) -> bool:
    return store.ask(PREFIXES + query)


@pytest.fixture
def store(tiny: Folder) -> LocalStore:
    return LocalStore.open(build(tiny.layout).folder / "store")


def test_default_graph_holds_each_statement_once(store: LocalStore) -> None:
    twice = "{ GRAPH ?g { agency:acme sti:administers programme:rockets } }"
    once = "{ agency:acme sti:administers programme:rockets . ?s sti:startYear ?g }"
    assert len(store.select(f"{PREFIXES} SELECT ?g {twice}")) == 2
    assert len(store.select(f"{PREFIXES} SELECT ?g {once}")) == 1


def test_default_graph_is_the_union_of_all_named_graphs(store: LocalStore) -> None:
    assert not ask(store, "ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }")
    assert not ask(store, "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }")


@pytest.mark.parametrize(
    ("statement", "origin", "passage"),
    [
        ("programme:rockets sti:startYear 1999", "stated", "1-p1"),
        ("agency:acme sti:locatedIn territory:jp", "read", "1-p2"),
        ("agency:acme a sti:FundingAgency", "curated", None),
        ("agency:acme skos:exactMatch <https://ror.org/00097mb19>", "curated", None),
        ("agency:acme a sti:Organisation", "inferred", None),
    ],
)
def test_each_statement_tells_its_origin_and_passage(
    store: LocalStore, statement: str, origin: str, passage: str | None
) -> None:
    table = store.select(
        f"{PREFIXES} SELECT ?origin ?passage {{ GRAPH ?g {{ {statement} }} ?g sti:origin ?origin "
        "OPTIONAL { ?g sti:evidencePassage ?passage } }"
    )
    found = [(str(row[0]), row[1] and str(row[1])) for row in table.rows]
    iri = f"https://w3id.org/stikg/document/tiny-2020/{passage}" if passage else None
    assert found == [(origin, iri)]


def test_axioms_about_blank_nodes_serve_the_rules_but_stay_outside(store: LocalStore) -> None:
    assert ask(store, "ASK { programme:rockets sti:territory territory:jp }")
    assert not ask(store, "ASK { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }")


def test_every_thing_has_one_label(store: LocalStore) -> None:
    table = store.select(f"{PREFIXES} SELECT ?label {{ territory:jp sti:label ?label }}")
    assert [str(row[0]) for row in table.rows] == ["Japan"]


def test_queries_are_described_in_the_dataset(store: LocalStore) -> None:
    assert ask(
        store,
        "ASK { GRAPH <https://w3id.org/stikg/graph/queries> {"
        "<https://w3id.org/stikg/query/programmes> <http://www.w3.org/ns/shacl#select> ?text } }",
    )


def test_names_know_every_spelling_and_the_class_and_those_above(tiny: Folder) -> None:
    names = Names.open(build(tiny.layout).folder / "names.sqlite")
    acme = expand("agency:acme")
    assert names.resolve("Acme Agency") == acme
    assert names.resolve("ACME", "sti:Organisation") == acme
    assert names.resolve("日本", "sti:Territory") == expand("territory:jp")
    assert names.resolve("jp", "sti:Territory") == expand("territory:jp")
    assert [(hit.kind, hit.matched) for hit in names.search("lasers rockets")] == [
        ("Passage", "Rockets and Lasers")
    ]
    assert [hit.kind for hit in names.search("acme")] == ["FundingAgency"]


def test_queries_are_compiled_without_yaml(tiny: Folder) -> None:
    text = (build(tiny.layout).folder / "queries.json").read_text(encoding="utf-8")
    query = Library.from_json(text).get("programmes")
    assert [parameter.name for parameter in query.parameters] == ["organisation", "since"]


def test_manifest_counts_and_names_its_inputs(tiny: Folder) -> None:
    result = build(tiny.layout)
    manifest = json.loads((result.folder / "manifest.json").read_text(encoding="utf-8"))
    store = LocalStore.open(result.folder / "store")
    lines = sorted(
        " ".join(term.n3() for term in quad if term is not None) + " .\n" for quad in store.quads()
    )
    claims = (tiny.root / CLAIMS).read_bytes()
    assert manifest["quads"] == len(lines) == result.quads
    assert manifest["canonicalHash"] == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert manifest["inputs"][CLAIMS] == hashlib.sha256(claims).hexdigest()
    assert manifest["documents"] == 1
    assert manifest["version"] == result.version == result.folder.name


def test_same_input_same_content(tiny: Folder) -> None:
    hashes = []
    for _ in range(2):
        folder = build(tiny.layout, force=True).folder
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        hashes.append((manifest["canonicalHash"], (folder / "queries.json").read_bytes()))
    assert len(set(hashes)) == 1


def test_nothing_changed_nothing_done_and_the_dataset_counts_as_fresh(tiny: Folder) -> None:
    first = build(tiny.layout)
    os.utime(tiny.root / THINGS, (2_000_000_000, 2_000_000_000))
    os.utime(tiny.root / THINGS)
    steps: list[str] = []
    again = build(tiny.layout, progress=lambda step, number, total: steps.append(step))
    assert (again.version, again.folder, again.report, steps) == (
        first.version,
        first.folder,
        None,
        [],
    )
    assert not tiny.layout.stale()


@pytest.mark.parametrize("file", [THINGS, CLAIMS, "ontology/stikg.ttl", "queries/rules/types.rq"])
def test_any_change_makes_a_new_version(tiny: Folder, file: str) -> None:
    first = build(tiny.layout)
    tiny.append(file, "\n")
    second = build(tiny.layout)
    assert second.version != first.version
    assert second.report is not None


def test_progress_tells_every_step(tiny: Folder) -> None:
    steps: list[tuple[str, int, int]] = []
    build(tiny.layout, progress=lambda *step: steps.append(step))
    assert [number for _, number, _ in steps] == [1, 2, 3, 4]
    assert {total for _, _, total in steps} == {4}


def test_broken_file_stops_the_build_and_the_old_dataset_stays(tiny: Folder) -> None:
    first = build(tiny.layout)
    tiny.append(CLAIMS, "tiny:1-p1 { agency:acme }\n")
    with pytest.raises(SyntaxProblem, match=r"one\.trig:29:"):
        build(tiny.layout)
    assert tiny.layout.current() == first.folder
    assert sorted(path.name for path in tiny.layout.build.iterdir()) == sorted(
        ["current", first.version]
    )


def test_violated_shape_stops_the_build_and_says_where(tiny: Folder) -> None:
    line = tiny.replace(CLAIMS, "sti:startYear 1999", 'sti:startYear "soon"')
    with pytest.raises(ShapesViolated) as caught:
        build(tiny.layout)
    assert "the dataset was not built: 1 error" in str(caught.value)
    assert f"{CLAIMS}\n  {line}: error: A start year is a whole number." in str(caught.value)
    assert not (tiny.layout.build / "current").exists()


def test_warnings_do_not_stop_the_build(tiny: Folder) -> None:
    tiny.replace(CLAIMS, "    programme:rockets sti:startYear 1999 .\n", "")
    result = build(tiny.layout)
    assert result.report is not None
    assert result.report.summary == "1 warning"


def test_build_folder_that_cannot_be_made_is_an_output_error(tiny: Folder) -> None:
    (tiny.root / "build").write_text("a file is in the way")
    with pytest.raises(OutputError, match="cannot be written") as caught:
        build(tiny.layout)
    assert caught.value.where == str(tiny.root.resolve() / "build")


def test_two_builds_at_once_are_both_complete(tiny: Folder) -> None:
    command = [sys.executable, "-c", BUILD, str(tiny.root)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    errors = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], errors
    store = LocalStore.open(tiny.layout.current() / "store")
    assert ask(store, "ASK { agency:acme sti:administers programme:rockets }")
    assert not list(tiny.layout.build.glob(".building-*"))


def test_a_version_in_use_stays_readable_while_the_next_is_built(tiny: Folder) -> None:
    store = LocalStore.open(build(tiny.layout).folder / "store")
    tiny.replace(CLAIMS, "sti:startYear 1999", "sti:startYear 2001")
    new = LocalStore.open(build(tiny.layout).folder / "store")
    assert ask(store, "ASK { programme:rockets sti:startYear 1999 }")
    assert ask(new, "ASK { programme:rockets sti:startYear 2001 }")


def test_hidden_and_backup_files_are_no_input(tiny: Folder) -> None:
    first = build(tiny.layout)
    Path(tiny.root / "graph" / ".one.trig.swp").write_text("")
    Path(tiny.root / "graph" / "one.trig~").write_text("")
    assert build(tiny.layout).report is None
    assert tiny.layout.current() == first.folder


def test_contradictions_of_the_documents_are_findings_in_the_dataset(tiny: Folder) -> None:
    tiny.append(CLAIMS, "tiny:1-p2 { programme:rockets sti:startYear 2001 . }\n")
    store = LocalStore.open(build(tiny.layout).folder / "store")
    table = store.select(
        f"{PREFIXES} SELECT ?kind ?a ?b ?severity ?check ?label ?origin {{"
        "GRAPH ?graph { ?finding a sti:Finding } ?graph sti:origin ?origin . "
        "?finding sti:findingKind ?kind ; sti:aboutSubject programme:rockets ; sti:valueA ?a ; "
        "sti:valueB ?b ; sti:severity ?severity ; sti:foundBy ?check ; sti:label ?label }"
    )
    assert [[str(term) for term in row] for row in table.rows] == [
        [
            "dates-differ",
            "1999",
            "2001",
            "warning",
            "https://w3id.org/stikg/query/two-starts",
            "dates-differ: Rocket Programme",
            "inferred",
        ]
    ]
