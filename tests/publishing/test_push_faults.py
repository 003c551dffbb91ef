"""Whatever breaks on the way, readers have one release or the other, and the next push goes on."""

from __future__ import annotations

import itertools
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stikg.errors import EndpointError
from stikg.publishing.push import make_plan, push, read_published, staged_lists
from stikg.publishing.push import staging as staging_module
from stikg.publishing.push.lock import Held, Lock, read_lock
from stikg.publishing.push.names import LOCK
from stikg.store import LocalStore
from stikg.store.writing import WritableStore
from tests.engines.servers import Server, start_oxigraph
from tests.publishing.pushing import (
    NEW,
    OLD,
    Forward,
    Handler,
    Proxy,
    connect,
    content,
    expected,
    ignore,
    proxy_to,
    release,
)

KILLS = int(os.environ.get("STIKG_KILLS", "2"))
"""Pushes killed by SIGKILL at a random moment; hundreds when asked."""

MANY = 50
"""Kills from which on a connection dies at every request, not only at some."""

BEFORE = expected(list(LocalStore.in_memory(OLD).quads()))
AFTER = expected(list(LocalStore.in_memory(NEW).quads()))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return an oxigraph server."""
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture
def direct(server: Server) -> WritableStore:
    """Return a server that holds the old release."""
    store = connect(server)
    store.update("DROP ALL")
    push(store, release(OLD, "old"), progress=ignore)
    return store


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    """Return a proxy before the server."""
    with proxy_to(server) as proxy:
        yield proxy


def push_new(server: Server, proxy: Proxy) -> None:
    push(connect(server, proxy.url), release(NEW, "new"), progress=ignore)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_that_dies_at_any_request(
    server: Server, direct: WritableStore, proxy: Proxy, when: str
) -> None:
    """Nothing comes through from some request on: as if the push had been killed there."""
    goals = itertools.cycle([(NEW, AFTER), (OLD, BEFORE)])
    first, step = ((3, 7) if when == "before" else (6, 7)) if KILLS < MANY else (0, 1)
    for last in itertools.count(first, step):
        quads, goal = next(goals)
        proxy.count = 0

        def die(handler: Handler, body: bytes, forward: Forward, last: int = last) -> None:
            if proxy.count <= last:
                handler.reply(*forward(body))
                return
            if when == "after" and proxy.count == last + 1:
                forward(body)  # it is done, but nobody hears of it
            handler.hang_up()

        proxy.behave = die
        try:
            push(connect(server, proxy.url), release(quads, f"version-{last}"), progress=ignore)
        except EndpointError:
            assert proxy.count > last
            assert content(direct) in (BEFORE, AFTER), f"half a release after {last} requests"
            push(direct, release(quads, f"version-{last}"), progress=ignore)
        else:
            break
        assert content(direct) == goal
        assert staged_lists(direct) == {}
        assert read_lock(direct) is None
    assert last > 15
    assert content(direct) == goal


def test_passing_refusals_are_waited_for(
    server: Server, direct: WritableStore, proxy: Proxy
) -> None:
    def refuse_each_second(handler: Handler, body: bytes, forward: Forward) -> None:
        if proxy.count % 2:
            handler.reply(503, {"Retry-After": "1"}, b"later")
        else:
            handler.reply(*forward(body))

    proxy.behave = refuse_each_second
    push_new(server, proxy)
    assert content(direct) == AFTER


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (401, "it asks who writes"),
        (403, "it asks who writes"),
        (405, "it takes nothing there"),
        (500, "it refused with 500: disk full"),
        (507, "it refused with 507: disk full"),
        (302, "it sends elsewhere: http://example.org/"),
    ],
)
def test_refusals_are_told_and_change_nothing(
    server: Server, direct: WritableStore, proxy: Proxy, status: int, words: str
) -> None:
    def refuse_data(handler: Handler, body: bytes, forward: Forward) -> None:
        if b"INSERT DATA {\n" in body:
            handler.reply(status, {"Location": "http://example.org/"}, b"<p>disk full</p>")
        else:
            handler.reply(*forward(body))

    proxy.behave = refuse_data
    with pytest.raises(EndpointError, match=words):
        push_new(server, proxy)
    assert content(direct) == BEFORE
    assert read_lock(direct) is None


def test_a_read_only_server_is_refused_before_anything(
    server: Server, direct: WritableStore, proxy: Proxy
) -> None:
    def read_only(handler: Handler, body: bytes, forward: Forward) -> None:
        if handler.path.startswith("/query"):
            handler.reply(*forward(body))
        else:
            handler.reply(405, {}, b"read only")

    proxy.behave = read_only
    with pytest.raises(EndpointError, match="nothing can be written there"):
        push_new(server, proxy)


def test_a_server_that_hangs_is_not_waited_for_for_ever(
    server: Server, direct: WritableStore, proxy: Proxy
) -> None:
    store = connect(server, proxy.url)
    store.connection.patience = type(store.connection.patience)(trials=1, timeout=0.2)
    store.connection.close()  # the kept one has the old patience
    proxy.behave = lambda handler, body, forward: time.sleep(0.5)
    with pytest.raises(EndpointError, match=r"did not answer within 0\.2 s"):
        push(store, release(NEW, "new"), progress=ignore)


def test_a_cut_answer_is_no_answer(server: Server, direct: WritableStore, proxy: Proxy) -> None:
    def cut(handler: Handler, body: bytes, forward: Forward) -> None:
        _, headers, answer = forward(body)
        handler.send_response(200)
        handler.send_header("Content-Type", headers["Content-Type"])
        handler.send_header("Content-Length", str(len(answer) + 10))
        handler.end_headers()
        handler.wfile.write(answer)
        handler.close_connection = True

    proxy.behave = cut
    with pytest.raises(EndpointError, match=r"cut short|connection failed"):
        push_new(server, proxy)
    assert content(direct) == BEFORE


@pytest.mark.parametrize("times", [1, 99])
def test_what_is_lost_on_the_way_is_noticed(
    server: Server, direct: WritableStore, proxy: Proxy, times: int
) -> None:
    """The server says yes, but one triple is not there: sent again, else not swapped."""
    left = [times]

    def lose(handler: Handler, body: bytes, forward: Forward) -> None:
        if b'"came"' in body and left[0]:
            left[0] -= 1
            body = body.replace(b'"came"', b'"other"', 1)
        handler.reply(*forward(body))

    proxy.behave = lose
    if times == 1:
        push_new(server, proxy)
        assert content(direct) == AFTER
    else:
        with pytest.raises(EndpointError, match="do not hold what was sent"):
            push_new(server, proxy)
        assert content(direct) == BEFORE


def test_a_swap_that_loses_a_graph_is_noticed(
    server: Server, direct: WritableStore, proxy: Proxy
) -> None:
    def lose(handler: Handler, body: bytes, forward: Forward) -> None:
        lines = body.split(b" ;\n")
        kept = [line for line in lines if b"INSERT { GRAPH <https://example.org/added>" not in line]
        handler.reply(*forward(b" ;\n".join(kept)))

    proxy.behave = lose
    with pytest.raises(EndpointError, match=r"not as they should be, https://example\.org/added"):
        push_new(server, proxy)
    push(direct, release(NEW, "new"), progress=ignore)
    assert content(direct) == AFTER


def test_another_push_at_work_is_not_disturbed(server: Server, direct: WritableStore) -> None:
    until = datetime.now(UTC) + timedelta(minutes=2)
    lock = f'GRAPH <{LOCK}> {{ <{LOCK}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> "%s" }}'
    theirs = str(Held("another", 1, until.replace(microsecond=0)))
    direct.update(f"INSERT DATA {{ {lock % theirs} }}")
    with pytest.raises(EndpointError, match="another push is at work") as caught:
        push(direct, release(NEW, "new"), progress=ignore)
    assert "its lock ends in 1" in (caught.value.remedy or "")
    assert str(read_lock(direct)) == theirs
    assert make_plan(direct, release(NEW, "new")).of("add")  # looking is allowed
    ended = str(Held("another", 1, datetime(2020, 1, 1, tzinfo=UTC)))
    direct.update(f"DELETE DATA {{ {lock % theirs} }} ; INSERT DATA {{ {lock % ended} }}")
    push(direct, release(NEW, "new"), progress=ignore)
    assert read_lock(direct) is None


def test_of_two_that_begin_at_once_one_goes_on(server: Server, direct: WritableStore) -> None:
    """Both have seen that nobody holds the lock; the slower one finds it taken."""
    one, other = Lock(direct), Lock(connect(server))
    one._set("", datetime.now(UTC))
    held = read_lock(direct)
    with pytest.raises(EndpointError, match="another push is at work"):
        other._set("", datetime.now(UTC) + timedelta(minutes=1))
    assert read_lock(direct) == held
    one.release()


def test_a_broken_upload_goes_on_where_it_was(
    server: Server, direct: WritableStore, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging_module, "BATCH", 5)
    sent: list[int] = []

    def count(handler: Handler, body: bytes, forward: Forward) -> None:
        if b"INSERT DATA {\n" in body:
            sent.append(body.count(b" .\n"))
            if len(sent) == 9:
                handler.hang_up()
                return
        handler.reply(*forward(body))

    proxy.behave = count
    store = connect(server, proxy.url)
    store.connection.patience = type(store.connection.patience)(trials=1, timeout=5)
    with pytest.raises(EndpointError):
        push(store, release(NEW, "new"), progress=ignore)
    assert sent == [5] * 9
    push(store, release(NEW, "new"), progress=ignore)
    everything = sum(sent) - 5  # the ninth did not arrive
    changed = 35 + 6 + 5
    listing = 5 * 3 + 9
    assert everything == changed + listing
    assert content(direct) == AFTER


PROGRAM = """
import sys
from stikg.publishing.push import push
from stikg.publishing.push import staging
from stikg.store.writing import Connection, WritableStore, find_places
from tests.publishing.pushing import NEW, OLD, ignore, release
staging.BATCH = 5
print("ready", flush=True)
sys.stdin.readline()
with Connection(sys.argv[1]) as connection:
    store = WritableStore(connection, find_places(connection))
    push(store, release(NEW if sys.argv[2] == "new" else OLD, sys.argv[2]), progress=ignore)
"""


@pytest.mark.timeout(300 + 30 * KILLS)
def test_pushes_killed_at_any_moment(server: Server, direct: WritableStore, root: Path) -> None:
    moments = random.Random(7)
    versions = itertools.cycle(["new", "old"])
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    for _ in range(KILLS):
        version = next(versions)
        command = [sys.executable, "-c", PROGRAM, server.query, version]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        ) as process:
            assert process.stdin is not None and process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            process.stdin.write(b"go\n")
            process.stdin.flush()
            time.sleep(moments.uniform(0.0, 0.25))
            process.kill()
        assert content(direct) in (BEFORE, AFTER)
        wanted = release(NEW if version == "new" else OLD, version)
        push(direct, wanted, progress=ignore)
        assert content(direct) == (AFTER if version == "new" else BEFORE)
        published = read_published(direct)
        assert published is not None
        assert published.version == version
        assert staged_lists(direct) == {}
