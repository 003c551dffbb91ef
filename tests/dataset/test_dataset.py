"""The opened dataset: questions by name, SPARQL, things, and other libraries."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

import stikg
from stikg.dataset import Dataset
from stikg.dataset.opened import Given
from stikg.errors import (
    DatasetError,
    InputError,
    ParameterError,
    SyntaxProblem,
    UnknownName,
    UnknownQuery,
)
from stikg.library import Library, lint
from stikg.results import Table
from stikg.store import LocalStore, RemoteStore
from stikg.terms import IRI, XSD, Literal, expand

JST, JSPS = expand("agency:jst"), expand("agency:jsps")
SICORP, CORE = expand("programme:sicorp"), expand("programme:core")
YEAR_2009 = Literal("2009", XSD + "integer")


def programmes(dataset: Dataset, **parameters: Given) -> list[str]:
    table = dataset.query("programmes", **parameters)
    return [str(term) for term in table.column("programmeLabel")]


def test_the_fixture_keeps_the_rules(library: Library) -> None:
    assert [lint(query) for query in library] == [[], [], []]


def test_a_question_without_parameters(dataset: Dataset) -> None:
    table = dataset.query("programmes")
    assert table.columns == (
        "organisation", "organisationLabel", "programme", "programmeLabel", "start",
    )  # fmt: skip
    assert table.rows == (
        (JSPS, Literal("JSPS"), CORE, Literal("Core-to-Core"), None),
        (JST, Literal("JST"), SICORP, Literal("SICORP"), YEAR_2009),
    )
    assert table.types["start"] == "year"


@pytest.mark.parametrize(
    "name", ["JST", "jst", "科学技術振興機構", "agency:jst", JST.value, JST, ["JST", "agency:jst"]]
)
def test_resources_by_any_name(dataset: Dataset, name: Given) -> None:
    assert programmes(dataset, organisation=name) == ["SICORP"]


def test_other_parameters(dataset: Dataset) -> None:
    assert programmes(dataset, organisation=["JST", "JSPS"]) == ["Core-to-Core", "SICORP"]
    assert programmes(dataset, organisation=None, since=None) == ["Core-to-Core", "SICORP"]
    assert programmes(dataset, organisation="JST", since=2010) == []
    assert programmes(dataset, organisation=[], since="2009") == ["Core-to-Core", "SICORP"]
    assert programmes(dataset, nosuch=None) == ["Core-to-Core", "SICORP"]


def test_questions_asked_wrongly(dataset: Dataset) -> None:
    with pytest.raises(UnknownName, match="no sti:Organisation is named 'JTS'") as caught:
        dataset.query("programmes", organisation="JTS")
    assert caught.value.candidates == ("Japan Science and Technology Agency",)
    with pytest.raises(ParameterError, match="programmes has no parameter 'organization'"):
        dataset.query("programmes", organization="JST")
    with pytest.raises(ParameterError, match="since: 'soon' is not a year"):
        dataset.query("programmes", since="soon")
    with pytest.raises(UnknownQuery, match="did you mean programmes"):
        dataset.query("programs")
    with pytest.raises(InputError, match="copy is a rule"):
        dataset.query("copy")


def test_sparql_in_each_form(dataset: Dataset) -> None:
    table = dataset.sparql(
        "# prefixes need no declaration\nSELECT ?p { agency:jst ?p ?o } ORDER BY ?p"
    )
    assert isinstance(table, stikg.results.Table)
    assert table.rows == (
        (expand("rdf:type"),), (expand("sti:administers"),), (expand("sti:label"),),
    )  # fmt: skip
    assert dataset.sparql("ASK { agency:jst a sti:FundingAgency }") is True
    assert dataset.sparql("PREFIX sti: <http://e/> ASK { agency:jst a sti:FundingAgency }") is False
    assert dataset.sparql("CONSTRUCT WHERE { ?s sti:startYear ?o }") == [
        (SICORP, expand("sti:startYear"), YEAR_2009)
    ]
    with pytest.raises(SyntaxProblem) as caught:
        dataset.sparql("SELECT *\n{ ?s nosuch:p ?o }")
    assert caught.value.where == "line 2, column 6"
    with pytest.raises(InputError, match="SERVICE asks another server"):
        dataset.sparql("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")


def test_everything_known_of_a_thing(dataset: Dataset) -> None:
    thing = dataset.show("JST")
    assert (thing.iri, thing.label) == (JST, "Japan Science and Technology Agency")
    assert thing.types == (expand("sti:FundingAgency"),)
    assert thing.statements.columns == (
        "subject", "subjectLabel", "property", "propertyLabel", "value", "valueLabel", "origin",
        "passage",
    )  # fmt: skip
    assert [(row[2], row[4], row[6], row[7]) for row in thing.statements.rows] == [
        (expand("rdf:type"), expand("sti:FundingAgency"), Literal("curated"), None),
        (expand("sti:administers"), SICORP, Literal("stated"), expand("uuki:2.1-p1")),
    ]
    assert not thing.truncated


def test_inverse_statements_follow(dataset: Dataset) -> None:
    rows = dataset.show("programme:sicorp").statements.records()
    assert [
        (r["subjectLabel"], r["propertyLabel"], r["valueLabel"], r["origin"]) for r in rows
    ] == [
        ("SICORP", None, "JST", "inferred"),
        ("SICORP", None, None, "stated"),
        ("JST", "administers", "SICORP", "stated"),
    ]
    core = dataset.show("programme:core").statements.records()
    assert [(row["origin"], row["passage"]) for row in core] == [
        ("read", "https://w3id.org/stikg/document/uuki-2022/2.1-p1")
    ]


def test_long_things_can_be_cut(dataset: Dataset) -> None:
    assert len(dataset.show("programme:sicorp", limit=3).statements) == 3
    assert not dataset.show("programme:sicorp", limit=3).truncated
    cut = dataset.show("programme:sicorp", limit=2)
    assert (len(cut.statements), cut.truncated) == (2, True)


def test_things_of_which_nothing_is_known(dataset: Dataset) -> None:
    with pytest.raises(UnknownName, match="nothing is known of programme:none"):
        dataset.show("programme:none")


def test_search(dataset: Dataset) -> None:
    assert [hit.iri for hit in dataset.search("技術")] == [JST]


def test_rdflib_holds_the_same(dataset: Dataset) -> None:
    copy = dataset.to_rdflib()
    assert len(list(copy.quads())) == dataset.store.count() == 34
    assert (rdflib.URIRef(JST.value), None, rdflib.Literal("JST")) in copy.default_graph
    answer = copy.query(
        "SELECT ?y { GRAPH ?g { ?s <https://w3id.org/stikg/ontology/startYear> ?y } }"
    )
    assert [binding[rdflib.Variable("y")] for binding in answer.bindings] == [rdflib.Literal(2009)]


def test_networks(dataset: Dataset) -> None:
    graph = dataset.to_networkx("administration")
    assert graph.graph["title"] == "Who administers what"
    assert sorted(graph.edges()) == [(JSPS.value, CORE.value), (JST.value, SICORP.value)]
    with pytest.raises(InputError, match="programmes is no network") as caught:
        dataset.to_networkx("programmes")
    assert caught.value.remedy == "the networks are: administration"


def test_a_network_tells_its_direction_weight_and_filters(dataset: Dataset) -> None:
    graph = dataset.to_networkx("administration").graph
    assert (graph["directed"], graph["weight_title"], graph["filters"]) == (True, "", {})


def test_a_network_is_made_of_any_query_or_table(dataset: Dataset) -> None:
    text = (
        "SELECT ?source ?sourceLabel ?target ?targetLabel ?relation ?relationLabel "
        "(7 AS ?weight) { VALUES ?relation { sti:administers } ?source ?relation ?target ; "
        "sti:label ?sourceLabel . ?target sti:label ?targetLabel . "
        "?relation sti:label ?relationLabel }"
    )
    graph = dataset.network_of(text, title="Mine", directed=False, weight_title="Sevens")
    assert sorted(graph.edges()) == [(JSPS.value, CORE.value), (JST.value, SICORP.value)]
    assert {data["weight"] for *_, data in graph.edges(data=True)} == {7.0}
    assert graph.graph["directed"] is False
    assert graph.graph["weight_title"] == "Sevens"
    answer = dataset.sparql(text)
    assert isinstance(answer, Table)
    assert set(dataset.network_of(answer)) == set(graph)
    with pytest.raises(InputError, match="rows of a SELECT query"):
        dataset.network_of("ASK { ?s ?p ?o }")


def test_a_compiled_dataset_answers_alike(compiled: Path, dataset: Dataset) -> None:
    opened = stikg.open(compiled)
    assert opened.query("programmes", organisation="JST") == dataset.query(
        "programmes", organisation="JST"
    )
    assert opened.show("JST") == dataset.show("JST")
    assert opened.manifest["quads"] == 34
    assert dataset.manifest == {}
    assert [query.name for query in opened.queries] == ["programmes", "administration", "copy"]


def test_many_questions_warm_it_up(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = stikg.open(compiled)
    first = opened.query("programmes")
    from_disk = opened.store
    monkeypatch.setattr("stikg.dataset.opened.WARM", 0.0)
    assert opened.query("programmes") == first
    warm = opened.store
    assert warm is not from_disk
    assert isinstance(warm, LocalStore)
    warm.extend([(JST, JST, JST, None)])  # what only a store in memory takes
    assert opened.query("programmes") == first
    assert opened.store is warm


def test_a_large_dataset_stays_on_disk(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stikg.dataset.opened.WARM", 0.0)
    monkeypatch.setattr("stikg.dataset.opened.MOST_IN_MEMORY", 33)
    opened = stikg.open(compiled)
    from_disk = opened.store
    opened.query("programmes")
    opened.query("programmes")
    assert opened.store is from_disk


@pytest.mark.parametrize(
    ("part", "use"),
    [
        ("names.sqlite", "search"),
        ("queries.json", "queries"),
        ("manifest.json", "manifest"),
        ("store.json", "store"),
    ],
)
def test_damaged_parts_are_named(compiled: Path, part: str, use: str) -> None:
    path = compiled / "build" / "v1" / part
    path.write_bytes(b"\xff\xfe")
    opened = stikg.open(compiled)
    with pytest.raises(DatasetError) as caught:
        opened.search("a") if use == "search" else getattr(opened, use)
    assert str(path) in str(caught.value)
    assert "stikg build" in str(caught.value)


def test_queries_cut_short_are_named(compiled: Path) -> None:
    path = compiled / "build" / "v1" / "queries.json"
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(DatasetError, match="stikg build") as caught:
        _ = stikg.open(compiled).queries
    assert str(path) in str(caught.value)


def test_nothing_compiled(compiled: Path) -> None:
    (compiled / "build" / "current").unlink()
    with pytest.raises(DatasetError, match="stikg build"):
        stikg.open(compiled)


def test_a_dataset_in_memory_has_no_files() -> None:
    dataset = Dataset.from_quads([], Library(()))
    with pytest.raises(UnknownQuery):
        dataset.query("a")
    with pytest.raises(DatasetError, match=r"this dataset has no names.sqlite"):
        _ = Dataset(None).names


def test_an_endpoint_uses_the_names_of_this_machine(compiled: Path) -> None:
    opened = stikg.open(compiled, endpoint="http://127.0.0.1:9/sparql")
    assert isinstance(opened.store, RemoteStore)
    query = opened.queries.get("programmes")
    assert JST.n3() in opened.bound(query, {"organisation": "JST"})
    (compiled / "build" / "current").unlink()
    bare = stikg.open(compiled, endpoint="http://127.0.0.1:9/sparql")
    assert JST.n3() in bare.bound(query, {"organisation": "agency:jst"})
    with pytest.raises(UnknownName):
        bare.bound(query, {"organisation": "JST"})


def test_it_is_read_where_nothing_can_be_written(compiled: Path) -> None:
    """Run as another user where possible: root may write anywhere."""
    version = compiled / "build" / "v1"
    before = sorted(os.listdir(version / "store"))
    for path in [*version.rglob("*"), version]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    program = (
        "import sys, stikg; d = stikg.open(sys.argv[1]);"
        "print(len(d.query('programmes', organisation='JST')), len(d.search('japan')))"
    )
    try:
        run = subprocess.run(
            [sys.executable, "-c", program, compiled], capture_output=True, text=True, check=False
        )
        assert (run.stdout, run.stderr) == ("1 1\n", "")
        assert sorted(os.listdir(version / "store")) == before
    finally:
        for path in [version, *version.rglob("*")]:
            path.chmod(0o755)


def test_the_light_path_loads_no_heavy_package(compiled: Path) -> None:
    program = (
        "import sys, stikg; d = stikg.open(sys.argv[1]); d.query('programmes', organisation='JST');"
        "from stikg.results import render; render(d.show('JST').statements, 'table');"
        "heavy = {'rdflib', 'yaml', 'networkx', 'numpy', 'SPARQLWrapper', 'openpyxl', 'pandas',"
        " 'http', 'asyncio', 'difflib', 'importlib.metadata', 'csv'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, compiled], capture_output=True, text=True, check=False
    )
    assert (run.stdout, run.stderr) == ("[]\n", "")


def test_iris_of_values_are_checked(dataset: Dataset) -> None:
    with pytest.raises(ParameterError, match="is not an http, https or urn IRI"):
        dataset.query("programmes", organisation=IRI("http://e/> } #"))
