"""``stikg load`` against pyoxigraph's own bulk loader, on the same file, in turn.

python benchmarks/loading.py FILE.nq [REPETITIONS]
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from measuring import python

_THEIRS: Final = """
import pyoxigraph, sys
store = pyoxigraph.Store(sys.argv[2])
store.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)
store.flush()
"""
_OURS: Final = """
import sys
from stikg.cli import main
main(["load", sys.argv[1], "--store", sys.argv[2], "--quiet"])
"""


def main() -> None:
    """Print the medians of both, the processor's time, the most memory, and the ratio of rates."""
    data = Path(sys.argv[1])
    repetitions = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    taken: dict[str, list[tuple[float, float]]] = {"pyoxigraph": [], "stikg load": []}
    for _ in range(repetitions):
        for name, code in (("pyoxigraph", _THEIRS), ("stikg load", _OURS)):
            taken[name].append(_time(code, data))
    for name, times in taken.items():
        elapsed = statistics.median(each for each, _ in times)
        processor = statistics.median(each for _, each in times)
        print(f"{name}: {elapsed:.1f} s, processor {processor:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    theirs, ours = (statistics.median(e for e, _ in times) for times in taken.values())
    print(
        f"rate of stikg load: {theirs / ours:.2f} × pyoxigraph's; at most {peak:.0f} MiB of either"
    )


def _time(code: str, data: Path) -> tuple[float, float]:
    with tempfile.TemporaryDirectory(dir=data.parent) as folder:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.perf_counter()
        command = python("-c", code, str(data.resolve()), str(Path(folder, "store")))
        subprocess.run(command, check=True)
        elapsed = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return elapsed, used


if __name__ == "__main__":
    main()
