"""Where the quads of a dataset are, on this machine: which kind of folder one is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from stikg.errors import InputError
from stikg.layout import MANIFEST, POINTER, Layout
from stikg.store import LocalStore

STORE: Final = "store"
NAMES: Final = "names.sqlite"
QUERIES: Final = "queries.json"
"""Names of the parts of a compiled dataset."""


class Place(NamedTuple):
    """A store folder, and the compiled version that it belongs to, if it does."""

    store: Path
    version: Path | None

    def open(self) -> LocalStore:
        """Open the store for reading.

        :raises DatasetError: if it is damaged.
        """
        return (
            LocalStore.open_bare(self.store)
            if self.version is None
            else LocalStore.open(self.store)
        )


def find_place(folder: Path) -> Place:
    """Return what a folder is: a compiled version, one that holds versions, or a bare store.

    :raises InputError: if it is none of them.
    :raises DatasetError: if its pointer leads to no version.
    """
    if not folder.is_dir():
        raise InputError("no such folder", where=str(folder), remedy=_REMEDY)
    folder = folder.resolve()
    if _is_version(folder):
        return Place(folder / STORE, folder)
    if _is_store(folder):
        belongs = folder.name == STORE and _is_version(folder.parent)
        return Place(folder, folder.parent if belongs else None)
    if (folder / POINTER).is_file():
        version = _versions(folder).current()
        return Place(version / STORE, version)
    raise InputError("there is no store in this folder", where=str(folder), remedy=_remedy(folder))


def hold(version: Path) -> int | None:
    """Lock a version against removal by a build, and return what to close to let it go.

    None where the system or the file system has no such locks, or the build still holds its own.
    """
    try:
        import fcntl
    except ImportError:
        return None
    lock = None
    try:
        lock = os.open(version, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        if lock is not None:
            os.close(lock)
        return None
    return lock


_REMEDY: Final = (
    "name a compiled version, a folder that holds versions and the file current, "
    "or the folder of a pyoxigraph store"
)


def _is_version(folder: Path) -> bool:
    return (folder / MANIFEST).is_file() and (folder / STORE).is_dir()


def _is_store(folder: Path) -> bool:
    """Tell whether the engine wrote this folder; on some systems CURRENT and current are one."""
    try:
        return (folder / "CURRENT").read_bytes().startswith(b"MANIFEST-")
    except OSError:
        return False


def _versions(folder: Path) -> Layout:
    return Layout(folder, folder, folder, folder, build=folder, editable=True)


def _remedy(folder: Path) -> str:
    """Return what to do, knowing the neighbours that people name instead."""
    for name in ("build", STORE):
        near = folder / name
        if (near / POINTER).is_file() or (near.is_dir() and _is_store(near)):
            return f"name the folder {name} in it: {near}"
    return _REMEDY
