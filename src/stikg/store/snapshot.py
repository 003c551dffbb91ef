"""A dataset as it was when a server started: hard links to its files, in a folder of its own.

A build removes older versions, and a store that is opened anew, or opens its files one by one,
would not find them. The files of a finished version never change, so a second name for each is a
snapshot, made in milliseconds and without room.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Final

from stikg.errors import DatasetError, OutputError

PREFIX: Final = ".stikg-serving-"
"""How the names of these folders begin; builds leave hidden folders alone."""

_NOT_DATA: Final = shutil.ignore_patterns("LOCK", "LOG*")
"""What the engine writes, but does not read, while a store is open."""


class PrivateFolder:
    """A folder that only one process uses, for as long as it runs and no longer.

    A lock on it tells that the process runs. It is removed by ``remove`` or when the process ends;
    what a killed process leaves is removed by the next ``take_folder`` beside it.
    """

    def __init__(self, path: Path, lock: int | None) -> None:
        self.path = path
        self.remove = weakref.finalize(self, _remove, path, lock)


def take_folder(beside: Path) -> PrivateFolder:
    """Return a new folder of this process in a folder, or among temporary files if it is read-only.

    :raises OutputError: if neither can be written.
    """
    temporary = Path(tempfile.gettempdir())
    for place in (beside, temporary):
        try:
            _sweep(place)
            return _take(place)
        except OSError as error:
            cause = error
    raise OutputError(
        f"no folder can be made: {cause.strerror or cause}",
        where=str(temporary),
        remedy="look for free space, or name another place in TMPDIR",
    )


def take_snapshot(version: Path, target: Path) -> None:
    """Give a second name, in a new folder, to each file of a compiled version; or copy them.

    Copies are made where the two are on different file systems, or one that knows no links.

    :raises DatasetError: if a file is missing or cannot be copied.
    """
    try:
        shutil.copytree(version, target, ignore=_NOT_DATA, copy_function=_link_or_copy)
    except (OSError, shutil.Error) as error:
        raise DatasetError(
            f"the dataset cannot be kept for as long as it is served: {error}",
            where=str(version),
            remedy="start again; if that fails, build it again: stikg build --force",
        ) from error


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _take(place: Path) -> PrivateFolder:
    while True:
        path = Path(tempfile.mkdtemp(dir=place, prefix=PREFIX))
        lock = _lock(path, wait=True)
        if path.is_dir():
            return PrivateFolder(path, lock)
        if lock is not None:  # another process swept it before it was locked
            os.close(lock)


def _sweep(place: Path) -> None:
    """Remove the folders of processes that are gone; without locks nobody can tell."""
    for path in place.glob(f"{PREFIX}*"):
        try:
            lock = _lock(path, wait=False)
        except OSError:  # in use, somebody else's, or gone already
            continue
        if lock is not None:
            _remove(path, lock)


def _lock(path: Path, *, wait: bool) -> int | None:
    """Lock a folder and return what holds the lock; None where the system has no such locks.

    :raises OSError: if it is locked and is not to be waited for, or cannot be opened.
    """
    try:
        import fcntl
    except ImportError:
        return None
    lock = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        os.close(lock)
        raise
    return lock


def _remove(path: Path, lock: int | None) -> None:
    shutil.rmtree(path, ignore_errors=True)
    if lock is not None:
        os.close(lock)
