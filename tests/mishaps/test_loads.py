"""A load that is killed, has no room, or is not alone: the graph before it is there, or the new."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

import stikg
from stikg.dataset import Dataset
from tests.fixtures.folders import Folder
from tests.mishaps.forker import Forker
from tests.mishaps.test_kills import KILLED, KILLS, kills, leftovers

ONTOLOGY: Final = "https://w3id.org/stikg/ontology/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SAID: Final = ("before", "after")
THINGS: Final = 500


def lines(said: str) -> str:
    """Return a graph all of whose things say one word."""
    return "".join(
        f"<https://w3id.org/stikg/agency/{n}> <{TYPE}> <{ONTOLOGY}FundingAgency> .\n"
        f'<https://w3id.org/stikg/agency/{n}> <{SKOS}prefLabel> "{said} {n}"@en .\n'
        f'<https://w3id.org/stikg/agency/{n}> <{SKOS}note> "{said}" <urn:notes> .\n'
        for n in range(THINGS)
    )


def said_by(dataset: Dataset) -> str:
    """Return the word of a loaded graph; store, names and manifest must agree in it."""
    quads = list(dataset.store.quads())
    assert len(quads) == dataset.manifest["quads"] == 5 * THINGS
    (said,) = {str(value) for _, predicate, value, _ in quads if str(predicate) == SKOS + "note"}
    for number in (0, THINGS - 1):
        assert dataset.names.resolve(f"{said} {number}").value.endswith(f"/{number}")
    return said


def answered(target: Path) -> str:
    return said_by(stikg.open(store=target))


@pytest.fixture
def command(whole: Folder, tmp_path: Path) -> tuple[str, ...]:
    """Return the load of a file into a folder that holds the word before."""
    return ("--folder", str(whole.root), "load", "--quiet", "--store", str(tmp_path / "loaded"))


@pytest.fixture
def files(forker: Forker, command: tuple[str, ...], tmp_path: Path) -> list[str]:
    """Return the two graphs as files; the first is loaded."""
    paths = [tmp_path / f"{said}.nq" for said in SAID]
    for path, said in zip(paths, SAID, strict=True):
        path.write_text(lines(said), encoding="utf-8")
    done = forker.run(*command, str(paths[0]))
    assert done.code == 0, done.error
    return list(map(str, paths))


@pytest.mark.timeout(300 + 30 * KILLS)
def test_a_load_that_is_killed(
    forker: Forker, command: tuple[str, ...], files: list[str], tally: Counter[str]
) -> None:
    target = Path(command[-1])
    path = Path(files[1])
    codes = []
    for number, done in enumerate(kills(forker, "load", *command, str(path), within=target)):
        wanted = path.read_text(encoding="utf-8").split('"')[1].split()[0]
        said = answered(target)
        assert said in SAID
        assert done.code == KILLED or (done.code, said) == (0, wanted)
        assert len(leftovers(target)) <= 1
        assert len(list(target.iterdir())) <= 4  # two versions, the pointer, one leftover
        codes.append(done.code)
        path.write_text(lines(SAID[number % 2]), encoding="utf-8")
    assert forker.run(*command, files[0]).code == 0
    assert answered(target) == SAID[0]
    assert leftovers(target) == []
    assert len(list(target.iterdir())) <= 3
    tally["kills of load"] += codes.count(KILLED)


@pytest.mark.parametrize("most", [1000, 60_000])
def test_a_load_whose_files_cannot_grow(
    forker: Forker, command: tuple[str, ...], files: list[str], most: int
) -> None:
    done = forker.run(*command, files[1], limits={"FSIZE": most})
    assert (done.code, "cannot be written" in done.error) == (2, True), done.error
    assert answered(Path(command[-1])) == SAID[0]
    assert leftovers(Path(command[-1])) == []


def test_a_load_on_a_disk_that_is_full(
    forker: Forker, command: tuple[str, ...], files: list[str], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "none", str(disk)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode:
        pytest.skip("only root can mount a small disk")
    target = disk / "loaded"
    command = (*command[:-1], str(target))
    try:
        assert forker.run(*command, files[0]).code == 0
        space = os.statvfs(disk)
        for left in (0, 60_000, 250_000):
            (disk / "filled").write_bytes(bytes(space.f_bavail * space.f_bsize - left))
            done = forker.run(*command, files[1])
            assert (done.code, "cannot be written" in done.error) == (2, True), done.error
            assert leftovers(disk) == []
            assert answered(target) == SAID[0]
            (disk / "filled").unlink()
        assert forker.run(*command, files[1]).code == 0
        assert answered(target) == SAID[1]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_two_loads_at_once_while_somebody_reads(
    forker: Forker, command: tuple[str, ...], files: list[str]
) -> None:
    target = Path(command[-1])
    reader = stikg.open(store=target)
    done = forker.run(*command, files[1], also=[[*command, files[0]], [*command, files[1]]])
    assert done.code == 0, done.error
    assert said_by(reader) == SAID[0]
    assert answered(target) in SAID
    assert leftovers(target) == []
    assert forker.run(*command, files[1]).code == 0
    assert said_by(reader) == SAID[0]
    assert answered(target) == SAID[1]
