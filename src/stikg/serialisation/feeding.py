"""Big files as the engine reads them: piece by piece, decompressed and digested ahead of it."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import IO, Final

from stikg.errors import InputError
from stikg.serialisation.formats import FORMATS, Format, format_of, get_format
from stikg.serialisation.nesting import MOST_LEVELS, has_deep_triple_terms

_PIECE: Final = 1 << 20
_TOO_DEEP: Final = f"triple terms, which RDF 1.1 has not, more than {MOST_LEVELS} deep"
_AHEAD: Final = 8
_PATIENCE: Final = 0.1
_LONGEST_LINE: Final = 16 << 20
_BLANK_NODE: Final = b"_:"
_OPENERS: Final[dict[str, Callable[[IO[bytes]], IO[bytes]]]] = {
    ".gz": gzip.open,  # type: ignore[dict-item]
    ".bz2": bz2.open,
    ".xz": lzma.open,
}
STDIN: Final = Path("-")


@dataclass(frozen=True, slots=True)
class Source:
    """A file of RDF, or standard input, whose path is ``-``; ``packed`` is how it is compressed."""

    path: Path
    format: Format
    packed: str = ""

    @property
    def name(self) -> str:
        """What the source is called in messages."""
        return "standard input" if self.path == STDIN else str(self.path)

    @property
    def size(self) -> int | None:
        """Its size in bytes, packed as it is; None if nobody knows, as of a pipe."""
        return self.path.stat().st_size if self.path.is_file() else None


def find_source(path: Path, format_name: str | None = None) -> Source:
    """Return the source of a path, its format told by name or by its suffix before .gz, .bz2, .xz.

    :raises InputError: if there is no such file, or its format is not known.
    """
    packed = path.suffix.lower() if path.suffix.lower() in _OPENERS else ""
    if path == STDIN and format_name is None:
        raise InputError(
            "of standard input nobody knows the format",
            remedy=f"name it with --format {'|'.join(entry.name for entry in FORMATS)}",
        )
    bare = path.with_suffix("") if packed else path
    source = Source(path, get_format(format_name) if format_name else format_of(bare), packed)
    if path != STDIN and not path.exists():
        raise InputError("no such file", where=str(path), remedy="check the path")
    if path.is_dir():
        raise InputError("this is a folder", where=str(path), remedy="name the files in it")
    return source


class Feed:
    """The bytes of a source, for a reader that takes some at a time.

    ``taken`` counts the bytes of the source that have been given, packed as they are, ``lines`` the
    line ends among them; ``failure`` is what went wrong in reading. ``tell`` is called with both
    numbers as the bytes are read, or by whom they were given to when they are done with.
    """

    def __init__(self, tell: Callable[[int, int], None] | None = None) -> None:
        self.taken = 0
        self.lines = 0
        self.digest = hashlib.sha256()
        self.failure: BaseException | None = None
        self.tell = tell or _silent
        self._pieces: Queue[tuple[bytes, int] | BaseException | None] = Queue(_AHEAD)
        self._left = memoryview(b"")
        self._given_up = Event()

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, none at the end."""
        if self.failure is not None:
            raise self.failure
        try:
            if not self._left:
                self._next()
                self.tell(self.taken, self.lines)
            piece = bytes(self._left[:size] if size >= 0 else self._left)
        except BaseException as failure:  # Ctrl-C too, which the engine would swallow
            self.failure = failure
            raise
        self._left = self._left[len(piece) :]
        return piece

    def _next(self) -> None:
        piece = self._pieces.get()
        if isinstance(piece, BaseException):
            raise piece
        if piece is None:
            self._pieces.put(None)
            return
        self._left, self.taken = memoryview(piece[0]), piece[1]
        self.lines += piece[0].count(b"\n")

    def whole_lines(self, size: int) -> bytes:
        """Return lines without blank nodes, at least ``size`` bytes of them unless the source ends.

        Nothing is returned at the end, and before lines with a blank node, or one that is too long:
        these are still to be read.

        :raises OSError: if the source cannot be read.
        """
        pieces, length, end = list[bytes](), 0, 0
        while not end and length < size + _LONGEST_LINE and (piece := self._piece()):
            length += len(piece)
            if length >= size and (end := piece.rfind(b"\n") + 1):
                self._left = memoryview(piece)[end:]
                piece = piece[:end]
            pieces.append(piece)
        lines = b"".join(pieces)
        if _BLANK_NODE in lines or length >= size + _LONGEST_LINE:
            self._left = memoryview(lines + self._left)
            return b""
        return lines

    def _piece(self) -> bytes:
        """Return all that is there of what was read ahead, or the next piece of it."""
        try:
            if not self._left:
                self._next()
        except BaseException as failure:
            self.failure = failure
            raise OSError(str(failure)) from failure
        piece, self._left = bytes(self._left), memoryview(b"")
        return piece

    @property
    def unread(self) -> bool:
        """Tell whether something was left by ``whole_lines``."""
        return bool(self._left)

    @property
    def lines_before_unread(self) -> int:
        """Return how many lines end before what is left."""
        return self.lines - bytes(self._left).count(b"\n")

    def _fill(self, raw: IO[bytes], packed: str) -> None:
        """Read a stream to its end, ahead of who takes it."""
        taken = 0
        try:
            stream = _OPENERS[packed](raw) if packed else raw
            while piece := stream.read(_PIECE):
                self.digest.update(piece)
                if has_deep_triple_terms(piece):  # the engine would end the process
                    raise ValueError(_TOO_DEEP)
                taken = raw.tell() if packed else taken + len(piece)
                self._put((piece, taken))
            self._put(None)
        except (OSError, EOFError, ValueError, lzma.LZMAError, zlib.error) as failure:
            self._put(failure)

    def _put(self, piece: tuple[bytes, int] | BaseException | None) -> None:
        while not self._given_up.is_set():
            try:
                self._pieces.put(piece, timeout=_PATIENCE)
            except Full:
                continue
            return

    def _give_up(self) -> None:
        self._given_up.set()
        while True:
            try:
                self._pieces.get_nowait()
            except Empty:
                return


@contextmanager
def open_feed(source: Source, tell: Callable[[int, int], None] | None = None) -> Iterator[Feed]:
    """Give the bytes of a source; ``tell`` is called with the bytes and lines that were taken.

    :raises InputError: if it cannot be opened.
    """
    feed = Feed(tell)
    try:
        raw = sys.stdin.buffer if source.path == STDIN else source.path.open("rb")
    except OSError as cause:
        raise InputError(
            f"cannot be read: {cause.strerror}", where=source.name, remedy="check the path"
        ) from cause
    worker = Thread(target=feed._fill, args=(raw, source.packed), daemon=True)
    worker.start()
    try:
        yield feed
    finally:
        feed._give_up()
        if source.path != STDIN:
            worker.join()
            raw.close()


def _silent(taken: int, lines: int) -> None:
    """Tell nobody."""
