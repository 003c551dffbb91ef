"""Every file of a compiled dataset is cut, emptied, lost and changed by a bit.

Then there is the right answer, or an error that says what is wrong: never another answer, never an
exception of a library. STIKG_FAULTS says how many bits of each file are changed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import stikg
from stikg.building import build
from stikg.errors import DatasetError, StikgError
from stikg.names import Names
from stikg.store import LocalStore
from stikg.store.seal import write_seal
from tests.fixtures.folders import Folder

FAULTS: Final = int(os.environ.get("STIKG_FAULTS", "2"))
NOT_READ: Final = ("LOG", "LOCK")
PARTS: Final = (
    "current", "manifest.json", "store.json", "names.sqlite", "queries.json",
    "CURRENT", "MANIFEST", "OPTIONS", "IDENTITY", ".log", ".sst",
)  # fmt: skip
Damage = Callable[[bytes, random.Random], bytes]


def flip(content: bytes, chance: random.Random) -> bytes:
    place, changed = chance.randrange(len(content)), bytearray(content)
    changed[place] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def empty(content: bytes, chance: random.Random) -> bytes:
    return b""


def lengthen(content: bytes, chance: random.Random) -> bytes:
    return content + chance.randbytes(9)


def everything(root: Path) -> tuple[Any, ...]:
    """Ask for something of every part."""
    dataset = stikg.open(root)
    return (
        dataset.manifest,
        dataset.names.resolve("ACME"),
        dataset.search("rocket"),
        dataset.query("programmes", organisation="ACME").rows,
        dataset.query("evidence", resource="ACME").rows,
        sorted(map(str, dataset.store.quads())),
    )


def files_of(part: str, build: Path) -> list[Path]:
    """Return the files of a kind, of the version in use."""
    current = build / (build / "current").read_text().strip()
    found = [build / "current", *sorted(path for path in current.rglob("*") if path.is_file())]
    return [
        path
        for path in found
        if (path.name.endswith(part) if part[0] == "." else path.name.startswith(part))
        and path.name not in NOT_READ
        and path.stat().st_size
    ]


def damages(part: str, file: str) -> Iterator[tuple[Damage, random.Random]]:
    chance = random.Random(f"{part} {file}")
    for damage in (*[flip] * FAULTS, *[cut] * FAULTS, empty, lengthen):
        yield damage, chance


@pytest.mark.parametrize("part", PARTS)
def test_damage_is_an_error_or_does_no_harm(
    whole: Folder, tmp_path: Path, part: str, tally: Counter[str]
) -> None:
    root = tmp_path / "tiny"
    shutil.copytree(whole.root, root)
    right = everything(root)
    files = files_of(part, root / "build")
    assert files
    seen = 0
    for path in files[:: max(1, len(files) // max(3, FAULTS))]:
        content = path.read_bytes()
        for damage, chance in damages(part, path.name):
            path.write_bytes(damage(content, chance))
            try:
                assert everything(root) == right, f"{path.name}: another answer"
            except DatasetError as error:
                assert error.remedy
                seen += 1
                tally[f"seen in {part}"] += 1
            tally[f"faults in {part}"] += 1
        path.write_bytes(content)
    assert everything(root) == right
    if part not in {"OPTIONS", "IDENTITY"}:
        assert seen


@pytest.mark.parametrize("part", [part for part in PARTS if part not in {"IDENTITY", "OPTIONS"}])
def test_what_is_missing_is_an_error(tiny: Folder, part: str) -> None:
    files_of(part, tiny.layout.build)[0].unlink()
    with pytest.raises(DatasetError):
        everything(tiny.root)


def test_a_build_mends_what_is_damaged(tiny: Folder) -> None:
    right = everything(tiny.root)
    for path in tiny.layout.current().rglob("*"):
        if path.is_file():
            path.write_bytes(b"\xff")
    build(tiny.layout)
    mended = everything(tiny.root)
    assert mended[1:] == right[1:]


def test_pointer_that_is_no_text_or_far_too_long(tiny: Folder) -> None:
    for content in (b"\xff\xfe", b"a" * 5000, b"../../etc", b"\x00"):
        (tiny.layout.build / "current").write_bytes(content)
        with pytest.raises(DatasetError, match="is not there"):
            tiny.layout.current()


def test_manifest_without_a_seal_is_read_as_it_is(tiny: Folder) -> None:
    path = tiny.layout.current() / "manifest.json"
    manifest = json.loads(path.read_text())
    for key in ("parts", "check"):
        del manifest[key]
    path.write_text(json.dumps(manifest))
    assert stikg.open(tiny.root).manifest == manifest


def test_damage_that_shows_while_reading_is_told(tiny: Folder) -> None:
    """As in tables so large that not all of them is compared with the seal."""
    store = tiny.layout.current() / "store"
    quads = LocalStore.open(store).count()
    for path in files_of(".sst", tiny.layout.build):
        content = bytearray(path.read_bytes())
        content[20] ^= 0xFF  # in the first block; what is read at the start stands at the end
        path.write_bytes(content)
    write_seal(store, quads)
    for ask in (
        lambda store: list(store.quads()),
        lambda store: store.to_memory(),
        lambda store: store.select("SELECT * { GRAPH ?g { ?s ?p ?o } }"),
        lambda store: list(store.stream("SELECT * { GRAPH ?g { ?s ?p ?o } }").rows),
    ):
        with pytest.raises(DatasetError, match="the store is damaged") as told:
            ask(LocalStore.open(tiny.layout.current() / "store"))
        assert "stikg build --force" in str(told.value)


def test_label_index_that_breaks_off_while_it_is_asked(tiny: Folder) -> None:
    path = tiny.layout.current() / "names.sqlite"
    names = Names.open(path)
    content = path.read_bytes()
    path.write_bytes(content[:4096] + bytes(len(content) - 4096))
    with pytest.raises(StikgError):
        names.search("rocket")
