"""Releases arrive whole on real servers, or not at all."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from stikg.errors import InputError
from stikg.publishing.push import (
    make_plan,
    plan_withdrawal,
    push,
    read_published,
    report_plan,
    staged_lists,
    withdraw,
)
from stikg.store import LocalStore
from stikg.store.writing import WritableStore
from stikg.terms import BASE, IRI, BlankNode
from tests.engines.servers import Server, start_fuseki, start_oxigraph, start_virtuoso
from tests.publishing.pushing import (
    NEW,
    OLD,
    OWN,
    connect,
    content,
    expected,
    ignore,
    quad,
    release,
)

STARTS = {"oxigraph": start_oxigraph, "fuseki": start_fuseki, "virtuoso": start_virtuoso}
FOREIGN = "INSERT DATA { GRAPH <https://example.org/foreign> { <urn:a> <urn:b> <urn:c> } }"


@pytest.fixture(scope="module", params=STARTS)
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Return an empty server of each kind."""
    with STARTS[request.param](tmp_path_factory.mktemp(request.param)) as server:
        yield server


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return an empty oxigraph server."""
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture
def store(oxigraph: Server) -> WritableStore:
    """Return an empty store to write to."""
    store = connect(oxigraph)
    store.update("DROP ALL")
    return store


@pytest.mark.parametrize("protocol", ["update", "gsp"])
def test_releases_arrive_replace_each_other_and_go(server: Server, protocol: str) -> None:
    store = connect(server, protocol=protocol)
    if store.places.update:
        store.update(FOREIGN)
    else:
        store.put("https://example.org/foreign", ["<urn:a> <urn:b> <urn:c> .\n"])
    own = server.name != "virtuoso"
    for quads, version in ((OLD, "one"), (NEW, "two"), (OLD, "three")):
        plan = push(store, release(quads, version), progress=ignore)
        assert plan.separate is own
        default = plan.target(None)
        said = release(quads, version)
        there = list(store.triples({plan.target(graph): 100 for graph in said.graphs}))
        assert Counter(graph for graph, _ in there) == Counter(
            default if q[3] is None else str(q[3]) for q in quads
        )
        assert (default is None) is own
        published = read_published(store)
        assert published is not None
        assert (published.version, published.quads) == (version, len(quads))
        assert make_plan(store, said).idle
    withdraw(store)
    assert read_published(store) is None
    graphs = [f"https://example.org/{name}" for name in ("kept", "changed", "added", "trouble")]
    assert store.counts([*graphs, *OWN, f"{BASE}graph/default"]) == {}
    assert store.counts(["https://example.org/foreign"]) == {"https://example.org/foreign": 1}


def test_readers_see_one_release_or_the_other(server: Server) -> None:
    """Virtuoso, without a common transaction, may show both at once, but never less than one."""
    store, reader = connect(server, protocol="update"), connect(server)
    push(store, release(OLD, "old"), progress=ignore)
    plan = make_plan(store, release(NEW, "new"))
    default = plan.target(None)
    says = "<https://example.org/says>"
    union = "" if default else f"{{ ?s {says} ?o }} UNION "
    query = f"SELECT ?s ?o ?g {{ {union}{{ GRAPH ?g {{ ?s {says} ?o }} }} }}"
    seen: list[frozenset[tuple[str, str, str]]] = []

    def look() -> None:
        rows = reader.select(query).rows
        seen.append(frozenset((str(s), str(o), str(g or default or "")) for s, o, g in rows))

    def watch() -> None:
        while not ended.is_set():
            look()

    look()
    ended = threading.Event()
    thread = threading.Thread(target=watch)
    thread.start()
    try:
        push(store, release(NEW, "new"), progress=ignore)
    finally:
        ended.set()
        thread.join()
    look()
    old, new = seen[0], seen[-1]
    assert old != new
    if default is None:
        assert set(seen) == {old, new}
    else:
        assert all(one >= old or one >= new for one in seen)
        assert all(one <= old | new for one in seen)


def test_what_arrives_is_what_was_sent(store: WritableStore) -> None:
    push(store, release(OLD, "one"), progress=ignore)
    wrong = content(store) ^ expected(list(LocalStore.in_memory(OLD).quads()))
    assert wrong == set()


def test_a_plan_writes_nothing_and_says_what_would_change(store: WritableStore) -> None:
    push(store, release(OLD, "one"), progress=ignore)
    before = content(store, all=True)
    plan = make_plan(store, release(NEW, "two"))
    assert {(change.action, change.graph, change.before) for change in plan.changes} == {
        ("replace", None, 30),
        ("replace", "https://example.org/changed", 5),
        ("remove", "https://example.org/removed", 5),
        ("add", "https://example.org/added", 0),
        ("keep", "https://example.org/kept", 5),
        ("keep", "https://example.org/trouble", 15),
    }
    text = report_plan(plan, store.places)
    assert "replace  2 graphs, 41 quads instead of 35" in text
    assert "remove   1 graph, 5 quads" in text
    assert "default graph: 30 → 35" in text
    plan_withdrawal(store)
    assert content(store, all=True) == before


def test_what_others_put_there_is_not_replaced_unasked(store: WritableStore) -> None:
    store.update('INSERT DATA { GRAPH <https://example.org/changed> { <urn:a> <urn:b> "theirs" } }')
    before = content(store, all=True)
    with pytest.raises(InputError, match="changed holds 1 triples that no push has put there"):
        push(store, release(OLD, "one"), progress=ignore)
    assert content(store, all=True) == before
    push(store, release(OLD, "one"), overwrite=True, progress=ignore)
    assert content(store) == expected(list(LocalStore.in_memory(OLD).quads()))


def test_equal_content_that_others_put_there_is_taken_over(store: WritableStore) -> None:
    lines = release(OLD, "one").lines("https://example.org/kept")
    store.update(f"INSERT DATA {{ GRAPH <https://example.org/kept> {{ {''.join(lines)} }} }}")
    plan = push(store, release(OLD, "one"), progress=ignore)
    assert [change.graph for change in plan.of("keep")] == ["https://example.org/kept"]
    withdraw(store)
    assert content(store, all=True) == set()


def test_a_graph_that_somebody_changed_is_mended(store: WritableStore) -> None:
    push(store, release(OLD, "one"), progress=ignore)
    store.update("INSERT DATA { GRAPH <https://example.org/kept> { <urn:a> <urn:b> <urn:c> } }")
    plan = push(store, release(OLD, "one"), progress=ignore)
    assert [change.graph for change in plan.of("replace")] == ["https://example.org/kept"]
    assert content(store) == expected(list(LocalStore.in_memory(OLD).quads()))


def test_only_the_description_changes_if_the_content_is_the_same(store: WritableStore) -> None:
    push(store, release(OLD, "one"), progress=ignore)
    plan = push(store, release(OLD, "two"), progress=ignore)
    assert plan.of("add", "replace", "remove") == []
    published = read_published(store)
    assert published is not None
    assert published.version == "two"
    assert staged_lists(store) == {}


def test_blank_nodes_and_reserved_names_are_refused(store: WritableStore) -> None:
    with pytest.raises(InputError, match="blank node"):
        release([(BlankNode("b"), *quad(1, "x", None)[1:])], "one")
    subject, predicate, value, _ = quad(1, "x", None)
    with pytest.raises(InputError, match="one that a push uses"):
        push(store, release([(subject, predicate, value, IRI(OWN[1]))], "one"), progress=ignore)
    assert content(store, all=True) == set()
