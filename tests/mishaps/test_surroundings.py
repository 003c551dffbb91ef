"""A disk that is full, streams that are closed, odd locales, names, clocks and limits."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import time
from pathlib import Path
from typing import Final

import pytest

import stikg
from stikg.building import build
from tests.fixtures.folders import CLAIMS, THINGS, Folder
from tests.mishaps.forker import Forker
from tests.mishaps.test_kills import answered, leftovers, set_year

FILES: Final = (
    ("export", "-o", "out.trig"),
    ("query", "programmes", "-o", "out.csv"),
    ("network", "{root}/mine.rq", "--export", "out.graphml"),
    ("draw", "{root}/mine.rq", "-o", "out.svg"),
)


@pytest.mark.parametrize("most", [1, 1000, 20_000])
def test_a_build_whose_files_cannot_grow(forker: Forker, tiny: Folder, most: int) -> None:
    before = answered(tiny)
    set_year(tiny, "2001")
    done = forker.run("--folder", str(tiny.root), "build", limits={"FSIZE": most})
    assert done.code == 2
    assert done.error.startswith("stikg"[:most])  # standard error is a file, too
    assert most < 1000 or "cannot be written" in done.error
    assert answered(tiny) == before
    assert leftovers(tiny.root) == []
    assert forker.run("--folder", str(tiny.root), "build").code == 0
    assert answered(tiny)[1] == "2001"


@pytest.mark.parametrize("words", FILES, ids=[words[0] for words in FILES])
def test_a_file_that_cannot_grow(
    forker: Forker, whole: Folder, tmp_path: Path, words: tuple[str, ...]
) -> None:
    out = tmp_path / words[-1]
    out.write_text("old")
    command = [word.format(root=whole.root) for word in words[:-1]]
    done = forker.run("--folder", str(whole.root), *command, str(out), limits={"FSIZE": 10})
    assert done.code == 2
    assert done.error.startswith("stikg: ")
    assert out.read_text() == "old"
    assert leftovers(tmp_path) == []


def test_a_format_whose_files_cannot_grow(forker: Forker, tiny: Folder) -> None:
    before = {name: (tiny.root / name).read_bytes() for name in (THINGS, CLAIMS)}
    done = forker.run("--folder", str(tiny.root), "format", limits={"FSIZE": 10})
    assert done.code == 2
    assert {name: (tiny.root / name).read_bytes() for name in before} == before
    assert leftovers(tiny.root) == []


def test_a_disk_that_is_full(forker: Forker, whole: Folder, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "none", str(disk)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    try:
        folder = Folder(disk / "tiny")
        shutil.copytree(whole.root, folder.root)
        before = answered(folder)
        set_year(folder, "2001")
        space = os.statvfs(disk)
        (disk / "filled").write_bytes(bytes(space.f_bavail * space.f_bsize))
        for words in (("build",), ("export", "-o", str(disk / "out.ttl")), ("format",)):
            done = forker.run("--folder", str(folder.root), *words)
            assert (done.code, "No space left" in done.error) == (2, True), done.error
            assert leftovers(disk) == []
            assert answered(folder) == before
        (disk / "filled").unlink()
        assert forker.run("--folder", str(folder.root), "build").code == 0
        assert answered(folder)[1] == "2001"
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.parametrize(
    "limits", [{"NOFILE": 64}, {"AS": 320 << 20}], ids=["few files", "few addresses"]
)
def test_limits_are_told(forker: Forker, whole: Folder, limits: dict[str, int]) -> None:
    done = forker.run("--folder", str(whole.root), "query", "programmes", limits=limits)
    assert done.code == 2
    assert "raise the limit" in done.error


@pytest.mark.parametrize("name", ["with space", "line\nbreak", "非ASCII", "-o", "q'uo\"te%41"])
def test_odd_names_of_folders(forker: Forker, tmp_path: Path, whole: Folder, name: str) -> None:
    root = tmp_path / name
    shutil.copytree(whole.root, root)
    out = root / f"{'n' * 240}.ttl"
    for words in (("build", "--force"), ("query", "programmes"), ("export", "-o", str(out))):
        done = forker.run("--folder", str(root), *words)
        assert done.code == 0, done.error
    assert out.stat().st_size


@pytest.mark.parametrize("mask", [0o077, 0o000, 0o027])
def test_permissions_are_those_that_the_mask_leaves(
    tiny: Folder, tmp_path: Path, mask: int
) -> None:
    before = os.umask(mask)
    try:
        build(tiny.layout, force=True)
        stikg.serialisation.write_atomically(tmp_path / "new", "new")
    finally:
        os.umask(before)
    for path in (tiny.layout.current(), tiny.layout.current() / "manifest.json", tmp_path / "new"):
        wanted = (0o777 if path.is_dir() else 0o666) & ~mask
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path


def test_a_clock_that_was_wrong(tiny: Folder) -> None:
    day = 24 * 3600
    manifest = tiny.layout.current() / "manifest.json"
    assert not tiny.layout.stale()
    os.utime(tiny.root / THINGS, (time.time() + 9000 * day,) * 2)
    assert not tiny.layout.stale()  # nothing can be told of a time to come
    os.utime(manifest, (time.time() + 9000 * day,) * 2)
    assert tiny.layout.stale()
    build(tiny.layout)
    assert not tiny.layout.stale()
    os.utime(manifest, (0, 0))
    assert tiny.layout.stale()


def test_a_working_folder_that_is_gone(
    tmp_path: Path, whole: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(stikg.errors.DatasetError, match="working folder cannot be found"):
        stikg.open()
    assert stikg.open(whole.root).query("programmes").rows
    monkeypatch.undo()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-", ">/dev/full"])
def test_streams_that_are_closed(whole: Folder, tmp_path: Path, closed: str) -> None:
    import sys

    program = f"{sys.executable} -m stikg.cli --folder {whole.root} prefixes {closed}"
    done = subprocess.run(["sh", "-c", program], capture_output=True, check=False, timeout=120)
    assert done.returncode == (0 if closed in {"<&-", "2>&-"} else 2)
    assert b"Traceback" not in done.stderr
