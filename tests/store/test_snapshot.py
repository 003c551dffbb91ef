"""A dataset that stays as it was, in a folder that goes with its process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from stikg.errors import DatasetError
from stikg.store import LocalStore
from stikg.store.snapshot import PREFIX, take_folder, take_snapshot
from stikg.terms import IRI, Quad

QUADS: list[Quad] = [(IRI("e:a"), IRI("e:p"), IRI("e:b"), None)]
HOLD = """
import sys
from pathlib import Path
from stikg.store.snapshot import take_folder
held = take_folder(Path(sys.argv[1]))
print(held.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def version(tmp_path: Path) -> Path:
    """Return the folder of a version: a store with its seal, and another file."""
    folder = tmp_path / "version"
    folder.mkdir()
    LocalStore.create(folder / "store", QUADS)
    (folder / "names").write_text("names", encoding="utf-8")
    return folder


def test_a_snapshot_outlives_what_it_was_taken_of(version: Path, tmp_path: Path) -> None:
    held = tmp_path / "held"
    take_snapshot(version, held)
    assert (held / "names").stat().st_ino == (version / "names").stat().st_ino
    for path in sorted(version.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    assert list(LocalStore.open(held / "store").quads()) == QUADS


def test_where_nothing_can_be_linked_it_is_a_copy(version: Path) -> None:
    other = Path("/dev/shm")
    if not other.is_dir() or other.stat().st_dev == version.stat().st_dev:
        pytest.skip("there is no second file system here")
    with tempfile.TemporaryDirectory(dir=other) as folder:
        take_snapshot(version, Path(folder) / "held")
        assert list(LocalStore.open(Path(folder) / "held" / "store").quads()) == QUADS
        assert (Path(folder) / "held" / "names").stat().st_nlink == 1


def test_what_is_gone_already_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="cannot be kept"):
        take_snapshot(tmp_path / "none", tmp_path / "held")


def test_a_folder_goes_when_it_is_removed(tmp_path: Path) -> None:
    folder = take_folder(tmp_path)
    (folder.path / "file").touch()
    folder.remove()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="without locks nobody can tell")
def test_only_what_dead_processes_left_is_swept(tmp_path: Path) -> None:
    living, dead = (
        subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    )  # fmt: skip
    with living, dead:
        paths = [Path(p.stdout.readline().strip()) for p in (living, dead) if p.stdout]
        dead.kill()
        dead.wait()
        assert {path.is_dir() for path in paths} == {True}
        own = take_folder(tmp_path)
        assert [path.is_dir() for path in (own.path, *paths)] == [True, True, False]
        own.remove()
        living.communicate()
    assert list(tmp_path.glob(f"{PREFIX}*")) == []


def test_beside_what_is_not_there_it_is_a_temporary_one(tmp_path: Path) -> None:
    folder = take_folder(tmp_path / "none")
    assert folder.path.parent == Path(tempfile.gettempdir())
    folder.remove()
