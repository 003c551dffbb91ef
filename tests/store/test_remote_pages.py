"""Servers that cut their answers, as Virtuoso does: whole answers all the same, in order."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest

from stikg.errors import EndpointError
from stikg.store import LocalStore
from stikg.store.dialect import Dialect
from stikg.store.remotepages import page_of, projected, resources_of, template_of
from stikg.terms import IRI, XSD, BlankNode, Literal, Quad
from tests.fixtures.endpoint import Handler, Server, running

CAP = 10
GRAPH = IRI("http://e/g")


def quads() -> list[Quad]:
    found: list[Quad] = [
        (IRI(f"http://e/s{n}"), IRI("http://e/p"), Literal(f"v{n}"), None) for n in range(25)
    ]
    found += [(IRI(f"http://e/s{n}"), IRI("http://e/q"), Literal("same"), None) for n in range(25)]
    found += [
        (IRI(f"http://e/s{n % 5}"), IRI("http://e/n"), Literal(str(n), XSD + "integer"), GRAPH)
        for n in range(30)
    ]
    return found


LOCAL = LocalStore.in_memory(quads())
ENGINE = pyoxigraph.Store()
ENGINE.extend(LOCAL._store)


def answer(handler: Handler, *, cap: int | None = CAP, told: bool = True) -> None:
    """Answer a query as Virtuoso does, which cuts triples without a word."""
    sent = parse_qs(urlsplit(handler.path).query or handler.body)
    results = ENGINE.query(sent["query"][0])
    if isinstance(results, pyoxigraph.QueryTriples):
        triples = list(results)[:cap]
        body = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES)
        handler.reply(body or b"", "application/n-triples")
        return
    assert isinstance(results, pyoxigraph.QuerySolutions)
    content = json.loads(results.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    bindings = content["results"]["bindings"]
    del bindings[cap:]
    cut = {"X-SPARQL-MaxRows": str(cap)} if told and len(bindings) == cap else {}
    handler.reply(json.dumps(content).encode(), status=200, length=None, **cut)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        server.software = "Virtuoso/07.20 (Test)"
        server.behave = answer
        yield server


P, N = "?s <http://e/p> ?o", "?s <http://e/n> ?n"
QUERIES = [
    f"SELECT ?s ?o {{ {P} }}",
    f"SELECT * {{ {P} }}",
    f"SELECT ?o {{ {P} }} ORDER BY DESC(STR(?s))",
    f"SELECT ?o ?s {{ {P} }} ORDER BY ?o # the end",
    "SELECT ?w { ?s <http://e/q> ?w }",
    "SELECT DISTINCT ?s { ?s ?p ?o }",
    "PREFIX e: <http://e/> SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s "
    "HAVING (COUNT(*) > 1) ORDER BY DESC(?n) ?s",
    f"SELECT ?s ?o {{ {P} }} ORDER BY ?o LIMIT 17 OFFSET 3",
    f"SELECT ?s ?o {{ {P} }} ORDER BY ?o LIMIT 7",
    f"SELECT ?s ?n FROM <http://e/g> {{ {N} }} ORDER BY ?n",
    f"SELECT ?g ?n FROM NAMED <http://e/g> WHERE {{ GRAPH ?g {{ {N} }} }} ORDER BY ?n",
    f"SELECT ?s ?o {{ {P} }} ORDER BY ?o VALUES ?s {{ "
    + " ".join(f"<http://e/s{n}>" for n in range(20)) + " }",
    f"SELECT ?s ?o {{ {{ SELECT ?s ?o {{ {P} }} ORDER BY ?o LIMIT 22 }} OPTIONAL {{ ?o ?o ?z }} }}",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_pages_make_the_whole_answer(server: Server, query: str) -> None:
    expected = LOCAL.select(query)
    for store in (server.store(), server.store(page=7), server.store(page=CAP)):
        table = store.select(query)
        assert Counter(table.rows) == Counter(expected.rows)
        assert sorted(table.columns) == sorted(expected.columns)
        if "ORDER BY" in query.rpartition("}")[2]:
            assert table.rows == expected.rows
        assert Counter(store.stream(query).rows) == Counter(expected.rows)


def test_a_small_answer_is_asked_once(server: Server) -> None:
    assert len(server.store().select(f"SELECT ?s {{ {P} }} LIMIT 9")) == 9
    assert len(server.requests) == 1


def test_an_exact_answer_is_not_mistaken_for_a_cut_one(server: Server) -> None:
    assert len(server.store().select(f"SELECT ?s {{ {P} }} LIMIT 10")) == 10
    assert len(list(server.store().stream(f"SELECT ?s {{ {P} }} LIMIT 10"))) == 10


def test_a_server_that_cuts_in_silence_needs_a_page(server: Server) -> None:
    server.behave = lambda handler: answer(handler, told=False)
    query = f"SELECT ?s {{ {P} }}"
    assert len(server.store().select(query)) == CAP  # nobody could know
    assert len(server.store(page=CAP).select(query)) == 25


def test_a_page_larger_than_the_cap_becomes_as_small(server: Server) -> None:
    assert len(server.store(page=1000).select(f"SELECT ?s {{ {P} }}")) == 25
    assert len(server.requests) == 3


def test_a_page_that_breaks_is_asked_again(server: Server) -> None:
    manners = iter([answer, answer, None, answer, answer, answer])

    def behave(handler: Handler) -> None:
        manner = next(manners)
        if manner is None:
            handler.reply(b"", status=503)
        else:
            manner(handler)

    server.behave = behave
    assert len(server.store().select(f"SELECT ?s {{ {P} }}")) == 25


def test_pages_that_lack_rows_are_an_error(server: Server) -> None:
    """A server that cannot answer the sub-select: no rows are worse than none."""

    def forget(handler: Handler) -> None:
        if "LIMIT" in handler.path:
            handler.reply(b'{"head": {"vars": ["s"]}, "results": {"bindings": []}}')
        else:
            answer(handler)

    server.behave = forget
    with pytest.raises(EndpointError, match="in pages, it has 0 rows, not 10 or more"):
        server.store().select(f"SELECT ?s {{ {P} }}")


def test_a_page_without_its_columns_is_an_error(server: Server) -> None:
    server.behave = lambda handler: handler.reply(
        b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
    )
    with pytest.raises(EndpointError, match="lacks a column"):
        server.store(page=5).select(f"SELECT ?s {{ {P} }}")


def test_values_behind_groups_cannot_be_moved(server: Server) -> None:
    query = "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s VALUES ?n { 2 3 }"
    with pytest.raises(EndpointError, match="VALUES behind GROUP BY"):
        server.store(page=5).select(query)


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT WHERE { ?s <http://e/p> ?o }",
        f"CONSTRUCT {{ ?s <http://e/x> ?o . ?o <http://e/y> ?s . ?s a 'z' }} WHERE {{ {P} }}",
        f"PREFIX e: <http://e/> CONSTRUCT {{ e:all e:holds 1 }} WHERE {{ {P} }}",
        f"CONSTRUCT {{ ?s <http://e/x> ?n }} FROM <http://e/g> WHERE {{ {N} }}",
        f"CONSTRUCT {{ ?s <http://e/x> ?o, ?none }} WHERE {{ {P} }} ORDER BY ?o LIMIT 15",
        "DESCRIBE ?s { ?s <http://e/q> ?o }",
        "DESCRIBE <http://e/s1>",
        "DESCRIBE ?s <http://e/s24> { ?s <http://e/p> 'v3' }",
    ],
)
def test_triples_are_whole_too(server: Server, query: str) -> None:
    expected = LOCAL.construct(query)
    assert server.store().construct(query) == expected
    server.software = "Other/1"
    assert server.store(page=7).construct(query) == expected
    assert server.store(dialect=Dialect("virtuoso")).construct(query) == expected


def test_blank_nodes_of_rows_and_of_a_template(server: Server) -> None:
    """Those of the data stay one each, those of the template are new for each row."""
    template = template_of("CONSTRUCT { ?a <e:p> [ <e:q> ?b ] } WHERE { ?a ?p ?b }")
    assert template is not None
    node = BlankNode("n1")
    triples = list(template.fill([(node, Literal("1")), (node, Literal("2")), (None, node)]))
    assert [t[0] for t in triples if t[1] == IRI("e:p")] == [node, node]
    made = {t[2] for t in triples if t[1] == IRI("e:p")}
    assert len(made) == 2
    assert node not in made
    assert {t[2] for t in triples if t[1] == IRI("e:q")} == {Literal("1"), Literal("2"), node}


def test_a_server_that_does_not_cut_answers_triples_itself(server: Server) -> None:
    server.software = "Other/1"
    server.behave = lambda handler: answer(handler, cap=None)
    query = "CONSTRUCT WHERE { ?s <http://e/p> ?o }"
    assert server.store().construct(query) == LOCAL.construct(query)
    assert len(server.requests) == 1


def test_taking_apart() -> None:
    assert projected("SELECT * { ?a ?b ?c }") == ()
    assert template_of("SELECT * { ?a ?b ?c }") is None
    assert template_of("CONSTRUCT { ?a ?b ?c") is None
    assert resources_of("DESCRIBE * FROM <e:g> { ?a ?b ?c }") == (
        "SELECT DISTINCT * FROM <e:g> { ?a ?b ?c }"
    )
    page = page_of("SELECT (1 AS ?x) {} LIMIT 5", ("x",), rows=2, offset=4)
    assert (
        page == "SELECT ?x WHERE { { SELECT (1 AS ?x) {} ORDER BY ?x LIMIT 5\n} } LIMIT 2 OFFSET 4"
    )
