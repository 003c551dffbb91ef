"""What is wrong with the disk, the store on it, or the room for it, in our words."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from stikg.errors import DatasetError, LimitExceeded, OutputError, StikgError
from stikg.store.seal import REBUILD

_DAMAGED: Final = re.compile(r"[Cc]orrupt|checksum|does not exist in the string store|not found in")
_FEW_FILES: Final = "file descriptors"
_LEAST: Final = {"open": 384 << 20, "write": 768 << 20}
"""Bytes of addresses that the engine takes; it ends the process if it does not get them."""


def is_damage(error: Exception) -> bool:
    """Tell whether the engine met damaged files, and not a query that it cannot run.

    >>> is_damage(RuntimeError("Corruption: block checksum mismatch"))
    True
    >>> is_damage(RuntimeError("The custom function <urn:Corruption:> is not supported"))
    False
    """
    return isinstance(error, OSError) or bool(_DAMAGED.match(str(error)))


def damaged(error: Exception) -> StikgError:
    """Return the error to raise for damaged files that were met while reading.

    >>> print(damaged(OSError("Corruption: block checksum mismatch")))
    the store is damaged: Corruption: block checksum mismatch
      remedy: build it again: stikg build --force
    """
    return DatasetError(f"the store is damaged: {error}", remedy=REBUILD)


def opening_problem(error: Exception, folder: Path) -> StikgError:
    """Return the error to raise for a store that cannot be opened."""
    return _few_files(error) or DatasetError(
        f"the store is damaged: {error}", where=str(folder), remedy=REBUILD
    )


def writing_problem(error: Exception, folder: Path) -> StikgError:
    """Return the error to raise for a store that cannot be written."""
    return _few_files(error) or OutputError(
        f"cannot be written: {error}",
        where=str(folder),
        remedy="look for free space, and for limits on the size of files",
    )


def need_addresses(task: str) -> None:
    """Refuse to start the engine where the limit of addresses is too low for it to survive.

    ``task`` is open or write.

    :raises LimitExceeded: if it is.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY or limit >= _LEAST[task]:
        return
    raise LimitExceeded(
        f"{limit >> 20} MiB of addresses are too few for the store, which takes "
        f"{_LEAST[task] >> 20}",
        remedy="raise the limit: ulimit -v unlimited",
    )


def _few_files(error: Exception) -> StikgError | None:
    if _FEW_FILES not in str(error):
        return None
    return LimitExceeded(
        "too few files may be open at a time", remedy="raise the limit: ulimit -n 512"
    )
