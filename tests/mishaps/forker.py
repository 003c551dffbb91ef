"""A process that has imported stikg, and forks for each command: a kill costs milliseconds.

As a program it reads requests in JSON, one a line, and answers each in the same way. The child can
be killed after some seconds, or before its n-th step that changes something in a folder.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import IO, Any, Final, NoReturn

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST: Final = 120.0
"""Seconds after which a command is said to hang."""

IMPORTED: Final = (
    "matplotlib.backends.backend_agg", "matplotlib.backends.backend_svg", "networkx", "openpyxl",
    "pyshacl", "rdflib.plugins.sparql", "yaml",
    "stikg.building.publication", "stikg.building.writing", "stikg.cli.build", "stikg.cli.draw",
    "stikg.cli.export", "stikg.cli.format", "stikg.cli.network", "stikg.cli.query",
    "stikg.dataset", "stikg.figures.network", "stikg.names.index", "stikg.networks.page",
    "stikg.publishing", "stikg.results.spreadsheet", "stikg.validation",
)  # fmt: skip

_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_STEPS: Final = frozenset({
    "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "os.chmod", "os.link",
    "shutil.rmtree", "sqlite3.connect",
})  # fmt: skip


@dataclass(frozen=True)
class Request:
    """A command, or several at once, and what is to happen to it."""

    arguments: Sequence[str]
    also: Sequence[Sequence[str]] = ()
    after: float | None = None
    step: int | None = None
    within: str = ""
    limits: dict[str, int] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """How a command ended: its exit code, minus the signal if it was killed."""

    code: int
    error: str
    seconds: float
    steps: int


class Forker:
    """The other end of the process."""

    def __init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.mishaps.forker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
        )  # fmt: skip

    def run(self, *arguments: str, **options: Any) -> Done:
        """Run a command to its end, or to that which the options give it."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(Request(arguments, **options))) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        done = Done(**answer)
        assert "Traceback" not in done.error, done.error
        assert done.seconds < LONGEST, f"it hangs: {arguments}"
        return done

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def serve(requests: IO[str], answers: IO[str]) -> None:
    """Answer requests until there are no more."""
    for name in IMPORTED:
        import_module(name)
    for line in requests:
        answers.write(json.dumps(asdict(_answer(Request(**json.loads(line))))) + "\n")
        answers.flush()


def _answer(request: Request) -> Done:
    with tempfile.TemporaryDirectory() as folder:
        said, counted = Path(folder, "error"), Path(folder, "steps")
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            _become(request, said, counted)
        with os.fdopen(os.pidfd_open(child), closefd=True) as process:
            ended, _, _ = select.select([process], [], [], request.after or LONGEST)
            if not ended:
                os.kill(child, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        seconds = time.monotonic() - began
        steps = len(counted.read_bytes()) if counted.exists() else 0
        error = said.read_text(encoding="utf-8", errors="replace") if said.exists() else ""
        return Done(code, error, seconds, steps)


def _become(request: Request, said: Path, counted: Path) -> NoReturn:
    """Be the command, with standard error in a file."""
    code = 70
    try:
        null, told = os.open(os.devnull, os.O_RDWR), os.open(said, os.O_WRONLY | os.O_CREAT)
        os.dup2(null, 0)
        os.dup2(null, 1)
        os.dup2(told, 2)
        os.environ.update(request.environment)
        commands = [request.arguments, *request.also]
        children: list[tuple[int, Sequence[str]]] = []
        for command in request.also:
            child = os.fork()
            if child == 0:
                commands, children = [command], []
                break
            children.append((child, command))
        _watch(request, counted)
        _limit(request.limits)
        code = _run(commands[0])
        codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child, _ in children]
        code = max([code, *(abs(other) for other in codes)])
    finally:
        sys.stderr.flush()
        os._exit(code)


def _run(arguments: Sequence[str]) -> int:
    from stikg.cli import main

    try:
        main(arguments)
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 1
    except BaseException:
        import traceback

        traceback.print_exc()
        return 71


def _limit(limits: dict[str, int]) -> None:
    import resource

    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _watch(request: Request, counted: Path) -> None:
    """Count the steps that change something in the folder, and die before one of them."""
    if not request.within:
        return
    handle = os.open(counted, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    taken = 0

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal taken
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES
        if not (writes or event in _STEPS) or not arguments:
            return
        try:
            path = os.fsdecode(arguments[0])
        except TypeError:
            return
        if request.within not in path:
            return
        taken += 1
        os.write(handle, b".")
        if taken == request.step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout)
