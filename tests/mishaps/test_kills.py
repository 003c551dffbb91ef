"""A command is killed at any moment: what was there stays, what is there is whole.

STIKG_KILLS says how many times each command is killed at a random moment; besides, each is killed
before every step that changes something, one after the other, or before as many as STIKG_KILLS.
"""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import stikg
from stikg.building import build
from stikg.building.digest import digest_inputs, version_of
from stikg.layout import MANIFEST
from tests.fixtures.folders import CLAIMS, THINGS, Folder
from tests.mishaps.forker import Done, Forker

KILLS: Final = int(os.environ.get("STIKG_KILLS", "1"))
KILLED: Final = -9
YEARS: Final = ("1999", "2001")
OLD: Final = b"what was there before"
COMMANDS: Final = {
    "turtle": ("export", "-o", "out.ttl"),
    "trig": ("export", "-o", "out.trig"),
    "ntriples": ("export", "-o", "out.nt"),
    "nquads": ("export", "-o", "out.nq"),
    "jsonld": ("export", "-o", "out.jsonld"),
    "rdfxml": ("export", "-o", "out.rdf"),
    "csv": ("query", "programmes", "-o", "out.csv"),
    "xlsx": ("query", "programmes", "-o", "out.xlsx"),
    "graphml": ("network", "{root}/mine.rq", "--export", "out.graphml"),
    "html": ("network", "{root}/mine.rq", "--export", "out.html"),
    "picture": ("draw", "{root}/mine.rq", "-o", "out.svg"),
}


def kills(forker: Forker, seed: str, *arguments: str, within: Path) -> Iterator[Done]:
    """Run a command again and again, killed at random moments and before its steps."""
    whole = forker.run(*arguments, within=str(within))
    assert whole.code in {0, 1}, whole.error
    yield whole
    chance = random.Random(seed)
    for _ in range(KILLS):
        yield forker.run(*arguments, after=chance.uniform(0.001, whole.seconds * 1.05))
    steps = list(range(1, whole.steps + 1))
    for step in sorted(chance.sample(steps, min(len(steps), KILLS))):
        yield forker.run(*arguments, step=step, within=str(within))


def leftovers(folder: Path) -> list[Path]:
    """Return what is in a folder and was not meant to stay."""
    return [path for path in folder.rglob("*") if path.name.startswith((".building", ".stikg"))]


def set_year(folder: Folder, year: str) -> str:
    """Give the one programme its start, and return the version that this makes."""
    path = folder.root / CLAIMS
    text = path.read_text(encoding="utf-8")
    for other in YEARS:
        text = text.replace(f"startYear {other}", f"startYear {year}")
    path.write_text(text, encoding="utf-8")
    return version_of(digest_inputs(folder.layout))


def answered(folder: Folder) -> tuple[str, str]:
    """Return the version in use, and the year that it answers, all parts of it read."""
    dataset = stikg.open(folder.root)
    manifest = dataset.manifest
    assert len(list(dataset.store.quads())) == manifest["quads"]
    assert dataset.names.resolve("ACME").value.endswith("/acme")
    rows = dataset.query("programmes", organisation="ACME").rows
    return manifest["version"], str(rows[0][4])


@pytest.mark.parametrize("force", [False, True], ids=["build", "build --force"])
def test_a_build(forker: Forker, tiny: Folder, force: bool, tally: Counter[str]) -> None:
    versions = {set_year(tiny, year): year for year in YEARS}
    folder = tiny.layout.build
    codes = []
    command = ("--folder", str(tiny.root), "build", *["--force"] * force)
    for number, done in enumerate(kills(forker, f"build{force}", *command, within=folder)):
        version, year = answered(tiny)
        assert versions[version] == year
        assert len(leftovers(folder)) <= 1
        assert len(list(folder.iterdir())) <= 4  # two versions, the pointer, one leftover
        codes.append(done.code)
        set_year(tiny, YEARS[number % 2])
    assert set(codes) <= {0, KILLED}
    assert forker.run(*command, "--quiet").code == 0
    version, _ = answered(tiny)
    assert version == version_of(digest_inputs(tiny.layout))
    assert leftovers(folder) == []
    assert len(list(folder.iterdir())) <= 3
    tally[f"kills of {'build --force' if force else 'build'}"] += codes.count(KILLED)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_writes_a_file(
    forker: Forker,
    whole: Folder,
    tmp_path: Path,
    name: str,
    tally: Counter[str],
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    places = {"root": str(whole.root)}
    words = [
        str(out / word) if word.startswith("out.") else word.format(**places)
        for word in COMMANDS[name]
    ]
    command = ("--folder", str(whole.root), *words)
    before: dict[str, bytes] = {}
    codes = []
    for done in kills(forker, name, *command, within=out):
        left = leftovers(out)
        assert len(left) <= 1
        files = {path.name: path.read_bytes() for path in out.iterdir() if path not in left}
        before = before or files
        assert set(files) == set(before)
        assert all(content in {OLD, before[file]} for file, content in files.items())
        codes.append(done.code)
        for file in files:
            (out / file).write_bytes(OLD)
    assert forker.run(*command).code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    tally[f"kills of {name}"] += codes.count(KILLED)


def test_a_format(forker: Forker, tiny: Folder, tally: Counter[str]) -> None:
    graph = tiny.root / "graph"
    files = [tiny.root / THINGS, tiny.root / CLAIMS]
    rough = {path: path.read_bytes() for path in files}
    command = ("--folder", str(tiny.root), "format", str(graph))
    fine: dict[Path, bytes] = {}
    codes = []
    for done in kills(forker, "format", *command, within=graph):
        fine = fine or {path: path.read_bytes() for path in files}
        assert all(path.read_bytes() in {rough[path], fine[path]} for path in files)
        places = [path.parent for path in leftovers(graph)]
        assert len(places) == len(set(places))
        codes.append(done.code)
        for path in files:
            path.write_bytes(rough[path])
    assert fine != rough
    assert forker.run(*command).code == 0
    assert {path: path.read_bytes() for path in files} == fine
    assert leftovers(graph) == []
    tally["kills of format"] += codes.count(KILLED)


def test_a_pointer_that_names_a_version_is_written_after_it(tiny: Folder) -> None:
    """What a kill leaves between the two is removed by the next build."""
    orphan = tiny.layout.build / "0123456789ab"
    shutil.copytree(tiny.layout.current(), orphan)
    before = tiny.layout.current()
    set_year(tiny, YEARS[1])
    build(tiny.layout)
    assert not orphan.exists()
    assert (before / MANIFEST).is_file()
