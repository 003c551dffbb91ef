"""Files that appear whole or not at all, and are on the disk before their name leads to them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from stikg.errors import OutputError
from stikg.serialisation.leftovers import is_still, lock, sweep

_PART: Final = ".stikg-{}.part"
"""Name of an unfinished file, which says nothing of its own: the longest name stays possible."""

_CREATE: Final = (
    os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
)


def write_atomically(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all: a reader sees the old content or the new.

    So does who starts the machine again after a power cut. A link is followed, permissions are
    kept, and what killed writers have left in the folder is removed.

    :raises OutputError: if the folder is missing or cannot be written, or a folder has that name.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    target = Path(os.path.realpath(path))
    try:
        sweep(target.parent, _PART.format("*"))
        with _part(target.parent) as (handle, part):
            with os.fdopen(os.dup(handle), "wb") as stream:
                stream.write(content)
            _take_over(handle, target)
            os.fsync(handle)
            if os.name == "nt":  # what is open cannot be renamed there
                os.close(handle)
            os.replace(part, target)
    except OSError as cause:
        raise _refusal(Path(path), cause) from cause


def sync_tree(folder: Path) -> None:
    """Bring all files below a folder to the disk, and the folders, so that a power cut keeps them.

    :raises OSError: if the disk refuses.
    """
    for path in sorted(folder.rglob("*")):
        sync(path)
    sync(folder)


def sync(path: Path) -> None:
    """Bring a file to the disk; of a folder, the names in it.

    :raises OSError: if the disk refuses.
    """
    if os.name == "nt":  # where neither a folder nor what is only read can be flushed
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _part(folder: Path) -> Iterator[tuple[int, Path]]:
    """Give a new locked file in a folder, and remove it if it still has this name at the end."""
    while True:
        part = folder / _PART.format(os.urandom(6).hex())
        handle = os.open(part, _CREATE, 0o666)
        lock(handle, wait=True)
        if is_still(handle, part) or os.name == "nt":
            break
        os.close(handle)  # another process swept it before it was locked
    try:
        yield handle, part
    finally:
        part.unlink(missing_ok=True)
        with suppress(OSError):
            os.close(handle)


def _take_over(handle: int, target: Path) -> None:
    """Give a new file the owner and the permissions of the one whose place it takes."""
    if os.name == "nt":
        return
    with suppress(FileNotFoundError):
        old, new = target.stat(), os.fstat(handle)
        if (old.st_uid, old.st_gid) != (new.st_uid, new.st_gid):
            with suppress(PermissionError):
                os.fchown(handle, old.st_uid, old.st_gid)
        os.fchmod(handle, old.st_mode & 0o777)


def _refusal(path: Path, cause: OSError) -> OutputError:
    if not os.path.isdir(path.parent):
        remedy = f"create the folder {path.parent}, or write elsewhere"
    elif os.path.isdir(path):
        remedy = "that is a folder; give the name of a file"
    else:
        remedy = "check the permissions of the folder and the space left, or write elsewhere"
    problem = f"cannot be written: {cause.strerror or cause}"
    return OutputError(problem, where=str(path), remedy=remedy)
