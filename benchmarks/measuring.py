"""Times taken in one run, side by side, so that their ratio means something.

Of each thing measured the median of the elapsed time is given, and the mean of the processor's time
(user and system): on a machine that others use, too, the second is the steadier.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


class Times(NamedTuple):
    """Milliseconds: the median elapsed, and the mean of the processor's."""

    elapsed: float
    processor: float


def time_commands(
    commands: Mapping[str, Sequence[str]], *, repetitions: int = 15
) -> dict[str, Times]:
    """Time commands, taken in turn; a first round does not count.

    All find the byte code of their modules, as pip leaves it, whatever this shell says of it: the
    first round writes it to a folder of its own.

    :raises subprocess.CalledProcessError: if a command fails: a failure is not a fast answer.
    """
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def run(command: Sequence[str]) -> object:
            return subprocess.run(command, check=True, capture_output=True, env=environment)

        calls = {name: lambda command=command: run(command) for name, command in commands.items()}
        return _time(calls, repetitions, _children)


def time_calls(
    calls: Mapping[str, Callable[[], object]], *, repetitions: int = 30
) -> dict[str, Times]:
    """Time calls, taken in turn; a first round does not count."""
    return _time(calls, repetitions, time.process_time)


def _time(
    calls: Mapping[str, Callable[[], object]], repetitions: int, processor: Callable[[], float]
) -> dict[str, Times]:
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for number in range(repetitions + 1):
        for name, call in calls.items():
            start, used = time.perf_counter(), processor()
            call()
            if number:
                taken[name].append((time.perf_counter() - start, processor() - used))
    return {
        name: Times(
            1000 * statistics.median(elapsed for elapsed, _ in times),
            1000 * statistics.mean(used for _, used in times),
        )
        for name, times in taken.items()
    }


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def python(*arguments: str) -> list[str]:
    """Return the command that runs this Python."""
    return [sys.executable, *arguments]


def stikg(*arguments: str) -> list[str]:
    """Return the command that runs the stikg installed with this Python."""
    return [str(Path(sys.executable).with_name("stikg")), *arguments]


def show(title: str, times: Mapping[str, Times], *, base: str) -> None:
    """Print times, and how many times the base each is."""
    print(title)
    width = max(map(len, times))
    for name, (elapsed, processor) in times.items():
        print(
            f"  {name:<{width}} {elapsed:9.2f} ms {elapsed / times[base].elapsed:8.2f} ×"
            f"   processor {processor:9.2f} ms {processor / times[base].processor:8.2f} ×"
        )
