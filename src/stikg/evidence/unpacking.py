"""What a packed file holds when it is unpacked, told before it is."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from stikg.errors import InputError

_STREAM: Final = re.compile(rb"stream\r?\n(?=x[\x01\x5e\x9c\xda])")
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image")
_HEAD: Final = 1000
_PIECE: Final = 1 << 16

MOST: Final = 256 << 20
"""Bytes that a copy of a document may have unpacked."""

MOST_OF_PDF: Final = 64 << 20
"""Bytes that a PDF may have unpacked, its pictures aside; it is read more slowly."""


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
        raise _too_much(path, f"{size >> 20} MiB", MOST)


def refuse_packed_streams(path: Path) -> None:
    """Refuse a PDF whose streams, pictures aside, are larger than any document.

    They are unpacked piece by piece and counted, what is packed twice too. Streams of a PDF that
    is encrypted cannot be looked into.

    :raises InputError: if they are.
    """
    data = path.read_bytes()
    size = 0
    for stream in _STREAM.finditer(data):
        if _PICTURE.search(data, max(0, stream.start() - _HEAD), stream.start()):
            continue
        pieces = (data[start : start + _PIECE] for start in range(stream.end(), len(data), _PIECE))
        for piece in _unpacked(_unpacked(pieces)):
            size += len(piece)
            if size > MOST_OF_PDF:
                raise _too_much(path, "more", MOST_OF_PDF)


def _unpacked(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what pieces of a stream unpack to, a piece at a time; as they are if not packed."""
    packed: bool | None = None
    unpacker = zlib.decompressobj()
    for piece in pieces:
        if packed is None:
            packed = piece[:1] == b"x"
        if not packed:
            yield piece
            continue
        try:
            while piece and not unpacker.eof:
                yield unpacker.decompress(piece, _PIECE)
                piece = unpacker.unconsumed_tail
        except zlib.error:
            return  # its reader says so
        if unpacker.eof:
            return


def _too_much(path: Path, size: str, most: int) -> InputError:
    return InputError(
        f"holds {size} when it is unpacked; {most >> 20} MiB are the most",
        where=str(path),
        remedy="save it without pictures, or as text",
    )
