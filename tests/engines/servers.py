"""Real SPARQL servers: each a process of its own on the loopback interface, in a folder of a test.

``start_virtuoso``, ``start_fuseki`` and ``start_oxigraph`` give a server that is empty, or that
holds the N-Quads of a file; ``start_own`` serves a compiled dataset by this project's own endpoint.
The fixtures ``virtuoso``, ``fuseki``, ``oxigraph_server`` and ``own_endpoint`` hold the dataset of
the checkout. A server that is not installed skips the tests that ask for it, by name.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

import stikg
from stikg.dataset import Dataset
from stikg.store.confinement import end_with_parent
from stikg.store.dialects import VIRTUOSO_DEFAULT_GRAPH

HERE: Final = Path(__file__).resolve().parent
HOST: Final = "127.0.0.1"
JARS: Final = Path(sys.prefix) / "java"
"""Where the Makefile puts what comes from Maven."""

QUICK_JAVA: Final = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Java for a short life: one compiler, which makes no code for the long run."""

LOADED: Final = "loaded"
"""What a folder has when its server has loaded the file: it is not loaded again."""

FUSEKI: Final = "org.apache.jena.fuseki.main.cmds.FusekiServerCmd"

PATIENCE: Final = 120
"""Seconds after which a server that does not answer has failed; it starts in two to ten."""


@dataclass(frozen=True)
class Server:
    """A server that runs: where it is asked, where it is changed, and by whom.

    ``update`` takes SPARQL Update, ``graphs`` the Graph Store Protocol; both are empty for a server
    that is only read. Virtuoso asks who writes, by digest.
    """

    name: str
    query: str
    update: str = ""
    graphs: str = ""
    user: str = ""
    password: str = ""
    log: Path = Path(os.devnull)
    process: int = 0


@contextmanager
def start_virtuoso(
    folder: Path,
    *,
    data: Path | None = None,
    most_rows: int | None = None,
    buffers: int = 20_000,
) -> Iterator[Server]:
    """Run Virtuoso in a folder; ``most_rows`` is its ResultSetMaxRows, ``buffers`` its pages.

    What the file has in the default graph goes into ``VIRTUOSO_DEFAULT_GRAPH``: Virtuoso has no
    default graph of its own. Writing is for the user dba, whose password is dba.
    """
    program = _program(
        "virtuoso-t", "apt-get install --no-install-recommends virtuoso-opensource-7-bin"
    )
    folder.mkdir(parents=True, exist_ok=True)
    port, sql_port = free_ports(2)
    rows = "" if most_rows is None else f"ResultSetMaxRows = {most_rows}"
    text = (HERE / "virtuoso.ini").read_text(encoding="utf-8")
    settings = folder / "virtuoso.ini"
    (folder / "virtuoso.lck").unlink(missing_ok=True)  # of one that was killed
    text = text.format(
        port=port, sql_port=sql_port, rows=rows, buffers=buffers, dirty=buffers * 3 // 5
    )
    settings.write_text(text, encoding="utf-8")
    url = f"http://{HOST}:{port}"
    with _running([program, "+foreground", "+configfile", str(settings)], folder) as (process, log):
        _wait(f"{url}/sparql", process, log)
        if data is not None and not (folder / LOADED).exists():
            (folder / "data.nq").symlink_to(data.resolve())
            _bulk_load(f"{HOST}:{sql_port}", folder)
            (folder / LOADED).touch()
        yield Server(
            "virtuoso",
            query=f"{url}/sparql",
            update=f"{url}/sparql-auth",
            graphs=f"{url}/sparql-graph-crud-auth",
            user="dba",
            password="dba",
            log=log,
            process=process.pid,
        )


@contextmanager
def start_fuseki(
    folder: Path, *, data: Path | None = None, java: Sequence[str] = QUICK_JAVA
) -> Iterator[Server]:
    """Run Apache Jena Fuseki with a dataset that everybody may change: in memory, or as TDB2.

    In memory it takes minutes for some joins of the dataset; TDB2 orders them by its statistics.
    """
    program = _program("java", "a Java 17 runtime")
    jar = next(iter(sorted(JARS.glob("jena-fuseki-server-*.jar"), reverse=True)), None)
    if jar is None:
        pytest.skip("Fuseki is not installed: make fuseki fetches its jar")
    folder.mkdir(parents=True, exist_ok=True)
    (port,) = free_ports(1)
    run = [program, *java, "-cp", str(jar)]
    kept = ["--mem"] if data is None else ["--tdb2", f"--loc={_tdb2(run, folder, data)}"]
    options = ["--localhost", f"--port={port}", "--update", *kept, "/ds"]
    url = f"http://{HOST}:{port}/ds"
    with _running([*run, FUSEKI, *options], folder) as (process, log):
        _wait(f"{url}/query", process, log)
        yield Server(
            "fuseki",
            query=f"{url}/query",
            update=f"{url}/update",
            graphs=f"{url}/data",
            log=log,
            process=process.pid,
        )


