"""Several at once, on one folder: each sees a whole version, and the last one stays."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

import stikg
from stikg.building import publication
from stikg.building.publication import publish, unfinished_version
from stikg.serialisation.leftovers import lock, sweep
from tests.fixtures.folders import CLAIMS, Folder
from tests.mishaps.forker import Forker
from tests.mishaps.test_kills import answered, leftovers, set_year

SWAPS = 6


def test_two_builds_and_a_format(forker: Forker, tiny: Folder) -> None:
    root = str(tiny.root)
    force = ["--folder", root, "build", "--force", "--quiet"]
    done = forker.run(*force, also=[force, ["--folder", root, "format"]])
    assert done.code in {0, 2}  # 2: files were changed while they were compiled
    assert ("files were changed" in done.error) == (done.code == 2)
    assert forker.run(*force, also=[force, force]).code == 0
    answered(tiny)
    assert leftovers(tiny.root) == []
    assert len(list(tiny.layout.build.iterdir())) <= 3


def test_readers_see_a_whole_version_while_others_take_its_place(
    forker: Forker, tiny: Folder
) -> None:
    years = {set_year(tiny, year): year for year in ("1999", "2001")}
    seen: set[tuple[str, str]] = set()
    failures: list[BaseException] = []
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            try:
                seen.add(answered(tiny))
            except BaseException as error:
                failures.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(SWAPS):
        set_year(tiny, ("1999", "2001")[number % 2])
        assert forker.run("--folder", str(tiny.root), "build", "--quiet").code == 0
    ended.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert seen == set(years.items())


def test_a_file_that_changes_while_it_is_compiled_stops_the_build(
    tiny: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_year(tiny, "2001")
    before = answered(tiny)
    monkeypatch.setattr(
        "stikg.building.writing.write_version",
        lambda folder, *_, **__: set_year(tiny, "1999") and 0,
    )
    with pytest.raises(stikg.errors.InputError, match="changed while they were compiled"):
        stikg.building.build(tiny.layout)
    assert answered(tiny) == before
    assert leftovers(tiny.root) == []


def test_all_is_on_the_disk_before_the_pointer_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    replaced: list[set[str]] = []
    fsync, replace = os.fsync, os.replace

    def record(handle: int) -> None:
        synced.append(Path(os.readlink(f"/proc/self/fd/{handle}")).name)
        fsync(handle)

    def swap(source: str, target: str) -> None:
        replaced.append(set(synced))
        replace(source, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc here, which tells what a handle is of")
    monkeypatch.setattr("stikg.serialisation.whole.os.fsync", record)
    monkeypatch.setattr("stikg.serialisation.whole.os.replace", swap)
    with unfinished_version(tmp_path) as folder:
        (folder / "store").mkdir()
        for name in ("a.sst", "CURRENT"):
            (folder / "store" / name).write_text(name)
        (folder / "manifest.json").write_text("{}")
        publish(folder, tmp_path, "aaaa")
    assert len(replaced) == 1
    assert {"a.sst", "CURRENT", "store", "manifest.json", folder.name, tmp_path.name} < replaced[0]
    assert any(name.startswith(".stikg-") for name in replaced[0])
    assert synced[-1] == tmp_path.name


def test_what_a_running_process_writes_is_left_alone(tmp_path: Path) -> None:
    mine, left = tmp_path / ".stikg-mine.part", tmp_path / ".stikg-left.part"
    mine.touch()
    left.touch()
    handle = os.open(mine, os.O_RDONLY)
    assert lock(handle, wait=False)
    sweep(tmp_path, ".stikg-*.part")
    assert list(tmp_path.iterdir()) == [mine]
    os.close(handle)
    sweep(tmp_path, ".stikg-*.part")
    assert list(tmp_path.iterdir()) == []


def test_without_locks_everything_works_and_nothing_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(handle: int, *_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    (tmp_path / ".stikg-left.part").touch()
    with publication.unfinished_version(tmp_path) as folder:
        (folder / "manifest.json").write_text("{}")
        publish(folder, tmp_path, "aaaa")
    assert (tmp_path / "current").read_text() == "aaaa\n"
    assert (tmp_path / ".stikg-left.part").exists()


def test_a_format_leaves_a_link_a_link(tiny: Folder, tmp_path: Path) -> None:
    path = tiny.root / CLAIMS
    target = tmp_path / "elsewhere.trig"
    path.rename(target)
    path.symlink_to(target)
    stikg.serialisation.write_atomically(path, "new")
    assert path.is_symlink()
    assert target.read_text() == "new"
