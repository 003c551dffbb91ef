"""Answers as documents, within limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stikg.errors import InputError, LimitExceeded, SyntaxProblem
from stikg.store import Graphs, Limits, LocalStore, Wanted
from stikg.store.replies import RowCounter
from stikg.terms import IRI, Literal, expand

A, B, G, H = (IRI(f"http://e.example/{name}") for name in "abgh")
ACME, LABEL = expand("agency:acme"), expand("sti:label")
WIDE = Limits(1000, 100_000, 100)


@pytest.fixture(scope="module")
def store() -> LocalStore:
    return LocalStore.in_memory(
        [(ACME, LABEL, Literal("Acme"), None), (A, LABEL, B, G), (B, LABEL, A, H)]
    )


@pytest.mark.parametrize(
    ("query", "wanted", "body"),
    [
        ("SELECT ?o { ?s ?p ?o }", Wanted("csv"), b"o\r\nAcme\r\n"),
        ("SELECT ?o { ?s ?p ?o }", Wanted("tsv"), b'?o\n"Acme"\n'),
        ("ASK {}", Wanted(boolean="json"), b'{"head":{},"boolean":true}'),
        (
            "CONSTRUCT { ?s a sti:Agency } { ?s ?p ?o . ?x ?p ?y . VALUES ?z { 1 2 } }",
            Wanted(triples="ntriples"),
            b"<https://w3id.org/stikg/agency/acme> "
            b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            b"<https://w3id.org/stikg/ontology/Agency> .\n",
        ),
        ("SELECT ?o { ?s ?p ?o }", Wanted(""), b""),
        ("ASK {}", Wanted(boolean=""), b""),
        ("DESCRIBE agency:acme", Wanted(triples=""), b""),
    ],
)
def test_an_answer_is_a_document(
    store: LocalStore, query: str, wanted: Wanted, body: bytes
) -> None:
    reply = store.reply(query, wanted, WIDE)
    assert reply.body == body
    assert reply.format == getattr(wanted, reply.kind)


def test_turtle_has_the_prefixes_that_it_needs(store: LocalStore) -> None:
    text = store.reply("DESCRIBE agency:acme", Wanted(), WIDE).body.decode()
    assert text == (
        "@prefix sti: <https://w3id.org/stikg/ontology/> .\n"
        "@prefix agency: <https://w3id.org/stikg/agency/> .\n"
        'agency:acme sti:label "Acme" .\n'
    )


def test_prefixes_of_the_query_stand_above_ours(store: LocalStore) -> None:
    query = "PREFIX agency: <http://e.example/> SELECT (agency:x AS ?x) (sti:y AS ?y) {}"
    body = store.reply(query, Wanted("csv"), WIDE).body
    assert body == b"x,y\r\nhttp://e.example/x,https://w3id.org/stikg/ontology/y\r\n"


@pytest.mark.parametrize(
    ("graphs", "default", "named"),
    [
        (None, 1, {"g", "h"}),
        (Graphs(default=(G.value,)), 1, set()),
        (Graphs(default=(G.value, H.value)), 2, set()),
        (Graphs(named=(H.value,)), 0, {"h"}),
        (Graphs((G.value,), (H.value,)), 1, {"h"}),
    ],
)
def test_the_dataset_is_that_of_the_protocol(
    store: LocalStore, graphs: Graphs | None, default: int, named: set[str]
) -> None:
    count = store.reply("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", Wanted("csv"), WIDE, graphs=graphs)
    assert count.body == f"n\r\n{default}\r\n".encode()
    query = "SELECT ?g FROM <http://e.example/none> { GRAPH ?g { ?s ?p ?o } }" if graphs else (
        "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
    )  # fmt: skip
    found = store.reply(query, Wanted("csv"), WIDE, graphs=graphs).body.decode().split()[1:]
    assert {name.rpartition("/")[2] for name in found} == named


def test_relative_iris_need_a_base(store: LocalStore) -> None:
    query = "ASK { <agency/acme> ?p ?o }"
    assert b"true" in store.reply(query, Wanted(), WIDE, base="https://w3id.org/stikg/").body
    with pytest.raises(SyntaxProblem):
        store.reply(query, Wanted(), WIDE)


@pytest.mark.parametrize("query", ["ASK { SERVICE <a:b> {} }", "ASK " + "{" * 101 + "}" * 101])
def test_dangers_are_refused(store: LocalStore, query: str) -> None:
    with pytest.raises(InputError):
        store.reply(query, Wanted(), WIDE)


VALUES = ['"x"', '"a,{\\"b"', '"\\n\\r\\n"', '"\\\\"', '"<result>"', "UNDEF", '"[{"', '"\\",{\\""']


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("value", VALUES)
def test_rows_are_counted_whatever_they_hold(store: LocalStore, format: str, value: str) -> None:
    query = f"SELECT ?v ?w {{ VALUES ?v {{ {' '.join([value] * 40)} }} VALUES ?w {{ {value} }} }}"
    body = store.reply(query, Wanted(format), WIDE).body
    header = format in {"csv", "tsv"}
    for step in (1, 2, 3, 7, 1000):
        counter = RowCounter(format)
        for begin in range(0, len(body), step):
            counter.feed(body[begin : begin + step])
        assert counter.count == 40 + header


@pytest.mark.parametrize("format", ["json", "xml", "csv", "tsv"])
def test_one_row_too_many_is_refused(store: LocalStore, format: str) -> None:
    query = f"SELECT * {{ VALUES ?v {{ {' '.join(map(str, range(50)))} }} }}"
    assert store.reply(query, Wanted(format), Limits(50, 100_000, 100)).body
    with pytest.raises(LimitExceeded, match="more than 49 rows"):
        store.reply(query, Wanted(format), Limits(49, 100_000, 100))


CONSTRUCTED = "CONSTRUCT { <a:a> <a:b> ?v } { VALUES ?v { 1 2 3 } }"


@pytest.mark.parametrize(
    ("query", "limits", "words"),
    [
        (CONSTRUCTED, Limits(2, 100_000, 100), "more than 2 rows"),
        (CONSTRUCTED, Limits(10, 20, 100), "larger than 20 bytes"),
        ("SELECT * { VALUES ?v { 1 2 3 } }", Limits(10, 20, 100), "larger than 20 bytes"),
    ],
)
def test_size_has_an_end(store: LocalStore, query: str, limits: Limits, words: str) -> None:
    with pytest.raises(LimitExceeded, match=words):
        store.reply(query, Wanted(), limits)


def test_an_endless_answer_is_given_up_while_it_grows() -> None:
    many: Callable[[int], IRI] = lambda number: IRI(f"a:{number}")  # noqa: E731
    store = LocalStore.in_memory([(many(n), many(n), many(n), None) for n in range(300)])
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    with pytest.raises(LimitExceeded, match="larger than"):
        store.reply(query, Wanted(), Limits(10**9, 1_000_000, 100))