@contextmanager
def start_oxigraph(folder: Path, *, data: Path | None = None) -> Iterator[Server]:
    """Run the oxigraph server on a store in a folder, which everybody may change."""
    program = _program(str(Path(sys.executable).with_name("oxigraph")), "pip install oxigraph")
    folder.mkdir(parents=True, exist_ok=True)
    store = str(folder / "store")
    if data is not None:
        loading = [program, "load", "--location", store, "--file", str(data)]
        subprocess.run(loading, check=True, capture_output=True)
    (port,) = free_ports(1)
    command = [program, "serve", "--location", store, "--bind", f"{HOST}:{port}"]
    url = f"http://{HOST}:{port}"
    with _running(command, folder) as (process, log):
        _wait(f"{url}/query", process, log)
        yield Server(
            "oxigraph",
            query=f"{url}/query",
            update=f"{url}/update",
            graphs=f"{url}/store",
            log=log,
            process=process.pid,
        )


@contextmanager
def start_own(folder: Path, *, root: Path) -> Iterator[Server]:
    """Run ``stikg serve`` on the compiled dataset of a folder of stikg."""
    folder.mkdir(parents=True, exist_ok=True)
    (port,) = free_ports(1)
    serving = [sys.executable, "-m", "stikg.cli", "--folder", str(root), "serve", "--timeout=250"]
    url = f"http://{HOST}:{port}/sparql"
    command = [*serving, "--port", str(port)]
    with _running(command, folder, end=subprocess.Popen.terminate) as (process, log):
        _wait(url, process, log)
        yield Server("own", query=url, log=log, process=process.pid)


def free_ports(count: int) -> list[int]:
    """Return ports of the loopback interface that nobody listens on."""
    sockets = [socket.create_server((HOST, 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@pytest.fixture(scope="session")
def quads_file(real_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the dataset of the checkout as N-Quads."""
    path = tmp_path_factory.mktemp("quads") / "stikg.nq"
    with path.open("w", encoding="utf-8") as file:
        for *triple, graph in real_dataset.store.quads():
            terms = triple if graph is None else [*triple, graph]
            file.write(" ".join(term.n3() for term in terms) + " .\n")
    return path


@pytest.fixture(scope="session")
def virtuoso(quads_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a Virtuoso with the dataset of the checkout."""
    with start_virtuoso(tmp_path_factory.mktemp("virtuoso"), data=quads_file) as server:
        yield server


@pytest.fixture(scope="session")
def fuseki(quads_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a Fuseki with the dataset of the checkout."""
    with start_fuseki(tmp_path_factory.mktemp("fuseki"), data=quads_file) as server:
        yield server


@pytest.fixture(scope="session")
def oxigraph_server(quads_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return an oxigraph server with the dataset of the checkout."""
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph"), data=quads_file) as server:
        yield server


@pytest.fixture(scope="session")
def own_endpoint(
    real_dataset: Dataset, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Return this project's own endpoint with the dataset of the checkout."""
    assert real_dataset.store_folder is not None  # what is served is compiled
    with start_own(tmp_path_factory.mktemp("own"), root=root) as server:
        yield server


def _program(name: str, remedy: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{Path(name).name} is not installed: {remedy}")
    return found


@contextmanager
def _running(
    command: list[str],
    folder: Path,
    *,
    end: Callable[[subprocess.Popen[bytes]], None] = subprocess.Popen.kill,
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Run a server until the block ends, however it ends, and also if this process is killed."""
    log = folder / "log"
    source = str(Path(stikg.__file__).parents[1])
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": source},
            preexec_fn=end_with_parent,
        )
    try:
        yield process, log
    finally:
        end(process)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers a query."""
    question = f"{url}?{urllib.parse.urlencode({'query': 'ASK { }'})}"
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(question, timeout=5):
                return
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            pass
        time.sleep(0.05)
    said = re.sub(r"\s+", " ", log.read_text(encoding="utf-8", errors="replace"))
    pytest.fail(f"{Path(str(process.args[0])).name} did not start: {said[-2000:]}")  # type: ignore[index]


def _tdb2(run: list[str], folder: Path, data: Path) -> Path:
    """Return a database of TDB2 that holds the quads of a file, with its statistics."""
    database = folder / "tdb2"
    if (folder / LOADED).exists():
        return database
    _finish([*run, "tdb2.tdbloader", "--loader=phased", f"--loc={database}", str(data)])
    statistics = _finish([*run, "tdb2.tdbstats", f"--loc={database}"])
    (database / "Data-0001" / "stats.opt").write_bytes(statistics)
    (folder / LOADED).touch()
    return database


def _finish(command: list[str]) -> bytes:
    """Run a program of the server to its end, and return what it says."""
    run = subprocess.run(command, capture_output=True)
    if run.returncode:
        pytest.fail(f"{' '.join(command[-3:])}: {run.stderr.decode('utf-8', 'replace')[-2000:]}")
    return run.stdout


def _bulk_load(address: str, folder: Path) -> None:
    """Load data.nq of a folder by Virtuoso's own bulk loader, and see that it took every line."""
    isql = _program("isql-vt", "it comes with virtuoso-opensource-7-bin")
    orders = (
        f"log_enable(2); ld_dir('.', 'data.nq', '{VIRTUOSO_DEFAULT_GRAPH}'); rdf_loader_run();"
        " SELECT ll_error FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL OR ll_state <> 2;"
        " checkpoint;"
    )
    command = [isql, address, "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", f"EXEC={orders}"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if run.returncode or "Error" in run.stdout + run.stderr:
        pytest.fail(f"Virtuoso did not load: {run.stdout} {run.stderr}")
