"""The store in a process of its own: as the store itself, but it can be ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stikg.assistants.confined import ConfinedStore
from stikg.assistants.settings import Settings
from stikg.dataset import Dataset
from stikg.errors import DatasetError, EndpointError, InputError, StikgError, SyntaxProblem
from stikg.terms import PREFIXES
from tests.assistants.test_server import KILLER
from tests.fixtures.isolation import need_isolation, shares_network
from tests.fixtures.listening import listening

Confine = Callable[..., ConfinedStore]


def test_it_answers_as_the_store_does(confine: Confine, dataset: Dataset) -> None:
    store = confine()
    queries = [
        "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
        "SELECT ?s ?none { ?s sti:startYear ?y OPTIONAL { ?s sti:nothing ?none } }",
        "SELECT (1.5 AS ?a) (1e3 AS ?b) (true AS ?c) ('x'@en AS ?d) ('a\\n\"b' AS ?e) {}",
        "SELECT * {}",
    ]
    for query in queries:
        assert store.select(query, prefixes=PREFIXES) == dataset.store.select(
            query, prefixes=PREFIXES
        )
    construct = "CONSTRUCT WHERE { ?s sti:startYear ?y }"
    assert store.construct(construct, prefixes=PREFIXES) == dataset.sparql(construct)
    assert store.ask("ASK { ?s ?p ?o }") is True
    assert store.count() == dataset.store.count()
    with pytest.raises(InputError, match="more than an answer"):
        store.quads()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s {",
        "ASK {}",
        "SELECT * { SERVICE <http://a.b/> {} }",
        "SELECT (<x:y>(1) AS ?a) {}",
    ],
)
def test_its_errors_are_those_of_the_store(confine: Confine, dataset: Dataset, query: str) -> None:
    with pytest.raises(StikgError) as expected:
        dataset.store.select(query)
    with pytest.raises(type(expected.value)) as raised:
        confine().select(query)
    assert str(raised.value) == str(expected.value)


def test_too_many_rows_are_refused(confine: Confine) -> None:
    store = confine(results=3)
    with pytest.raises(InputError, match="more than the 3 that are allowed"):
        store.select("SELECT * { ?s ?p ?o }")
    with pytest.raises(InputError, match="more than the 3 that are allowed"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert len(store.select("SELECT * { ?s ?p ?o } LIMIT 3")) == 3


def test_a_late_query_is_ended_and_its_process_replaced(confine: Confine) -> None:
    store = confine(deadline=3.0)
    assert store.ask("ASK {}")
    began = time.monotonic()
    with pytest.raises(InputError, match="took longer than 3 seconds"):
        store.select(KILLER)
    assert time.monotonic() - began < 10
    assert store.ask("ASK {}")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_a_query_that_needs_too_much_memory_ends_alone(confine: Confine) -> None:
    store = confine(memory=1 << 28, deadline=100.0)
    many = " . ".join(f"?a{i} ?b{i} ?c{i}" for i in range(4))
    with pytest.raises(InputError, match="more memory"):
        store.select(f"SELECT * {{ {many} }} ORDER BY ?a0")
    assert store.ask("ASK {}")


def test_a_cancelled_query_is_ended_and_no_other(confine: Confine) -> None:
    store = confine(deadline=100.0)
    said: list[str] = []

    def evaluate() -> None:
        try:
            store.select(KILLER)
        except InputError as error:
            said.append(error.problem)

    thread = threading.Thread(target=evaluate)
    thread.start()
    time.sleep(1)
    store.cancel(threading.get_ident())
    assert thread.is_alive()
    store.cancel(thread.ident or 0)
    thread.join(timeout=30)
    assert said == ["the query was cancelled"]
    assert store.ask("ASK {}")


def test_its_process_has_no_network(confine: Confine) -> None:
    need_isolation()
    store = confine()
    assert store.ask("ASK {}")
    assert store._process is not None
    assert not shares_network(store._process.pid)


def test_the_process_over_an_endpoint_keeps_its_network() -> None:
    need_isolation()
    with listening() as (url, asked):
        store = ConfinedStore(url, Settings())
        with pytest.raises(EndpointError):
            store.ask("ASK {}")
        store.close()
    assert asked


def test_threads_share_it(confine: Confine) -> None:
    store = confine()
    found: dict[int, object] = {}

    def evaluate(number: int) -> None:
        found[number] = store.select(f"SELECT ({number} AS ?n) {{}}").records()

    threads = [threading.Thread(target=evaluate, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert found == {number: [{"n": number}] for number in range(8)}


def test_a_store_that_is_not_there_is_said_at_each_query(tmp_path: Path) -> None:
    store = ConfinedStore(str(tmp_path / "none"), Settings())
    for _ in range(2):
        with pytest.raises(DatasetError, match="no store here"):
            store.ask("ASK {}")
    store.close()
    with pytest.raises(InputError, match="closed"):
        store.ask("ASK {}")


@pytest.mark.skipif(sys.platform == "win32", reason="no such clock there")
def test_the_process_ends_by_the_clock_when_its_parent_has_gone(place: str) -> None:
    program = (
        "import sys; from stikg.assistants.worker import work; work(sys.argv[1], 0.5, 1 << 30, 10)"
    )
    command = [sys.executable, "-c", program, place]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    line = f'{{"form": "select", "query": "{KILLER}", "prefixes": null}}\n'
    process.stdin.write(line.encode())
    process.stdin.flush()
    assert process.wait(timeout=30) == -signal.SIGALRM
    process.stdin.close()
    process.stdout.close()


def test_a_syntax_problem_keeps_its_place(confine: Confine) -> None:
    with pytest.raises(SyntaxProblem) as raised:
        confine().select("SELECT ?s {\n ?s a }")
    assert raised.value.where == "line 2, column 8"
