"""Seals of a compiled version: sizes and checksums, to see damage before it is believed.

The engine opens a folder whose MANIFEST or log was cut or changed as an empty or smaller store,
without an error, and does not look at the checksums of its tables while it reads: after a changed
bit it may ask for memory without end, and the process is over. A changed letter in the
label index or a query would give another answer. Checksums are CRC-32, which tells every damage of
32 bits in a row and takes a millisecond for three megabytes; they are no guard against malice.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from stikg.errors import DatasetError

REBUILD: Final = "build it again: stikg build --force"
MOST_READ: Final = 32 << 20
"""Bytes of a file that are read to compare its checksum; of a larger one the size must do.

The tables of a store count together; of larger ones the ends are read, which say where all is.
"""

_MANIFEST: Final = "manifest.json"
_SUFFIXES: Final = (".sst", ".log")
_SMALL: Final = ("CURRENT", "MANIFEST")
_TABLE: Final = ".sst"
_TABLE_END: Final = 4096
"""Bytes at the end of a table that hold its footer."""

_PIECE: Final = 1 << 20
_CHECK: Final = re.compile(rb',\n "check": "([0-9a-f]{8})"\n}\n\Z')


def write_seal(folder: Path, quads: int) -> None:
    """Write the seal of a finished store folder beside it."""
    seal = {"quads": quads, "sizes": _sizes(folder), "checks": _checks(folder)}
    text = json.dumps(seal, indent=1, sort_keys=True) + "\n"
    _path(folder).write_text(text, encoding="utf-8")


def check_seal(folder: Path) -> None:
    """Compare a store folder with the seal and the manifest.json beside it.

    :raises DatasetError: if files are missing, cut or changed, or the two disagree.
    """
    seal = _read(_path(folder))
    checks = _checks(folder)
    if (seal.get("sizes"), seal.get("checks", checks)) != (_sizes(folder), checks):
        raise DatasetError(
            "the files of the store are not those that were built",
            where=str(folder),
            remedy=REBUILD,
        )
    manifest = folder.parent / _MANIFEST
    if manifest.is_file() and _read(manifest).get("quads") != seal.get("quads"):
        raise DatasetError(
            "the store and its manifest are of different builds",
            where=str(manifest),
            remedy=REBUILD,
        )


def seal_manifest(folder: Path, manifest: Mapping[str, Any], parts: Iterable[str]) -> str:
    """Return the text of a manifest, with a seal of each part beside it and of itself."""
    sealed = {name: _seal_of(folder / name) for name in parts}
    text = json.dumps({**manifest, "parts": sealed}, ensure_ascii=False, indent=1)
    check = zlib.crc32(text.encode())
    return text.removesuffix("\n}") + f',\n "check": "{check:08x}"\n}}\n'


def check_part(path: Path) -> Path:
    """Compare a file of a compiled version with the manifest beside it, and return its path.

    :raises DatasetError: if it is missing or is not the one that was built; so the manifest, too.
    """
    manifest = path.parent / _MANIFEST
    if not manifest.is_file():
        return path
    parts = _read(manifest).get("parts")
    sealed = parts.get(path.name) if isinstance(parts, dict) else None
    if sealed is not None and sealed != _seal_now(path, sealed):
        raise DatasetError("is not the file that was built", where=str(path), remedy=REBUILD)
    return path


def _seal_now(path: Path, sealed: object) -> object:
    """Return the seal that a file has now; of a large one, the given seal if the size agrees."""
    try:
        size = path.stat().st_size
        if size > MOST_READ and isinstance(sealed, dict) and sealed.get("bytes") == size:
            return sealed
        return _seal_of(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _seal_of(path: Path) -> dict[str, object]:
    size = check = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            size, check = size + len(piece), zlib.crc32(piece, check)
    return {"bytes": size, "crc32": f"{check:08x}"}


def _path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _sizes(folder: Path) -> dict[str, int]:
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.suffix in _SUFFIXES or path.name.startswith(_SMALL)
    }


def _checks(folder: Path) -> dict[str, str]:
    """Return the checksums of what the engine believes: small files, and tables or their ends."""
    try:
        sizes = _sizes(folder)
        tables = sum(size for name, size in sizes.items() if name.endswith(_TABLE))
        return {
            name: f"{zlib.crc32(_content(folder / name, whole=tables <= MOST_READ)):08x}"
            for name in sizes
        }
    except OSError as error:
        raise _unreadable(folder, error) from error


def _content(path: Path, *, whole: bool) -> bytes:
    """Return a file; of a table that is not wanted whole, its end."""
    with path.open("rb") as file:
        if path.suffix == _TABLE and not whole:
            file.seek(max(0, path.stat().st_size - _TABLE_END))
        return file.read()


def _read(path: Path) -> dict[str, object]:
    """Return the object that a JSON file holds; a manifest must agree with its own seal."""
    try:
        raw = path.read_bytes()
        content = json.loads(raw)
    except (OSError, ValueError, RecursionError) as error:
        raise _unreadable(path, error) from error
    sealed = _CHECK.search(raw)
    if sealed and int(sealed[1], 16) != zlib.crc32(raw[: sealed.start()] + b"\n}"):
        raise DatasetError("is not the file that was built", where=str(path), remedy=REBUILD)
    return content if isinstance(content, dict) else {}


def _unreadable(path: Path, error: Exception) -> DatasetError:
    return DatasetError(f"cannot be read: {error}", where=str(path), remedy=REBUILD)
