"""The seal of a store folder: the sizes of its files, to see damage before it is believed.

The engine opens a folder whose MANIFEST was cut as an empty or smaller store, without an error.
Counting the quads at each start would cost more than opening them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from stikg.errors import DatasetError

REBUILD: Final = "build it again: stikg build --force"
_SUFFIXES: Final = (".sst", ".log")


def write_seal(folder: Path, quads: int) -> None:
    """Write the seal of a finished store folder beside it."""
    seal = {"quads": quads, "sizes": _sizes(folder)}
    text = json.dumps(seal, indent=1, sort_keys=True) + "\n"
    _path(folder).write_text(text, encoding="utf-8")


def check_seal(folder: Path) -> None:
    """Compare a store folder with the seal and the manifest.json beside it.

    :raises DatasetError: if files are missing or cut, or the two disagree.
    """
    seal = _read(_path(folder))
    if seal.get("sizes") != _sizes(folder):
        raise DatasetError(
            "the files of the store are not those that were built",
            where=str(folder),
            remedy=REBUILD,
        )
    manifest = folder.parent / "manifest.json"
    if manifest.is_file() and _read(manifest).get("quads") != seal.get("quads"):
        raise DatasetError(
            "the store and its manifest are of different builds",
            where=str(manifest),
            remedy=REBUILD,
        )


def _path(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.json")


def _sizes(folder: Path) -> dict[str, int]:
    return {
        path.name: path.stat().st_size
        for path in sorted(folder.iterdir())
        if path.suffix in _SUFFIXES or path.name.startswith(("CURRENT", "MANIFEST"))
    }


def _read(path: Path) -> dict[str, object]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DatasetError(f"cannot be read: {error}", where=str(path), remedy=REBUILD) from error
    return content if isinstance(content, dict) else {}
