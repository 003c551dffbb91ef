"""A disk that refuses in the middle: no space or an error of its own, at any step of writing.

What was there stays or the new takes its place as a whole. STIKG_FAULTS says at how many steps of
each command the disk refuses.
"""

from __future__ import annotations

import errno
import os
import random
from collections import Counter
from pathlib import Path
from typing import IO, Any, Final

import pytest

from stikg.building.digest import digest_inputs, version_of
from tests.fixtures.folders import CLAIMS, THINGS, Folder
from tests.mishaps.test_inputs import ran
from tests.mishaps.test_kills import answered, leftovers, set_year

FAULTS: Final = int(os.environ.get("STIKG_FAULTS", "1"))
OLD: Final = b"what was there before"
CALLS: Final = ("fsync", "replace", "rename", "fdopen", "write", "fchmod")
COMMANDS: Final = {
    "export": ("export", "-o", "out.trig"),
    "query": ("query", "programmes", "-o", "out.csv"),
    "network": ("network", "{root}/mine.rq", "--export", "out.graphml"),
    "draw": ("draw", "{root}/mine.rq", "-o", "out.svg"),
}


class Refusing:
    """Lets some steps of writing pass, then has the disk refuse one."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, call: str, passed: int) -> None:
        self.seen = 0
        self._passed = passed
        self._error = errno.ENOSPC if passed % 2 else errno.EIO
        self._call = call
        self._real = getattr(os, "fdopen" if call == "write" else call)
        monkeypatch.setattr(os, "fdopen" if call == "write" else call, self)

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Do what the system does, or refuse; of a file that is closed, after it was written."""
        self.seen += 1
        if self.seen != self._passed + 1:
            return self._real(*arguments, **options)
        if self._call == "write":
            return self._closing(self._real(*arguments, **options))
        raise OSError(self._error, os.strerror(self._error))

    def _closing(self, stream: IO[bytes]) -> IO[bytes]:
        class Closing:
            def __enter__(self) -> IO[bytes]:
                return stream

            def __exit__(self, *_: object) -> None:
                stream.close()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        return Closing()  # type: ignore[return-value]


def steps(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], call: str, *words: str
) -> int:
    """Return how often a command makes a call; once at least, which few faults need to know."""
    if FAULTS == 1:
        return 1
    with monkeypatch.context() as patched:
        counting = Refusing(patched, call, -2)
        assert ran(capsys, *words)[0] in {0, 1}
    return counting.seen


@pytest.mark.parametrize("name", COMMANDS if FAULTS > 1 else ("export", "query"))
def test_a_file_that_the_disk_refuses(
    whole: Folder, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], tally: Counter[str],
) -> None:  # fmt: skip
    words = [
        str(tmp_path / word) if word.startswith("out.") else word.format(root=whole.root)
        for word in ("--folder", "{root}", *COMMANDS[name])
    ]
    for call in CALLS if FAULTS > 1 else ("fsync", "replace", "write"):
        number = steps(monkeypatch, capsys, call, *words)
        (tmp_path / words[-1]).write_bytes(OLD)
        for passed in range(min(number, FAULTS)):
            for path in tmp_path.iterdir():
                path.write_bytes(OLD)
            with monkeypatch.context() as patched:
                Refusing(patched, call, passed)
                code, error = ran(capsys, *words)
            assert (code, "cannot be written" in error, "remedy: " in error) == (2, True, True)
            if passed == 0:
                assert {path.read_bytes() for path in tmp_path.iterdir()} == {OLD}, call
            assert leftovers(tmp_path) == []
            tally[f"refusals of the disk, {name}"] += 1


@pytest.mark.parametrize("call", CALLS if FAULTS > 1 else ("fsync", "replace", "rename"))
def test_a_build_that_the_disk_refuses(
    tiny: Folder, call: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    tally: Counter[str],
) -> None:  # fmt: skip
    words = ("--folder", str(tiny.root), "build", "--quiet")
    number = steps(monkeypatch, capsys, call, *words, "--force")
    chance = random.Random(call)
    versions = {set_year(tiny, year): year for year in ("1999", "2001")}
    for passed in sorted(chance.sample(range(number), min(number, FAULTS))):
        before, _ = answered(tiny)
        set_year(tiny, "2001" if versions[before] == "1999" else "1999")
        with monkeypatch.context() as patched:
            refusing = Refusing(patched, call, passed)
            code, error = ran(capsys, *words)
        assert refusing.seen > passed
        assert (code, "cannot be written" in error, "remedy: " in error) == (2, True, True)
        version, year = answered(tiny)
        assert versions[version] == year
        assert leftovers(tiny.root) == []
        tally["refusals of the disk, build"] += 1
        assert ran(capsys, *words) == (0, "")
        assert answered(tiny)[0] == version_of(digest_inputs(tiny.layout))


def test_a_format_that_the_disk_refuses(
    tiny: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    tally: Counter[str],
) -> None:  # fmt: skip
    files = [tiny.root / THINGS, tiny.root / CLAIMS]
    rough = {path: path.read_bytes() for path in files}
    words = ("--folder", str(tiny.root), "format", str(tiny.root / "graph"))
    number = steps(monkeypatch, capsys, "fsync", *words)
    fine = {path: path.read_bytes() for path in files}
    for call in CALLS if FAULTS > 1 else ("fsync", "replace"):
        for passed in range(min(number, FAULTS)):
            for path in files:
                path.write_bytes(rough[path])
            with monkeypatch.context() as patched:
                refusing = Refusing(patched, call, passed)
                code, error = ran(capsys, *words)
            if refusing.seen > passed:
                assert (code, "remedy: " in error) == (2, True), error
            assert all(path.read_bytes() in {rough[path], fine[path]} for path in files)
            assert leftovers(tiny.root) == []
            tally["refusals of the disk, format"] += 1
