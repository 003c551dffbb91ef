"""What a packed file holds when it is unpacked, told before it is."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from stikg.errors import InputError

MOST: Final = 256 << 20
"""Bytes that a copy of a document may have unpacked."""


def refuse_bomb(path: Path) -> None:
    """Refuse a ZIP file, such as a DOCX, whose parts are larger than any document.

    The sizes are those that it tells of itself; who reads it reads no more than these.

    :raises InputError: if they are.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, NotImplementedError):
        return  # its reader says so
    if size > MOST:
        raise InputError(
            f"holds {size >> 20} MiB when it is unpacked; {MOST >> 20} are the most",
            where=str(path),
            remedy="save it without pictures, or as text",
        )
