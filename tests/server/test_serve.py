"""The command: what it says, what it answers, how it ends."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from stikg.building import build
from stikg.server.settings import Settings
from stikg.store.snapshot import PREFIX
from tests.fixtures.folders import THINGS, Folder, copy_tiny
from tests.server.conftest import KILLER, serving


def test_it_says_where_it_is_and_answers_there(compiled: Folder, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(compiled, log=log) as (url, process):
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", url)
        health = httpx2.get(f"{url}health").json()
        assert (health["status"], health["workers"]) == ("ok", 2)
        version = httpx2.get(f"{url}version").json()
        assert version["stikg"] == "0.1.0"
        assert re.fullmatch("[0-9a-f]{64}", version["canonicalHash"])
        httpx2.get(f"{url}nothing%0A%7B%22a%22")
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) == 0
    _, *access = log.read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in access]
    assert [line["path"] for line in lines] == ["/health", "/version", '/nothing\n{"a"']
    assert [line["status"] for line in lines] == [200, 200, 400]
    assert set(lines[0]) == {"time", "client", "method", "path", "status", "bytes", "milliseconds"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_what_it_began_and_leaves_nothing(
    compiled: Folder, number: int, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with serving(compiled, "--timeout", "4", log=log) as (url, process):
        results: list[int] = []

        def ask() -> None:
            response = httpx2.get(f"{url}sparql?query={quote(KILLER)}", timeout=30)
            results.append(response.status_code)

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(1.5)
        workers = subprocess.run(
            ["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True
        ).stdout.split()
        process.send_signal(number)
        process.wait(timeout=30)
        asking.join()
    assert (process.returncode, results) == (0, [503])
    assert "Traceback" not in log.read_text(encoding="utf-8")
    assert len(workers) == 2
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="only there it ends with its parent")
def test_workers_do_not_outlive_a_server_that_is_killed(compiled: Folder) -> None:
    with serving(compiled) as (url, process):
        with socket.create_connection(("127.0.0.1", int(url[:-1].rpartition(":")[2]))) as client:
            query = quote(KILLER)
            client.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
            time.sleep(0.5)
            workers = subprocess.run(
                ["ps", "--ppid", str(process.pid), "-o", "pid="], capture_output=True, text=True
            ).stdout.split()
            process.kill()
            process.wait()
        until = time.monotonic() + 20
        while [worker for worker in workers if runs(worker)]:
            assert time.monotonic() < until
            time.sleep(0.05)


def test_builds_beside_it_change_nothing_for_a_server(tmp_path: Path) -> None:
    """A worker that is started after three builds still finds what the server began with."""
    folder = copy_tiny(tmp_path / "tiny")
    build(folder.layout)
    old = folder.layout.current()
    query = "SELECT ?l { programme:rockets sti:label ?l }"
    with serving(folder, "--workers", "1") as (url, process):
        before = httpx2.get(f"{url}version").json()
        for name in ("One", "Two", "Three"):
            folder.append(THINGS, f'\nprogramme:rockets skos:altLabel "Rockets {name}"@en .\n')
            build(folder.layout)
        shutil.rmtree(old, ignore_errors=True)  # where nothing can be locked, a build removes it
        assert folder.layout.current().name != before["dataset"]
        (worker,) = children(process)
        os.kill(worker, signal.SIGKILL)
        httpx2.get(f"{url}sparql", params={"query": f"{query} # in vain"})
        answer = httpx2.get(f"{url}sparql", params={"query": query}, timeout=60)
        assert [row["l"]["value"] for row in answer.json()["results"]["bindings"]] == [
            "Rocket Programme"
        ]
        assert children(process) != [worker]
        assert httpx2.get(f"{url}version").json() == before
        names = httpx2.get(f"{url}search", params={"q": "Rockets"}).json()["hits"]
        assert "Rockets Three" not in {hit["matched"] for hit in names}
        export = httpx2.get(f"{url}downloads/stikg.nt", timeout=60).text
        assert "Rocket Programme" in export and "Rockets One" not in export
        assert list(folder.layout.build.glob(f"{PREFIX}*"))
    assert list(folder.layout.build.glob(f"{PREFIX}*")) == []


def test_what_a_killed_server_leaves_is_swept_by_the_next(tmp_path: Path) -> None:
    folder = copy_tiny(tmp_path / "tiny")
    build(folder.layout)
    with serving(folder) as (_, process):
        process.kill()
        process.wait()
        (left,) = folder.layout.build.glob(f"{PREFIX}*")
        with serving(folder):
            assert left not in set(folder.layout.build.glob(f"{PREFIX}*"))


def children(process: subprocess.Popen[bytes]) -> list[int]:
    """Return the processes that a process has started."""
    command = ["ps", "--ppid", str(process.pid), "-o", "pid="]
    return [int(word) for word in subprocess.check_output(command, text=True).split()]


def runs(process: str) -> bool:
    """Tell whether a process runs; one that waits to be buried does not."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_its_log_does_not_stop_it(compiled: Folder) -> None:
    """The access log of a thousand requests is more than a pipe holds."""
    with serving(compiled) as (url, _), httpx2.Client() as client:
        assert {client.get(f"{url}{'x' * 100}").status_code for _ in range(600)} == {404}


def test_off_loopback_is_said(compiled: Folder) -> None:
    with serving(compiled, "--host", "0.0.0.0") as (url, _):
        assert url.startswith("http://0.0.0.0:")
        port = url[:-1].rpartition(":")[2]
        assert httpx2.get(f"http://127.0.0.1:{port}/health").status_code == 200
    command = [sys.executable, "-m", "stikg.cli", "--folder", str(compiled.root), "serve"]
    taken = socket.create_server(("127.0.0.1", 0))
    with taken:
        port = str(taken.getsockname()[1])
        run = subprocess.run([*command, "--port", port], capture_output=True, text=True)
    assert run.returncode == 2
    assert f"127.0.0.1:{port}: cannot listen there" in run.stderr


@pytest.mark.parametrize(
    ("host", "local"),
    [("127.0.0.1", True), ("127.1.2.3", True), ("::1", True), ("localhost", True),
     ("0.0.0.0", False), ("::", False), ("10.0.0.1", False)],
)  # fmt: skip
def test_what_is_this_machine(host: str, local: bool) -> None:
    assert Settings(host=host).is_local is local
