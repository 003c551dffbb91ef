"""Every file that a build reads is cut, emptied, lengthened and changed by a bit.

Then there is the dataset that the files say, or an error with file, line and remedy, and the
dataset before stays as it was, byte for byte. STIKG_FAULTS says how many bits of each file are
changed; it is cut at half as many places. What Turtle and TriG say is read by rdflib, too,
for comparison.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections import Counter
from pathlib import Path
from typing import Final

import pytest
import rdflib

import stikg
from stikg.building.digest import digest_inputs, version_of
from stikg.cli import main
from stikg.terms import BASE
from tests.fixtures.folders import CLAIMS, SHAPES, THINGS, Folder
from tests.mishaps.test_damage import cut, empty, flip, lengthen
from tests.mishaps.test_kills import leftovers

FAULTS: Final = int(os.environ.get("STIKG_FAULTS", "1"))
FILES: Final = (
    "ontology/stikg.ttl",
    "ontology/schemes/stages.ttl",
    SHAPES,
    THINGS,
    CLAIMS,
    "graph/documents/tiny-2020/document.ttl",
    "graph/documents/tiny-2020/passages.ttl",
    "graph/mappings/organisations.sssom.tsv",
    "queries/questions/programmes.rq",
    "queries/checks/two-starts.rq",
    "queries/rules/inverses.rq",
)


def published(folder: Folder) -> dict[str, str]:
    """Return what is in the build folder: the digest of each file."""
    build = folder.layout.build
    return {
        str(path.relative_to(build)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(build.rglob("*"))
        if path.is_file()
    }


def ran(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command to its end; whatever is not expected of it goes on to the test."""
    with pytest.raises(SystemExit) as left:
        main(words)
    assert isinstance(left.value.code, int)
    return left.value.code, capsys.readouterr().err


def is_told(error: str, code: int, file: str) -> bool:
    """Tell whether an error names a file with a line, and what to do."""
    place = rf"\A(stikg: )?{re.escape(file)}:\d+" if code == 2 else r"\n\w+/\S+\n  \d+: error: "
    return code in {1, 2} and bool(re.search(place, error)) and "remedy: " in error


def is_of_these(folder: Folder) -> bool:
    """Tell whether the dataset is of these inputs, as another reader finds them in graph/."""
    dataset = stikg.open(folder.root)
    if dataset.manifest["version"] != version_of(digest_inputs(folder.layout)):
        return False
    held: dict[str, set[tuple[str, str, str]]] = {}
    for *triple, graph in dataset.store.quads():
        held.setdefault(str(graph), set()).add((str(triple[0]), str(triple[1]), str(triple[2])))
    for path in (folder.root / "graph").rglob("*.t*"):
        if path.suffix not in {".ttl", ".trig"}:
            continue
        read = rdflib.Dataset(default_union=False)
        read.parse(path, format=path.suffix[1:].replace("ttl", "turtle"))
        found: dict[str, set[tuple[str, str, str]]] = {}
        for subject, predicate, value, named in read.quads():
            name = str(named) if path.suffix == ".trig" else graph_of(path)
            found.setdefault(name, set()).add((str(subject), str(predicate), str(value)))
        if any(held.get(name) != triples for name, triples in found.items()):
            return False
    return True


def graph_of(path: Path) -> str:
    """Return the name of the graph that a Turtle file fills."""
    if "documents" in path.parts:
        return f"{BASE}graph/document/{path.parent.name}/{path.stem}"
    return f"{BASE}graph/{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("file", FILES)
def test_input_that_is_damaged(
    tiny: Folder, file: str, capsys: pytest.CaptureFixture[str], tally: Counter[str]
) -> None:
    path = tiny.root / file
    content = path.read_bytes()
    chance = random.Random(file)
    before, sound = published(tiny), stikg.open(tiny.root).manifest["version"]
    lost = []
    for damage in (*[flip] * FAULTS, *[cut, lengthen] * (FAULTS // 2), empty):
        path.write_bytes(damage(content, chance))
        code, error = ran(capsys, "--folder", str(tiny.root), "build", "--quiet")
        tally[f"faults in input, code {code}"] += 1
        after = published(tiny)
        if code == 0 and is_of_these(tiny):
            before = after
        elif after != before or not is_told(error, code, file) or leftovers(tiny.root):
            lost.append((damage.__name__, code, error, path.read_bytes()))
    assert lost == []
    path.write_bytes(content)
    assert ran(capsys, "--folder", str(tiny.root), "build", "--quiet") == (0, "")
    assert stikg.open(tiny.root).manifest["version"] == sound
