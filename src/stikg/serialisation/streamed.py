"""Files that are written piece by piece, and still appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stikg.errors import OutputError


@contextmanager
def appear_whole(path: Path) -> Iterator[Path]:
    """Give a place to write a file or folder to, which becomes ``path`` when all went well.

    A file of that name is replaced; a folder is not.

    :raises OutputError: if the folder around it is missing or cannot be written, or there is a
        folder of that name.
    """
    path = Path(path)
    if path.is_dir():
        raise OutputError(
            "there is a folder of that name", where=str(path), remedy="name another, or remove it"
        )
    try:
        place = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    except OSError as cause:
        raise _refusal(path, cause) from cause
    try:
        yield place / path.name
        os.replace(place / path.name, path)
    except OSError as cause:
        raise _refusal(path, cause) from cause
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _refusal(path: Path, cause: OSError) -> OutputError:
    return OutputError(
        f"cannot be written: {cause.strerror or cause}",
        where=str(path),
        remedy="check the folder, its permissions and the space left, or write elsewhere",
    )
