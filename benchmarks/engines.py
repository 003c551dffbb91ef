"""Every question, network and check on every engine, at every size that it can hold.

    python benchmarks/engines.py --sizes 1e4,1e6 [--engines memory,disk,rdflib,virtuoso,fuseki]
    python benchmarks/engines.py --page                   # docs/benchmarks.md of what is kept

Graphs are generated (``generating.py``). Results are kept as lines of JSON, so that sizes may be
run one by one, and a run that was broken off goes on where it was: what is kept is not measured
again but with ``--again``. An engine is a process of its own; it is killed when a query takes
longer than ``--timeout`` seconds, and started again for the next; one that holds all in memory
answers in copies of itself instead. What took more than half of that at a smaller size is not asked
at a larger one. Rows are compared between the engines.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from asking import Asked, digest_of, measures
from opening import ENGINES, Opened
from report import write_page

ROOT: Final = Path(__file__).resolve().parents[1]
KEPT: Final = ROOT / "benchmarks" / ".results" / "engines.jsonl"
_GRACE: Final = 1.0


@dataclass(frozen=True)
class Run:
    """What is asked of this run."""

    folder: Path
    timeout: float
    repetitions: int
    loading: float


def main() -> None:
    """Measure what is not kept yet, and write the page."""
    given = _arguments()
    if not given.page:
        run = Run(given.folder, given.timeout, given.repetitions, given.loading)
        for size in given.sizes.split(","):
            known = {} if given.again else _known()
            for engine in given.engines.split(","):
                if float(size) <= ENGINES[engine].most:
                    done = set(known.get((size, engine), ()))
                    _measure(run, size, engine, done | _leave_out(run, size, engine, done))
    write_page(ROOT, _records())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", default="1e4,1e6,1e7", help="quads, with commas between them")
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--folder", type=Path, default=Path("/tmp/stikg-engines"))
    parser.add_argument("--timeout", type=float, default=60, help="seconds of the longest query")
    parser.add_argument("--loading", type=float, default=1800, help="seconds of the longest load")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--again", action="store_true", help="measure what is kept, too")
    parser.add_argument("--page", action="store_true", help="write docs/benchmarks.md, no more")
    return parser.parse_args()


def _measure(run: Run, size: str, engine: str, known: set[str]) -> None:
    """Measure one engine at one size, in processes that may be killed."""
    folder = run.folder / size
    folder.mkdir(parents=True, exist_ok=True)
    data = _graph(folder, size)
    failures = 0
    while True:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=_work, args=(theirs, engine, folder, data, run, sorted(known))
        )
        process.start()
        theirs.close()
        cut = _listen(run, ours, size, engine, known)
        if process.is_alive() and cut:
            process.kill()
        process.join()
        failures += cut == "load"
        if cut is None or failures > 2 or (failures and "load" not in known):
            return  # what cannot be opened cannot be asked
        known.add(cut)


def _listen(run: Run, pipe: Connection, size: str, engine: str, known: set[str]) -> str | None:
    """Keep what a process says; return the measure that it took too long for or died in."""
    now, limit = "load", run.loading
    while True:
        try:
            if not pipe.poll(limit):
                _keep(
                    size,
                    engine,
                    now,
                    {"cut": _too_long(run.loading if now == "load" else run.timeout)},
                )
                return now
            message = pipe.recv()
        except EOFError:
            if now not in known:
                _keep(size, engine, now, {"cut": "the process ended"})
            return now
        if message is None:
            return None
        now, found = message
        if found is None:
            limit = run.loading if now == "load" else run.timeout + _GRACE
        else:
            _keep(size, engine, now, found)
            known.add(now)
            limit = run.loading


def _work(
    pipe: Connection, engine: str, folder: Path, data: Path, run: Run, known: list[str]
) -> None:
    """Load, open and ask, and say of each what it took."""
    with ExitStack() as closing:
        pipe.send(("load", None))
        opened = ENGINES[engine].start(folder, data, closing)
        if "load" not in known:
            pipe.send(("load", {"seconds": opened.loading}))
            pipe.send(("open", {"seconds": opened.opening}))
            pipe.send(("disk", {"bytes": opened.disk}))
        most = 0
        for asked in measures(opened.dataset):
            if asked.name in known:
                continue
            if ENGINES[engine].copied:
                found, memory = _in_copy(asked, opened, run)
                most = max(most, memory)
                pipe.send((asked.name, found))
            else:
                pipe.send((asked.name, None))
                pipe.send((asked.name, _take(asked, run)))
        if "memory" not in known:
            pipe.send(("memory", {"bytes": max(most, opened.memory())}))
        pipe.send(None)


def _in_copy(asked: Asked, opened: Opened, run: Run) -> tuple[dict[str, Any], int]:
    """Take a measure in a copy of this process, which may be killed; return its memory too."""
    ours, theirs = multiprocessing.Pipe()
    copy = os.fork()
    if not copy:
        theirs.send((_take(asked, run), opened.memory()))
        os._exit(0)
    theirs.close()
    found: tuple[dict[str, Any], int] = {"cut": _too_long(run.timeout)}, 0
    if ours.poll(run.timeout + _GRACE):
        try:
            found = ours.recv()
        except EOFError:
            found = {"cut": "the process ended"}, 0
    os.kill(copy, signal.SIGKILL)
    os.waitpid(copy, 0)
    return found


def _take(asked: Asked, run: Run) -> dict[str, Any]:
    """Return the first time, the median of the next, and what the rows are."""
    try:
        began = time.perf_counter()
        rows = asked.ask()
        first = time.perf_counter() - began
    except Exception as problem:  # an engine that refuses is a result
        return {"cut": str(problem).splitlines()[0][:200]}
    times: list[float] = []
    while len(times) < run.repetitions and sum(times) + first < run.timeout:
        began = time.perf_counter()
        asked.ask()
        times.append(time.perf_counter() - began)
    seconds = statistics.median(times) if times else first
    if seconds > run.timeout:
        return {"cut": _too_long(run.timeout)}
    return {"first": first, "seconds": seconds, "rows": len(rows), "digest": digest_of(rows)}


def _leave_out(run: Run, size: str, engine: str, done: set[str]) -> set[str]:
    """Keep that a measure is not asked which took too long at a smaller size, and return which."""
    slow = {
        record["measure"]
        for record in _records()
        if record["engine"] == engine
        and float(record["size"]) < float(size)
        and record["measure"].partition(":")[0]
        in ("question", "whole", "network", "check", "validation")
        and (
            str(record.get("cut")).startswith("more than")
            or record.get("seconds", 0) > run.timeout / 2
        )
    }
    for measure in sorted(slow - done):
        _keep(size, engine, measure, {"cut": "not asked"})
    return slow


def _too_long(seconds: float) -> str:
    return f"more than {seconds:g} s"


def _graph(folder: Path, size: str) -> Path:
    path = folder / "graph.nq"
    if not path.exists():
        part = path.with_suffix(".part")
        script = Path(__file__).with_name("generating.py")
        subprocess.run([sys.executable, str(script), size, "--output", str(part)], check=True)
        part.rename(path)
    return path


def _keep(size: str, engine: str, measure: str, found: Mapping[str, Any]) -> None:
    record = {"size": size, "engine": engine, "measure": measure, **found}
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(record) + "\n")
    print(json.dumps(record), flush=True)


def _records() -> list[dict[str, Any]]:
    if not KEPT.exists():
        return []
    lines = KEPT.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _known() -> dict[tuple[str, str], list[str]]:
    known: dict[tuple[str, str], list[str]] = {}
    for record in _records():
        known.setdefault((record["size"], record["engine"]), []).append(record["measure"])
    return known


if __name__ == "__main__":
    main()
