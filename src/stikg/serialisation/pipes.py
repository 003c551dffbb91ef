"""Rows of TSV from one thread, statements of Turtle to another."""

from __future__ import annotations

import os
from typing import IO, Final

_PIECE: Final = 1 << 16


class Pipe:
    """The statements that solutions of three columns make, as Turtle, while they are found.

    Cells of SPARQL TSV are terms of Turtle, and a line end within a literal is written as an
    escape: what a line lacks is its full stop.
    """

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        self._lines: IO[bytes] = os.fdopen(reading, "rb", buffering=_PIECE)
        self._left = memoryview(b"")
        self._begun = False

    def writer(self) -> IO[bytes]:
        """Return where the solutions go; whoever writes them closes it."""
        return os.fdopen(self._writing, "wb", buffering=_PIECE)

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, none at the end."""
        if not self._begun:
            self._lines.readline()
            self._begun = True
        if not self._left:
            piece = self._lines.read1(_PIECE)  # type: ignore[attr-defined]
            self._left = memoryview(piece.replace(b"\n", b" .\n"))
        piece = bytes(self._left if size < 0 else self._left[:size])
        self._left = self._left[len(piece) :]
        return piece

    def close(self) -> None:
        """Read no more: a writer that still writes gets an error."""
        self._lines.close()
