"""Unfinished files and folders: whose process still runs, and who left them behind.

What is being written is locked by its writer, and the lock falls with the process, however it
ends. A number of a process would not tell: numbers are given out again, and every container counts
its own.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_LOCKS_HERE: Final = {errno.ENOLCK, errno.EBADF, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
"""What file systems answer that know no locks, or none of folders."""


def lock(handle: int, *, wait: bool) -> bool:
    """Lock an open file or folder until it is closed; tell if the system has such locks.

    :raises OSError: if another process has it and it is not to be waited for.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        if error.errno in _NO_LOCKS_HERE:
            return False
        raise
    return True


def is_still(handle: int, path: Path) -> bool:
    """Tell whether an open file or folder still has its name."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(handle), os.lstat(path))
    return False


def sweep(folder: Path, pattern: str) -> None:
    """Remove the files and folders of a pattern whose writers are gone.

    Where nothing can be locked nobody can tell, and they stay.
    """
    for path in folder.glob(pattern):
        remove_unused(path)


def remove_unused(path: Path, *, unknown: bool = False) -> None:
    """Remove a file or folder unless a process holds it; ``unknown``: also where none can."""
    if os.name == "nt":  # where folders cannot be opened, nor anything be locked like this
        return _remove(path) if unknown else None
    with suppress(OSError):  # in use, somebody else's, or gone already
        handle = os.open(path, os.O_RDONLY)
        try:
            if (lock(handle, wait=False) or unknown) and is_still(handle, path):
                _remove(path)
        finally:
            os.close(handle)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
