"""How a new version takes the place of the old one: whole, or not at all.

A version is written to ``.building-<random>``, brought to the disk and renamed when it is complete,
and becomes current when the pointer file is replaced. Every step is one atomic operation of the
file system, so a reader sees the old version or the new, a build that is killed or loses its power
leaves the old one in use, and of two builds at once each is complete and the later one is current.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stikg.errors import OutputError
from stikg.layout import POINTER
from stikg.serialisation import sync, sync_tree, write_atomically
from stikg.serialisation.leftovers import is_still, lock, remove_unused, sweep

_BUILDING: Final = ".building-"


@contextmanager
def unfinished_version(build: Path) -> Iterator[Path]:
    """Give a new folder to write a version to, and remove it if it was not published.

    What builds that were killed have left is removed first.

    :raises OutputError: if the build folder cannot be written.
    """
    try:
        build.mkdir(parents=True, exist_ok=True)
        sweep_unfinished(build)
        folder, handle = _new_folder(build)
    except OSError as cause:
        raise _refusal(build, cause) from cause
    try:
        yield folder
    except OSError as cause:
        raise _refusal(build, cause) from cause
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if handle is not None:
            os.close(handle)


def sweep_unfinished(build: Path) -> None:
    """Remove what builds that were killed have left."""
    for pattern in (f"{_BUILDING}*", ".stikg-*.part"):
        sweep(build, pattern)


def publish(folder: Path, build: Path, version: str) -> Path:
    """Make a complete version the current one, and return where it is now.

    The version that was current stays, as does one that somebody reads; others are removed, and
    what builds have left that were killed between the last two steps.

    :raises OSError: if the build folder cannot be written.
    :raises OutputError: if the pointer cannot be written.
    """
    sync_tree(folder)
    with _locked(build):
        _remove_others(build, _current(build))
        target = _free_name(build, version)
        folder.rename(target)
        sync(build)
        write_atomically(build / POINTER, f"{target.name}\n")
        sync(build)
    return target


def _new_folder(build: Path) -> tuple[Path, int | None]:
    """Return a new locked folder, and what holds the lock; None where folders cannot be opened."""
    while True:
        folder = build / f"{_BUILDING}{os.urandom(6).hex()}"
        folder.mkdir()
        if os.name == "nt":
            return folder, None
        handle = os.open(folder, os.O_RDONLY)
        lock(handle, wait=True)
        if is_still(handle, folder):
            return folder, handle
        os.close(handle)  # another build swept it before it was locked


def _free_name(build: Path, version: str) -> Path:
    """Return a name of the version that no folder has: one built again by force gets a number."""
    number = 1
    target = build / version
    while target.exists():
        number += 1
        target = build / f"{version}-{number}"
    return target


def _current(build: Path) -> str:
    try:
        return (build / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _remove_others(build: Path, keep: str) -> None:
    for path in build.iterdir():
        if path.is_dir() and path.name != keep and not path.name.startswith("."):
            remove_unused(path, unknown=True)


@contextmanager
def _locked(build: Path) -> Iterator[None]:
    """Hold the one lock of the build folder; it falls with the process that holds it."""
    if os.name == "nt":  # the atomic steps alone
        yield
        return
    handle = os.open(build, os.O_RDONLY)
    try:
        lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def _refusal(build: Path, cause: OSError) -> OutputError:
    return OutputError(
        f"the dataset cannot be written: {cause.strerror or cause}",
        where=str(build),
        remedy="make the folder writable and look for free space, or build a copy of the graph "
        "elsewhere with --folder",
    )
