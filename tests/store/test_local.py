"""The store of this machine: terms, errors, folders, damage, threads."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stikg.errors import DatasetError, InputError, OutputError, StikgError, SyntaxProblem
from stikg.results import Table
from stikg.store import LocalStore
from stikg.terms import IRI, PREFIXES, XSD, BlankNode, Literal, Quad, Term, expand

JST, NAME, GRAPH = expand("agency:jst"), expand("sti:label"), IRI("http://e/g")
QUADS: list[Quad] = [
    (JST, NAME, Literal("JST"), None),
    (JST, NAME, Literal("科学技術振興機構", language="ja"), GRAPH),
    (JST, expand("rdf:type"), expand("sti:FundingAgency"), GRAPH),
]


@pytest.fixture
def store() -> LocalStore:
    return LocalStore.in_memory(QUADS)


def test_select_ask_construct(store: LocalStore) -> None:
    assert store.select("SELECT ?s ?o ?none { ?s ?p ?o }") == Table(
        ("s", "o", "none"), ((JST, Literal("JST"), None),)
    )
    assert store.ask("ASK { ?s sti:label 'JST' }", prefixes={"sti": PREFIXES["sti"]})
    assert not store.ask("ASK { ?s ?p 'nothing' }")
    assert store.construct("CONSTRUCT { ?s ?p ?o . ?s a 'x' } { GRAPH ?g { ?s ?p ?o } }") == [
        (JST, expand("rdf:type"), Literal("x")),
        (JST, expand("rdf:type"), expand("sti:FundingAgency")),
        (JST, NAME, Literal("科学技術振興機構", language="ja")),
    ]
    assert store.construct("DESCRIBE <http://e/none>") == []


def test_a_stream_has_the_rows_of_a_select(store: LocalStore) -> None:
    query = "SELECT ?s ?o ?none ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    stream = store.stream(query)
    assert stream.columns == ("s", "o", "none", "g")
    assert (JST, Literal("JST"), None, None) in (rows := store.select(query).rows)
    assert next(stream.rows) == rows[0]
    assert stream.table() == Table(stream.columns, rows[1:])
    assert store.stream("SELECT * {}").table() == Table((), ((),))
    assert store.stream("SELECT ?s { ?s sti:label [] }", prefixes={"sti": PREFIXES["sti"]}).columns


def test_a_stream_refuses_at_once(store: LocalStore) -> None:
    for query in ("ASK {}", "SELECT * {", "SELECT * { SERVICE <http://e/> {} }"):
        with pytest.raises(InputError):
            store.stream(query)


def test_a_stream_belongs_to_its_thread(store: LocalStore) -> None:
    """The engine ends the process if its iterator is used in two threads."""
    stream = store.stream("SELECT * { GRAPH ?g { ?s ?p ?o } }")
    next(stream.rows)
    with ThreadPoolExecutor(1) as other, pytest.raises(InputError, match="another thread"):
        other.submit(list, stream.rows).result()


def test_solutions_without_columns(store: LocalStore) -> None:
    assert store.select("SELECT * {}") == Table((), ((),))
    assert store.select("SELECT ?a { FILTER(false) }") == Table(("a",), ())
    assert store.select("SELECT ?a { VALUES ?a { UNDEF UNDEF } }") == Table(
        ("a",), ((None,), (None,))
    )


TERMS: list[Term] = [
    IRI("http://e/%20é?x=1#y"),
    BlankNode("b1"),
    Literal(""),
    Literal('tab\tline\nreturn\r"quote" \\ back\\n \x0b\x0c\u2028'),
    Literal("Ä", language="en-gb"),
    Literal("@en"),
    Literal("<http://e/>"),
    Literal("_:b"),
    Literal("true"),
    Literal("12"),
    Literal("12", XSD + "integer"),
    Literal("-7", XSD + "integer"),
    Literal("0.5", XSD + "decimal"),
    Literal("5", XSD + "decimal"),
    Literal("x", XSD + "integer"),
    Literal("true", XSD + "boolean"),
    Literal("INF", XSD + "double"),
    Literal("2024-02-29", XSD + "date"),
    Literal("2024", XSD + "gYear"),
    Literal("a", "http://e/type"),
]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.n3())
def test_terms_come_back(term: Term) -> None:
    store = LocalStore.in_memory([(IRI("http://e/s"), NAME, term, None)])
    assert store.select("SELECT ?o { ?s ?p ?o }").rows == ((term,),)
    assert [triple[2] for triple in store.construct("CONSTRUCT WHERE { ?s ?p ?o }")] == [term]
    assert list(store.quads()) == [(IRI("http://e/s"), NAME, term, None)]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    store = LocalStore.in_memory([(JST, NAME, Literal(text), None)])
    assert store.select("SELECT ?o ?s { ?s ?p ?o }").rows == ((Literal(text), JST),)


def test_numbers_are_canonical() -> None:
    forms = {"1.50": "1.5", "+07": "7"}
    for form, canonical in forms.items():
        kind = XSD + ("decimal" if "." in form else "integer")
        store = LocalStore.in_memory([(JST, NAME, Literal(form, kind), None)])
        assert store.select("SELECT ?o { ?s ?p ?o }").rows == ((Literal(canonical, kind),),)


def test_triple_terms_are_refused() -> None:
    store = LocalStore.in_memory([])
    with pytest.raises(InputError, match="a triple term is not a term of RDF"):
        store.select("SELECT (<<( <a:b> <a:b> <a:b> )>> AS ?x) {}")


@pytest.mark.parametrize(
    ("query", "kind", "where", "problem"),
    [
        ("SELECT * {", SyntaxProblem, "line 1, column 10", "this { is not closed"),
        ("SELECT * { ( }", SyntaxProblem, "line 1, column 14", "this } closes nothing"),
        ("", SyntaxProblem, "line 1, column 1", "the query is empty"),
        ("SELECT (STRLEN(1, 2) AS ?x) {}", SyntaxProblem, "line 1, column 23",
         "the query cannot be read from 'AS' on"),
        ("SELECT ?s\n{ ?s sti:x ?o }", SyntaxProblem, "line 2, column 6",
         "the prefix sti: is not declared"),
        ("ASK { ?s ?p 'a }", SyntaxProblem, "line 1, column 13", "a string is not closed"),
        ("ASK { ?s ?p <a> }", SyntaxProblem, "line 1, column 13", "this is not an absolute IRI"),
        ("SELECT (1 AS ?a) (2 AS ?a) {}", SyntaxProblem, "line 1, column 30",
         "Duplicated variable name in SELECT"),
        ("SELECT ?a { ?a ?b }", SyntaxProblem, "line 1, column 20",
         "something before this place is not SPARQL 1.1"),
        ("SELECT ?a }", SyntaxProblem, "line 1, column 11", "this } closes nothing"),
        ("nonsense", SyntaxProblem, "line 1, column 9",
         "something before this place is not SPARQL 1.1"),
        ("DELETE WHERE { ?s ?p ?o }", InputError, "line 1, column 1",
         "this is an update, and the dataset is only read"),
        ("SELECT (<http://e/f>(1) AS ?x) {}", InputError, None,
         "the query cannot be run: The custom function <http://e/f> is not supported"),
        ("ASK {}", InputError, None, "not a SELECT query"),
    ],
)  # fmt: skip
def test_problems_of_queries(
    store: LocalStore, query: str, kind: type[StikgError], where: str | None, problem: str
) -> None:
    with pytest.raises(kind) as caught:
        store.select(query)
    assert type(caught.value) is kind
    assert (caught.value.where, caught.value.problem) == (where, problem)


def test_the_other_forms_refuse_too(store: LocalStore) -> None:
    with pytest.raises(InputError, match="not an ASK query"):
        store.ask("SELECT * {}")
    with pytest.raises(InputError, match="not a CONSTRUCT query"):
        store.construct("ASK {}")
    with pytest.raises(InputError, match=r"PREFIX sti: <https://w3id.org/stikg/ontology/>"):
        store.ask("ASK { ?s sti:x 1 }")


def test_invalid_quads() -> None:
    with pytest.raises(InputError, match="not a term of RDF"):
        LocalStore.in_memory([(IRI("no iri"), NAME, JST, None)])
    with pytest.raises(InputError, match="not a statement"):
        LocalStore.in_memory([(Literal("a"), NAME, JST, None)])


def test_a_folder_is_written_and_read(tmp_path: Path) -> None:
    assert LocalStore.create(tmp_path / "store", QUADS) == 3
    store = LocalStore.open(tmp_path / "store")
    assert store.count() == 3
    assert set(store.quads()) == set(QUADS)
    again = LocalStore.open(tmp_path / "store")
    assert again.ask("ASK { ?s ?p 'JST' }")
    with pytest.raises(DatasetError, match="only read"):
        store.extend(QUADS)


def test_a_folder_may_be_moved_and_copied(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    LocalStore.create(tmp_path / "a" / "store", QUADS)
    shutil.copytree(tmp_path / "a", tmp_path / "c")
    (tmp_path / "a").rename(tmp_path / "b")
    assert LocalStore.open(tmp_path / "b" / "store").count() == 3
    assert LocalStore.open(tmp_path / "c" / "store").count() == 3


def test_nothing_is_written_over(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is something here already"):
        LocalStore.create(tmp_path, QUADS)


@pytest.mark.parametrize("victim", ["MANIFEST-*", "CURRENT", "*.sst", "../store.json"])
@pytest.mark.parametrize("damage", ["cut", "remove"])
def test_damage_is_seen(tmp_path: Path, victim: str, damage: str) -> None:
    LocalStore.create(tmp_path / "store", QUADS)
    path = next((tmp_path / "store").glob(victim)) if "/" not in victim else tmp_path / victim[3:]
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    if (victim, damage) == ("../store.json", "cut"):
        path.write_text("{", encoding="utf-8")
    with pytest.raises(DatasetError) as caught:
        LocalStore.open(tmp_path / "store")
    assert caught.value.remedy == "build it again: stikg build --force"


def test_a_missing_folder_and_a_foreign_manifest(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no store here") as caught:
        LocalStore.open(tmp_path / "store")
    assert caught.value.remedy == "build it: stikg build"
    assert not (tmp_path / "store").exists()
    LocalStore.create(tmp_path / "store", QUADS)
    (tmp_path / "manifest.json").write_text('{"quads": 4}', encoding="utf-8")
    with pytest.raises(DatasetError, match="of different builds"):
        LocalStore.open(tmp_path / "store")


def test_threads_share_a_store(tmp_path: Path) -> None:
    LocalStore.create(tmp_path / "store", QUADS)
    store = LocalStore.open(tmp_path / "store")

    def ask(number: int) -> int:
        table = store.select(f"SELECT ?s ?o ({number} AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} }}")
        return len(table)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(200))) == [2] * 200
