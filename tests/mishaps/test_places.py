"""Commands where little is as usual: no home, no folder for temporary files, odd letters, no /proc.

Each is a process of its own, as much of this is read when Python starts. A run of the tests tries
the worst of it together on few commands; with STIKG_PLACES=all every command is tried in every
place. Clocks that are wrong cost no process.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pytest

from tests.fixtures.folders import Folder
from tests.mishaps.test_inputs import ran
from tests.mishaps.test_kills import leftovers

ALL: Final = os.environ.get("STIKG_PLACES") == "all"
COMMANDS: Final[Mapping[str, Sequence[str]]] = {
    "build": ("build", "--force"),
    "query": ("query", "programmes", "-o", "out.xlsx"),
    "export": ("export", "-o", "out.jsonld"),
    "draw": ("draw", "mine.rq", "-o", "out.svg"),
    "network": ("network", "mine.rq", "--export", "out.graphml"),
    "format": ("format", "graph"),
    "validate": ("validate",),
}
FEW: Final = ("build", "query")
LETTERS: Final = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
WORST: Final = {
    "HOME": "", "TMPDIR": "/nowhere", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "0", **LETTERS,
}  # fmt: skip
PLACES: Final[Mapping[str, Mapping[str, str]]] = {
    "the worst together": WORST,
    "no home": {"HOME": ""},
    "a home that is none": {"HOME": "/dev/null/home", "XDG_CACHE_HOME": "/dev/null/cache"},
    "no folder for temporary files": {"TMPDIR": "/nowhere", "TEMP": "", "TMP": ""},
    "letters of C": {"LC_ALL": "C", "LANG": "C", **LETTERS},
    "letters of POSIX": {"LC_ALL": "POSIX", **LETTERS},
    "Latin letters": {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1", **LETTERS},
    "a dotless i": {"LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "no locale": {"LC_ALL": "", "LANG": "", "LC_CTYPE": ""},
    "1970": {"SOURCE_DATE_EPOCH": "0"},
    "2040": {"SOURCE_DATE_EPOCH": "2208988800"},
}
SHELLS: Final = {
    "a mask that leaves all": "umask 000",
    "no /proc": "mount -t tmpfs none /proc",
}
CHOSEN: Final = list(PLACES) if ALL else ["the worst together"]


def run(
    folder: bytes, words: Sequence[str], surroundings: Mapping[str, str], shell: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a folder, of which it is the working folder, too."""
    kept = {name: value for name, value in os.environ.items() if name not in surroundings}
    given = {name: value for name, value in surroundings.items() if value}
    source = str(Path(__file__).resolve().parents[2] / "src")
    return subprocess.run(
        [*shell, sys.executable, "-m", "stikg.cli", *words],
        cwd=folder, env={**kept, "PYTHONPATH": source, **given}, capture_output=True, check=False,
        timeout=120,
    )  # fmt: skip


def works(folder: bytes, surroundings: Mapping[str, str], shell: Sequence[str] = ()) -> list[str]:
    """Return what goes wrong with the commands in a folder."""
    lost = []
    for name in COMMANDS if ALL else FEW:
        done = run(folder, COMMANDS[name], surroundings, shell)
        if done.returncode not in {0, *[1] * (name == "validate")} or b"Traceback" in done.stderr:
            lost.append(f"{name}: {done.returncode} {done.stderr.decode(errors='replace')}")
        for word in COMMANDS[name]:
            path = os.path.join(folder, word.encode())
            if word.startswith("out.") and not (os.path.exists(path) and os.path.getsize(path)):
                lost.append(f"{name}: no {word}")
    return lost


@pytest.mark.parametrize("place", CHOSEN)
def test_a_place_where_little_is_as_usual(tiny: Folder, place: str, tally: Counter[str]) -> None:
    assert works(os.fsencode(tiny.root), PLACES[place]) == []
    assert leftovers(tiny.root) == []
    tally["commands in odd places"] += len(COMMANDS if ALL else FEW)


@pytest.mark.skipif(not ALL, reason="one process for each command: STIKG_PLACES=all")
@pytest.mark.parametrize("letters", [{}, {"LC_ALL": "C", **LETTERS}], ids=["UTF-8", "C"])
def test_a_folder_whose_name_is_no_text(
    whole: Folder, tmp_path: Path, letters: dict[str, str], tally: Counter[str]
) -> None:
    odd = os.path.join(os.fsencode(tmp_path), b"odd\xff\xe9")
    try:
        shutil.copytree(whole.root, os.fsdecode(odd))
    except OSError:
        pytest.skip("this file system has names of text only")
    for name, words in COMMANDS.items():
        done = run(odd, words, letters)
        asks = name not in {"format", "validate"}  # the engine opens no store there
        assert done.returncode == 2 if asks else done.returncode in {0, 1}, name
        assert (b"remedy: " in done.stderr) >= asks
        assert b"Traceback" not in done.stderr
    tally["commands in odd places"] += len(COMMANDS)


@pytest.mark.skipif(not ALL, reason="one process for each command: STIKG_PLACES=all")
@pytest.mark.parametrize("place", SHELLS)
def test_a_place_that_a_shell_makes(tiny: Folder, place: str, tally: Counter[str]) -> None:
    apart = ["unshare", "-m"] if "mount" in SHELLS[place] else []
    shell = [*apart, "sh", "-c", f'{SHELLS[place]} && exec "$@"', "sh"]
    if subprocess.run([*shell, "true"], capture_output=True, check=False).returncode:
        pytest.skip(f"here nobody can make: {place}")
    assert works(os.fsencode(tiny.root), {}, shell) == []
    tally["commands in odd places"] += len(COMMANDS)


@pytest.mark.skipif(not ALL, reason="one process for each command: STIKG_PLACES=all")
def test_a_mask_that_leaves_nothing(tiny: Folder) -> None:
    """Root writes nevertheless; others are told that they may not."""
    shell = ["sh", "-c", 'umask 777 && exec "$@"', "sh"]
    for name, words in COMMANDS.items():
        done = run(os.fsencode(tiny.root), words, {}, shell)
        assert b"Traceback" not in done.stderr, name
        assert done.returncode in {0, 1} if os.geteuid() == 0 else {0, 1, 2}
        assert leftovers(tiny.root) == []


@pytest.mark.parametrize("now", [0.0, 2_208_988_800.0], ids=["1970", "2040"])
def test_a_clock_of_another_time(
    tiny: Folder, tmp_path: Path, now: float, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    files: list[bytes] = []
    if ALL:  # what it changes is another version of the graph, which pictures name
        ran(capsys, "--folder", str(tiny.root), "format", str(tiny.root / "graph"))
    for moment in (None, now):
        if moment is not None:
            monkeypatch.setattr(time, "time", lambda: now)
            monkeypatch.setattr(time, "time_ns", lambda: int(now) * 10**9)
        for name in COMMANDS if ALL else ("query",):
            words = [
                f"{tmp_path}/{word}" if word[:4] == "out." else word for word in COMMANDS[name]
            ]
            words = [
                str(tiny.root / word) if word in {"mine.rq", "graph"} else word for word in words
            ]
            code, error = ran(capsys, "--folder", str(tiny.root), *words)
            assert code in {0, *[1] * (name == "validate")}, error
        files.append(b"".join(path.read_bytes() for path in sorted(tmp_path.glob("out.*"))))
    assert files[0] == files[1] != b""
