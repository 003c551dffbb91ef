"""Requests to our server, and to others over the same statements, in turn.

``python benchmarks/serving.py`` starts each server that is installed on this dataset, exported as
N-Quads, asks them in rounds that take turns, 8 connections at once, and prints the median of each.
wrk asks if it is installed, else a client here, which takes time of the same processors itself.
Peers: rdflib-endpoint with the stores of rdflib and oxrdflib, oxigraph (the package of that name
has its server), and a bare route of Starlette that evaluates inline, without any limit.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from http.client import HTTPConnection
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import stikg
from stikg.terms import PREFIXES

CONNECTIONS, SECONDS, ROUNDS = 8, 3, 3
SMALL = (
    f"PREFIX sti: <{PREFIXES['sti']}> SELECT ?s ?l "
    "{ ?s a sti:FundingAgency ; sti:label ?l } ORDER BY ?l"
)
CANNED, PARAMETERS = "country-technology-links", {"territory": "Japan"}
JSON = "application/sparql-results+json"
SCRIPT = """
local n = %d
request = function()
  n = n + 1
  return wrk.format("GET", (string.gsub("%s", "COUNT", n)), {["Accept"] = "%s"})
end
done = function(summary, latency, requests)
  local e = summary.errors
  print(string.format("RESULT %%f %%f %%f %%d", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


class Load(NamedTuple):
    """Requests a second, milliseconds of the median and of the 95th percentile."""

    rate: float
    median: float
    late: float


class Server(NamedTuple):
    """A server that runs: its port, the path of SPARQL, seconds to its first answer."""

    name: str
    port: int
    path: str
    started: float
    process: subprocess.Popen[bytes]


def main() -> None:
    """Measure every server that is installed."""
    dataset = stikg.open()
    text = dataset.bound(dataset.queries.get(CANNED), PARAMETERS)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        data = Path(folder) / "data.nq"
        export = [sys.executable, "-m", "stikg.cli", "export", "--output", str(data)]
        subprocess.run(export, check=True, capture_output=True)
        servers = [stack.enter_context(running(*peer)) for peer in _peers(Path(folder), data)]
        for server in servers:
            print(f"{server.name:<26} first answer after {server.started:6.2f} s"
                  f"   resident {_resident(server.process.pid):5.0f} MiB")  # fmt: skip
        every = f"{SMALL} # COUNT"
        _compare("a small SELECT, another each time", servers, lambda s: _sparql(s, every))
        _compare("the same small SELECT", servers, lambda s: _sparql(s, SMALL))
        _compare(f"{CANNED} of Japan", servers, lambda s: _canned(s, text))


def _peers(folder: Path, data: Path) -> Iterator[tuple[str, Sequence[str], str]]:
    """Yield name, command and path of each server; say which are not installed."""
    here = [sys.executable, str(Path(__file__).resolve())]
    yield "stikg", [sys.executable, "-m", "stikg.cli", "serve", "--port", "PORT"], "/sparql"
    yield "bare Starlette, inline", [*here, "bare", str(data), "PORT"], "/sparql"
    for name, store, needed in (
        ("rdflib-endpoint", "default", ["rdflib_endpoint"]),
        ("rdflib-endpoint, oxrdflib", "Oxigraph", ["rdflib_endpoint", "oxrdflib"]),
    ):
        if missing := [module for module in needed if find_spec(module) is None]:
            print(f"not measured: {name}; pip install {' '.join(missing).replace('_', '-')}")
        else:
            yield name, [*here, store, str(data), "PORT"], "/"
    beside = Path(sys.executable).with_name("oxigraph")
    program = str(beside) if beside.exists() else shutil.which("oxigraph")
    if program is None:
        print("not measured: oxigraph; pip install oxigraph")
        return
    store = str(folder / "oxigraph")
    load = [program, "load", "--location", store, "--file", str(data)]
    subprocess.run(load, check=True, capture_output=True)
    serve = [program, "serve-read-only", "--location", store, "--bind", "127.0.0.1:PORT"]
    yield "oxigraph", serve, "/query"


@contextlib.contextmanager
def running(name: str, command: Sequence[str], path: str) -> Iterator[Server]:
    """Run a server until it is no longer needed; it is there when it has answered."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    process = subprocess.Popen(
        [part.replace("PORT", str(port)) for part in command],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not _answers(port, path):
            if process.poll() is not None or time.perf_counter() - began > 120:
                sys.exit(f"{name} does not start")
            time.sleep(0.02)
        yield Server(name, port, path, time.perf_counter() - began, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", f"{path}?{urlencode({'query': SMALL})}", headers={"Accept": JSON})
        response = connection.getresponse()
        rows = json.loads(response.read())["results"]["bindings"]
    except (OSError, ValueError):
        return False
    finally:
        connection.close()
    if not rows:
        sys.exit(f"port {port} answers, but has no agencies")
    return True


def _sparql(server: Server, query: str) -> str:
    return f"{server.path}?query={quote(query, safe='')}"


def _canned(server: Server, text: str) -> str:
    """Return the address of the canned query; others are asked its SPARQL text."""
    if server.name == "stikg":
        return f"/queries/{CANNED}.json?{urlencode(PARAMETERS)}"
    return _sparql(server, text)


def _compare(title: str, servers: list[Server], address: Callable[[Server], str]) -> None:
    """Load the servers in turn, and print the medians and their ratios to the first."""
    loads: dict[str, list[Load]] = {server.name: [] for server in servers}
    for number in range(ROUNDS):
        for server in servers:
            loads[server.name].append(_load(server, address(server), number))
    print(f"\n{title}: {CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS} s")
    ours = statistics.median(load.rate for load in loads["stikg"])
    for name, measured in loads.items():
        rate, median, late = (statistics.median(column) for column in zip(*measured, strict=True))
        times = f"{ours / rate:6.2f} ×" if rate else "no peer: it answered none in time"
        print(f"  {name:<26}{rate:9.1f} requests/s   p50 {median:8.2f} ms   p95 {late:8.2f} ms"
              f"   stikg has {times}")  # fmt: skip


def _load(server: Server, path: str, number: int) -> Load:
    first = number * 1_000_000
    if shutil.which("wrk") is None:
        return asyncio.run(_ask_for_a_while(server, path, first))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT % (first, path, JSON))
        script.flush()
        run = subprocess.run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "30s",
             "-s", script.name, f"http://127.0.0.1:{server.port}"],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    found = next(line for line in run.stdout.splitlines() if line.startswith("RESULT"))
    *numbers, errors = map(float, found.split()[1:])
    if errors:
        sys.exit(f"{server.name}: {errors:.0f} requests failed")
    return Load(*numbers)


async def _ask_for_a_while(server: Server, path: str, first: int) -> Load:
    """Ask on all connections until the time is over; a failure is not a fast answer."""
    until, taken, count = time.perf_counter() + SECONDS, list[float](), iter(range(first, 1 << 40))

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        while time.perf_counter() < until:
            began, target = time.perf_counter(), path.replace("COUNT", str(next(count)))
            head = f"GET {target} HTTP/1.1\r\nHost: localhost\r\nAccept: {JSON}\r\n\r\n"
            writer.write(head.encode())
            answer = (await reader.readuntil(b"\r\n\r\n")).lower()
            if b" 200 " not in answer[:20]:
                sys.exit(f"{server.name}: {answer[:100]!r}")
            if b"content-length:" in answer:
                await reader.readexactly(int(answer.partition(b"content-length:")[2].split()[0]))
            else:
                while size := int((await reader.readline()).strip(), 16):
                    await reader.readexactly(size + 2)
                await reader.readline()
            taken.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    hundredths = statistics.quantiles(taken, n=100)
    rate = len(taken) / (time.perf_counter() - began)
    return Load(rate, 1000 * hundredths[49], 1000 * hundredths[94])


def _resident(process: int) -> float:
    """Return the resident MiB of a process and those that it started."""
    total, waiting = 0, [process]
    while waiting:
        number = waiting.pop()
        with contextlib.suppress(OSError):
            pages = Path(f"/proc/{number}/statm").read_text(encoding="ascii").split()[1]
            total += int(pages) * 4096
            for children in Path(f"/proc/{number}/task").glob("*/children"):
                waiting += map(int, children.read_text(encoding="ascii").split())
    return total / (1 << 20)


def serve_peer(kind: str, data: str, port: int) -> None:
    """Serve N-Quads as a peer does, in this process."""
    import uvicorn

    app: Any = _bare(data) if kind == "bare" else _rdflib_endpoint(kind, data)
    uvicorn.run(app, port=port, log_level="critical", access_log=False)


def _bare(data: str) -> object:
    """Return an application that evaluates inline what it is asked, and knows nothing else."""
    import pyoxigraph
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    store = pyoxigraph.Store()
    store.bulk_load(path=data, format=pyoxigraph.RdfFormat.N_QUADS)

    async def answer(request: Request) -> Response:
        found = store.query(request.query_params["query"])
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)  # type: ignore[union-attr]
        return Response(body, media_type=JSON)

    return Starlette(routes=[Route("/sparql", answer)])


def _rdflib_endpoint(store: str, data: str) -> object:
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint

    graph = Dataset(store=store)
    graph.parse(data, format="nquads")
    return SparqlEndpoint(graph=graph)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        serve_peer(sys.argv[1], sys.argv[2], int(sys.argv[3]))
    else:
        main()
