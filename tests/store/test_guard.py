"""Queries that would fetch from the network or crash the engine are refused before it sees them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stikg.errors import InputError, StikgError
from stikg.store import LocalStore
from stikg.store.guard import refuse_dangers
from tests.fixtures.listening import listening

FETCHING = [
    "SELECT * { SERVICE <{url}> { ?s ?p ?o } }",
    "ASK { SERVICE SILENT <{url}> { ?s ?p ?o } }",
    "SELECT * { OPTIONAL { service <{url}> { ?s ?p ?o } } }",
    "SELECT * { FILTER EXISTS { SeRvIcE <{url}> { ?s ?p ?o } } }",
    "SELECT * { BIND(<{url}> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <{url}> { ?s ?p ?o } } } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <{url}> { ?s ?p ?o } }",
    "PREFIX u: <{url}> SELECT * { SERVICE u: { ?s ?p ?o } }",
    "SELECT * {#'\nSERVICE <{url}> { ?s ?p ?o } }#'",
    'SELECT * { FILTER(1 = 1)#"""\nSERVICE <{url}> { ?s ?p ?o } #"""\n}',
    "SELECT * { FILTER('' = '\\'')SERVICE<{url}>{ ?s ?p ?o } }",
    # The engine knows no boundaries of tokens.
    "PREFIX : <{url}> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX : <{url}> SELECT * { SERVICE: { ?s ?p ?o } }",
    "PREFIX : <{url}> SELECT * { ServiceSilent:x { ?s ?p ?o } }",
    "PREFIX a: <{url}> SELECT * { SERVICEa:x{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<{url}> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT#\n<{url}> { ?s ?p ?o } }",
    "SELECT * { ?a <a:b> trueSERVICE<{url}>{} }",
    "SELECT * { ?a <a:b> falseSERVICE SILENT <{url}> {} }",
    "PREFIX a: <{url}> SELECT * { ?a <a:b> trueSERVICEa:x {} }",
    # What follows hides from a tokeniser without a grammar: < is a comparison, not an IRI.
    "SELECT * { BIND(1 AS ?a) FILTER(?a<'b>') SERVICE <{url}> { ?s ?p ?o } FILTER('' = '') }",
    'SELECT * { BIND(1 AS ?a) FILTER(?a<2)#>"""\nSERVICE <{url}> { ?s ?p ?o } #"""\n}',
    "PREFIX a: <a:> SELECT * { BIND(1 AS ?a) FILTER(?a<a:b#>'''\n)SERVICE <{url}> { ?s ?p ?o } "
    "#'''\n}",
]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[str, list[str]]]:
    """Return the URL of a server, and who asks it."""
    with listening() as found:
        yield found


@pytest.mark.parametrize("query", FETCHING)
def test_nobody_is_asked(query: str, listener: tuple[str, list[str]]) -> None:
    url, asked = listener
    store = LocalStore.in_memory([])
    ask = {"A": store.ask, "C": store.construct}.get(query.lstrip()[0], store.select)
    with pytest.raises(InputError):
        ask(query.replace("{url}", url))
    assert asked == []


def test_the_listener_hears_the_engine(listener: tuple[str, list[str]]) -> None:
    """Without the guard the engine does ask: the test above could fail."""
    import pyoxigraph

    url, asked = listener
    with pytest.raises((OSError, RuntimeError)):
        list(pyoxigraph.Store().query(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))  # type: ignore[arg-type]
    assert len(asked) == 1
    asked.clear()


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "SERVICE" }',
        "SELECT * { ?s ?p '''LOAD'''@en } # SERVICE",
        "SELECT ?service { ?service <http://e/service#load> $load }",
        "PREFIX service: <http://service.example/> SELECT * { ?s service:load service:a\\'b }",
        "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) } # service",
        "SELECT * { ?s ?p <http://e/service#it> , <urn:service:1> }",
        "PREFIX e: <e:> SELECT ?service { ?service a e:Service { ?service e:p ?o } }",
        "PREFIX e: <e:> SELECT * { ?s a e:service OPTIONAL { ?s ?p ?o } GRAPH e:service {} }",
        "SELECT ?service ?load { ?service ?load ?webservice }",
    ],
)
def test_words_in_other_places_are_fine(query: str) -> None:
    refuse_dangers(query)
    LocalStore.in_memory([]).select(query)


def test_from_fetches_nothing(listener: tuple[str, list[str]]) -> None:
    url, asked = listener
    assert LocalStore.in_memory([]).select(f"SELECT * FROM <{url}> {{ ?s ?p ?o }}").rows == ()
    assert asked == []


@pytest.mark.parametrize("brackets", ["{}", "()", "[]", "<<>>"])
def test_deep_nesting(brackets: str) -> None:
    half = len(brackets) // 2
    for depth in (101, 20_000):
        query = f"SELECT * {{ {brackets[:half] * depth}{brackets[half:] * depth} }}"
        with pytest.raises(InputError, match="nested more than 100 deep"):
            LocalStore.in_memory([]).select(query)


def test_many_brackets_side_by_side() -> None:
    with pytest.raises(StikgError, match="this ] closes nothing"):
        LocalStore.in_memory([]).select("SELECT * { " + "{} " * 150 + "] }")
    assert len(LocalStore.in_memory([]).select("SELECT * { " + "{} " * 150 + "}")) == 1


def test_the_place_is_told() -> None:
    with pytest.raises(InputError) as caught:
        refuse_dangers("SELECT *\n{ load }")
    assert caught.value.where == "line 2, column 3"
