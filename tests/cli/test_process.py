"""The program as a process of its own: pipes, signals, imports, the shell's completion."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fixtures.folders import Folder

STIKG = [sys.executable, "-c", "from stikg.cli import main; main()"]
LIGHT = """
import sys
from stikg.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    print(sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
MANY = "SELECT * { ?a ?b ?c . ?d sti:label ?e }"
HEAVY = {
    "rdflib", "pyshacl", "networkx", "numpy", "scipy", "matplotlib", "yaml", "openpyxl", "pandas",
    "SPARQLWrapper", "owlrl",
}  # fmt: skip


def start(folder: Folder, *arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [*STIKG, "--folder", str(folder.root), *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def heed_interrupts() -> None:
    """Take them, also where the tests run in the background, which ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_closed_pipe_ends_in_silence(compiled: Folder) -> None:
    reading, writing = os.pipe()
    process = start(compiled, "sparql", MANY, "--format", "csv", stdout=writing)
    os.close(writing)
    os.close(reading)
    error = process.communicate(timeout=60)[1]
    assert (process.returncode, error) == (0, b"")


def test_pipe_that_is_closed_halfway_ends_in_silence(compiled: Folder) -> None:
    process = start(compiled, "sparql", MANY, "--format", "csv", stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"a,b,c,d,e\r\n"
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_is_said(compiled: Folder) -> None:
    with open("/dev/full", "wb") as full:
        process = start(compiled, "prefixes", stdout=full)
        error = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 2
    assert error.startswith("stikg: standard output: cannot be written: ")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are other there")
def test_interrupt_exits_with_130_and_no_traceback(compiled: Folder) -> None:
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = start(compiled, "sparql", "-f", "-", preexec_fn=heed_interrupts, **streams)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=60)
    assert (process.returncode, b"Traceback" in error) == (130, False)


def test_a_killed_build_leaves_nothing_for_the_next(tiny: Folder) -> None:
    process = start(tiny, "build", stdout=subprocess.PIPE)
    while process.poll() is None and not list(tiny.layout.build.glob(".building-*")):
        time.sleep(0.002)
    process.kill()
    process.communicate(timeout=60)
    again = start(tiny, "build", stdout=subprocess.PIPE)
    error = again.communicate(timeout=60)[1]
    assert again.returncode == 0, error
    assert {path.name for path in tiny.layout.build.iterdir()} == {
        "current",
        tiny.layout.current().name,
    }


def test_a_canned_query_imports_nothing_heavy(compiled: Folder) -> None:
    command = [sys.executable, "-c", LIGHT, "--folder", str(compiled.root)]
    arguments = ["query", "programmes", "--organisation", "ACME", "--format", "csv"]
    done = subprocess.run(
        [*command, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    assert "Rocket Programme" in done.stdout
    modules = set(done.stderr.strip("[]\n").replace("'", "").split(", "))
    assert {"click", "pyoxigraph", "stikg"} <= modules
    assert modules & HEAVY == set()


def complete(folder: Folder, words: str, shell: str = "fish") -> list[str]:
    typed = words.split(" ")
    environment = {
        **os.environ,
        "_STIKG_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": f"stikg --folder {folder.root} {words}",
        "COMP_CWORD": typed[-1] if shell == "fish" else str(len(typed) + 2),
    }
    done = subprocess.run(STIKG, env=environment, capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    lines = [line for line in done.stdout.splitlines() if line]
    return [line.partition(",")[2].partition("\t")[0] for line in lines]


def test_shell_completes_commands_questions_options_and_names(compiled: Folder) -> None:
    assert complete(compiled, "que") == ["query", "queries"]
    assert complete(compiled, "query pro") == ["programmes"]
    assert "--organisation" in complete(compiled, "query programmes --")
    assert complete(compiled, "query programmes --organisation bo") == ["Bolt Agency"]
    assert complete(compiled, "query programmes --organisation jap") == []
    assert complete(compiled, "show jap") == ["Japan"]


def test_bash_gets_names_with_their_spaces_escaped(compiled: Folder) -> None:
    words = "query programmes --organisation bo"
    assert complete(compiled, words, "bash") == ["Bolt\\ Agency"]


def test_completion_is_silent_where_nothing_is_compiled(tiny: Folder) -> None:
    assert complete(tiny, "query pro") == []
    assert complete(tiny, "show jap") == []


def test_installed_command_and_module_are_the_same_program(compiled: Folder) -> None:
    module = [sys.executable, "-m", "stikg.cli", "--version"]
    texts = {
        subprocess.run(command, capture_output=True, check=True, timeout=60).stdout
        for command in (module, [*STIKG, "--version"])
    }
    assert len(texts) == 1
