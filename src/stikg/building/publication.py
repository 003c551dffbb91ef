"""How a new version takes the place of the old one: whole, or not at all.

A version is written to ``.building-<process>-<random>``, renamed when it is complete, and becomes
current when the pointer file is replaced. Every step is one atomic operation of the file system,
so a reader sees the old version or the new, a build that is killed leaves the old one in use, and
of two builds at once each is complete and the later one is current.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from stikg.errors import OutputError
from stikg.layout import POINTER

_BUILDING: Final = ".building-"


@contextmanager
def unfinished_version(build: Path) -> Iterator[Path]:
    """Give a new folder to write a version to, and remove it if it was not published.

    What builds that were killed have left is removed first.

    :raises OutputError: if the build folder cannot be written.
    """
    try:
        build.mkdir(parents=True, exist_ok=True)
        _sweep_unfinished(build)
        folder = Path(tempfile.mkdtemp(dir=build, prefix=f"{_BUILDING}{os.getpid()}-"))
        folder.chmod(0o755)
    except OSError as cause:
        raise _refusal(build, cause) from cause
    try:
        yield folder
    except OSError as cause:
        raise _refusal(build, cause) from cause
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, build: Path, version: str) -> Path:
    """Make a complete version the current one, and return where it is now.

    The version that was current stays, as does one that somebody reads; others are removed.

    :raises OSError: if the build folder cannot be written.
    """
    with _locked(build):
        target = _free_name(build, version)
        folder.rename(target)
        before = _current(build)
        pointer = folder.with_name(f"{folder.name}-pointer")
        pointer.write_text(f"{target.name}\n", encoding="utf-8")
        pointer.replace(build / POINTER)
        _remove_others(build, {target.name, before})
    return target


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
    except OSError:
        return ""


def _remove_others(build: Path, keep: set[str]) -> None:
    for path in build.iterdir():
        if path.is_dir() and path.name not in keep and not path.name.startswith("."):
            _remove_unused(path)


def _remove_unused(version: Path) -> None:
    """Remove a version, unless a reader holds it; then a later build does."""
    try:
        import fcntl
    except ImportError:
        shutil.rmtree(version, ignore_errors=True)
        return
    lock = os.open(version, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(version, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(lock)


def _sweep_unfinished(build: Path) -> None:
    for path in build.glob(f"{_BUILDING}*"):
        owner = path.name.removeprefix(_BUILDING).partition("-")[0]
        if not (owner.isdigit() and _is_running(int(owner))):
            _remove(path)


def _remove(path: Path) -> None:
    """Remove a folder or file, unless another build has been faster."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # signal 0 is Ctrl-C there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it runs, as somebody else's
        return True
    return True


@contextmanager
def _locked(build: Path) -> Iterator[None]:
    """Hold the one lock of the build folder; it falls with the process that holds it."""
    try:
        import fcntl
    except ImportError:  # Windows: the atomic steps alone
        yield
        return
    lock = os.open(build, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _refusal(build: Path, cause: OSError) -> OutputError:
    return OutputError(
        f"the dataset cannot be written: {cause.strerror or cause}",
        where=str(build),
        remedy="make the folder writable and look for free space, or build a copy of the graph "
        "elsewhere with --folder",
    )
